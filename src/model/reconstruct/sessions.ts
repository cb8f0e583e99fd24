/**
 * HTTP/2 and QUIC sessions.
 *
 * The peer of an HTTP/2 session is its socket's, that of a QUIC session its first packet's: later
 * packets may come from another address after a migration. That a QUIC session's ECH was accepted is
 * not logged; only that it was not offered can be told.
 */
import type { LogConstants } from '../../netlog/event.ts';
import type { Moment } from '../handlers/handler.ts';
import type { Http2SessionHandler, Http2SessionRecord } from '../handlers/http2-sessions.ts';
import type { NetworkChangeHandler } from '../handlers/network-changes.ts';
import type { QuicJobHandler } from '../handlers/quic-jobs.ts';
import type { QuicSessionHandler, QuicSessionRecord } from '../handlers/quic-sessions.ts';
import type { SocketHandler } from '../handlers/sockets.ts';
import type { Session } from '../session.ts';
import { type Context, earliest, evidenceOf } from './context.ts';
import { parseHost } from './destination.ts';
import { echOfQuic, echOfTls } from './ech.ts';
import { endpointText } from './endpoint-text.ts';
import { silenceOf } from './quic-silence.ts';
import { firstFrom } from '../ascending.ts';
import { migrationsOf } from './migrations.ts';
import { createPooledHosts, type PoolingParts } from './pooled-hosts.ts';
import { createSocketBefore } from './quic-sockets.ts';
import { requestsBySession, type SessionRequestParts } from './session-requests.ts';

export interface SessionParts extends SessionRequestParts, PoolingParts {
  readonly http2Sessions: Http2SessionHandler;
  readonly quicSessions: QuicSessionHandler;
  readonly quicJobs: QuicJobHandler;
  readonly sockets: SocketHandler;
  readonly networkChanges: NetworkChangeHandler;
  readonly constants: LogConstants;
}

export function buildSessions(parts: SessionParts, context: Context): Session[] {
  const { http2Sessions, quicSessions, quicJobs, sockets, networkChanges, constants } = parts;
  const requests = requestsBySession(parts);
  const pooledHosts = createPooledHosts(parts, context);
  // The HTTP/2 pool closes its sessions, or lets them run out; the QUIC pool says so itself.
  const newAddresses = networkChanges.changes.filter(({ ofAddresses }) => ofAddresses);
  const socketBefore = createSocketBefore(sockets);
  // A socket carries one session: what its certificate names is not told as often as others claim it.
  const sessionOn = new Map<number | undefined, Http2SessionRecord>();
  for (const session of http2Sessions.sessions.values()) if (!sessionOn.has(session.socketId)) sessionOn.set(session.socketId, session);

  function identity(id: number, protocol: Session['protocol'], record: Http2SessionRecord | QuicSessionRecord) {
    const own = parseHost(record.host)?.host;
    const pooled = pooledHosts.of({ id, own, ...('heard' in record && { quic: record }) }, requests.get(id) ?? []);
    const others = pooled.map(({ host }) => host);
    return { id, protocol, hosts: own === undefined ? others : [own, ...others], pooledHosts: others, pooled, requestCount: record.requestCount };
  }

  function fromHttp2(record: Http2SessionRecord): Session {
    const socket = record.socketId === undefined ? undefined : sockets.sockets.get(record.socketId);
    const handshake = socket?.lastGoodHandshake;
    const end = record.closed?.at ?? record.end;
    return {
      ...identity(record.id, 'h2', record),
      ipEndpoint: endpointText(socket?.remoteAddress ?? socket?.connects.at(-1)?.address),
      startMs: context.at(record.start),
      readyMs: record.begun ? context.at(record.start) : undefined,
      goingAwayMs: goingAway(record.start, record.goAway, newAddresses, end),
      endMs: end && context.at(end),
      closeReason: record.closed?.description ?? errorName(record.closed?.netError),
      certificateNames: socket?.certificateNames && sessionOn.get(record.socketId) === record ? [...socket.certificateNames] : undefined,
      ech: echOfTls(handshake),
      migrations: [],
      evidence: evidenceOf([record.id, record.socketId], [record.start, end]),
    };
  }

  function fromQuic(record: QuicSessionRecord): Session {
    const end = record.closed?.at ?? record.end;
    const quicError = record.closed?.quicError;
    const name = quicError === undefined ? undefined : (constants.quicErrors.get(quicError) ?? `QUIC error ${quicError}`);
    return {
      ...identity(record.id, 'h3', record),
      // Of a session older than the log only a later address may be left.
      ipEndpoint: record.begun ? (endpointText(record.peerAddress) ?? peerOf(record)) : undefined,
      startMs: context.at(record.start),
      readyMs: record.handshakeComplete && context.at(record.handshakeComplete),
      goingAwayMs: goingAway(record.start, record.goAway, quicSessions.allGoingAway, end),
      endMs: end && context.at(end),
      unansweredMs: silenceOf(record, context),
      closeReason: [name, record.closed?.details].filter((t) => t !== undefined && t !== '').join(': ') || undefined,
      certificateNames: record.certificateNames && [...record.certificateNames],
      originFrame: record.originFrame && { origins: [...record.originFrame.origins], atMs: context.at(record.originFrame.at) },
      ech: echOfQuic(record),
      migrations: migrationsOf(record, requests.get(record.id) ?? [], sockets, context),
      evidence: evidenceOf([record.id, record.jobId], [record.start, record.handshakeComplete, end]),
    };
  }

  /** Its own GOAWAY, or what befell all sessions first after its start; the end of the session is no going away. */
  function goingAway(start: Moment, own: Moment | undefined, all: readonly Moment[], end: Moment | undefined): number | undefined {
    const first = earliest([own, firstFrom(all, ({ index }) => index, start.index)]);
    return first === undefined || (end !== undefined && end.time <= first.time) ? undefined : context.at(first);
  }

  /** A session that never heard from its peer: where its job's socket was connected to. */
  function peerOf(record: QuicSessionRecord): string | undefined {
    const job = record.jobId === undefined ? undefined : quicJobs.jobs.get(record.jobId);
    if (job?.ipEndpoint !== undefined) return endpointText(job.ipEndpoint);
    const flow = job === undefined ? undefined : socketBefore(job.id, record.start.index);
    return endpointText(flow?.udpPeer?.address);
  }

  const errorName = (code: number | undefined): string | undefined => (code === undefined ? undefined : context.netError(code).name);

  return [
    ...[...http2Sessions.sessions.values()].map(fromHttp2),
    ...[...quicSessions.sessions.values()].map(fromQuic),
  ].toSorted((a, b) => a.startMs - b.startMs || a.id - b.id);
}
