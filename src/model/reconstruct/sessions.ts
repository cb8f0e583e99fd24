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
import type { Migration, Session } from '../session.ts';
import { type Context, earliest, evidenceOf } from './context.ts';
import { parseHost } from './destination.ts';
import { echOfQuic, echOfTls } from './ech.ts';
import { endpointText } from './endpoint-text.ts';
import { silenceOf } from './quic-silence.ts';
import { firstFrom } from './first-from.ts';
import type { RequestHosts } from './requests.ts';

export interface SessionParts {
  readonly http2Sessions: Http2SessionHandler;
  readonly quicSessions: QuicSessionHandler;
  readonly quicJobs: QuicJobHandler;
  readonly sockets: SocketHandler;
  readonly networkChanges: NetworkChangeHandler;
  readonly constants: LogConstants;
  readonly requestHosts: RequestHosts;
}

const PREFERRED_ADDRESS = 'server-preferred-address';

export function buildSessions(parts: SessionParts, context: Context): Session[] {
  const { http2Sessions, quicSessions, quicJobs, sockets, networkChanges, constants, requestHosts } = parts;
  // The HTTP/2 pool closes its sessions, or lets them run out; the QUIC pool says so itself.
  const newAddresses = networkChanges.changes.filter(({ ofAddresses }) => ofAddresses);

  function identity(id: number, protocol: Session['protocol'], host: string | undefined, count: number) {
    const own = parseHost(host)?.host;
    const others = requestHosts.of(id).filter((h) => h !== own);
    return { id, protocol, hosts: own === undefined ? others : [own, ...others], pooledHosts: others, requestCount: count };
  }

  function fromHttp2(record: Http2SessionRecord): Session {
    const socket = record.socketId === undefined ? undefined : sockets.sockets.get(record.socketId);
    const handshake = socket?.handshakes.findLast((h) => h.end !== undefined && h.netError === undefined);
    const end = record.closed?.at ?? record.end;
    return {
      ...identity(record.id, 'h2', record.host, record.requestCount),
      ipEndpoint: endpointText(socket?.remoteAddress ?? socket?.connects.at(-1)?.address),
      startMs: context.at(record.start),
      readyMs: record.begun ? context.at(record.start) : undefined,
      goingAwayMs: goingAway(record.start, record.goAway, newAddresses),
      endMs: end && context.at(end),
      closeReason: record.closed?.description ?? errorName(record.closed?.netError),
      certificateNames: socket?.certificateNames && [...socket.certificateNames],
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
      ...identity(record.id, 'h3', record.host, record.requestCount),
      // Of a session older than the log only a later address may be left.
      ipEndpoint: record.begun ? (endpointText(record.peerAddress) ?? peerOf(record)) : undefined,
      startMs: context.at(record.start),
      readyMs: record.handshakeComplete && context.at(record.handshakeComplete),
      goingAwayMs: goingAway(record.start, record.goAway, quicSessions.allGoingAway),
      endMs: end && context.at(end),
      unansweredMs: silenceOf(record, context),
      closeReason: [name, record.closed?.details].filter((t) => t !== undefined && t !== '').join(': ') || undefined,
      certificateNames: record.certificateNames && [...record.certificateNames],
      originFrame: record.originFrame && { origins: record.originFrame.origins, atMs: context.at(record.originFrame.at) },
      ech: echOfQuic(record),
      migrations: migrationsOf(record),
      evidence: evidenceOf([record.id, record.jobId], [record.start, record.handshakeComplete, end]),
    };
  }

  /** Its own GOAWAY, or what befell all sessions first after its start. */
  function goingAway(start: Moment, own: Moment | undefined, all: readonly Moment[]): number | undefined {
    const first = earliest([own, firstFrom(all, ({ index }) => index, start.index)]);
    return first && context.at(first);
  }

  function migrationsOf(record: QuicSessionRecord): Migration[] {
    const from = endpointText(record.peerAddress);
    const tried = record.migrations.map(({ at, cause, outcome, to, reason }): Migration => ({
      atMs: context.at(at),
      cause,
      outcome: outcome ?? 'unfinished',
      from,
      to: endpointText(to),
      reason,
    }));
    const { offered } = record;
    if (offered === undefined || record.migrations.some((m) => m.cause === PREFERRED_ADDRESS)) return tried;
    // Offered, but no event followed: another family than the connection's, or switched off.
    return [{ atMs: context.at(offered.at), cause: PREFERRED_ADDRESS, outcome: 'not-tried', from, to: endpointText(offered.addresses[0]) }, ...tried];
  }

  /** A session that never heard from its peer: where its job's socket was connected to. */
  function peerOf(record: QuicSessionRecord): string | undefined {
    const job = record.jobId === undefined ? undefined : quicJobs.jobs.get(record.jobId);
    if (job?.ipEndpoint !== undefined) return endpointText(job.ipEndpoint);
    const made = job === undefined ? [] : sockets.ownedBy(job.id).flatMap((c) => (c.type === 'UDP_SOCKET' ? [c] : sockets.ownedBy(c.id)));
    const flow = made.findLast((s) => s.udpPeer !== undefined && s.udpPeer.begin.index < record.start.index);
    return endpointText(flow?.udpPeer?.address);
  }

  const errorName = (code: number | undefined): string | undefined => (code === undefined ? undefined : context.netError(code).name);

  return [
    ...[...http2Sessions.sessions.values()].map(fromHttp2),
    ...[...quicSessions.sessions.values()].map(fromQuic),
  ].toSorted((a, b) => a.startMs - b.startMs || a.id - b.id);
}
