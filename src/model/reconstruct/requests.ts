/**
 * URL requests, and where each one's connection came from.
 *
 * `new`: the connection was still being made while the request waited for a stream. `reused`: it was
 * there. `pooled`: it was there, made for another host. `cache`: answered without a stream. `none`:
 * failed before it had a connection. What the log does not link stays open.
 */
import type { Moment } from '../handlers/handler.ts';
import type { QuicSessionHandler } from '../handlers/quic-sessions.ts';
import type { SocketHandler } from '../handlers/sockets.ts';
import type { UrlRequestHandler, UrlRequestRecord } from '../handlers/url-requests.ts';
import type { Attempt, Race } from '../race.ts';
import type { Request } from '../request.ts';
import { type Context, compareMoments, evidenceOf } from './context.ts';
import { parseHost } from './destination.ts';
import { type SocketBefore, createSocketBefore } from './quic-sockets.ts';
import { type Connection, type ConnectionParts, createConnectionOf } from './request-connection.ts';
import { phasesOf } from './request-phases.ts';

export interface RequestParts extends ConnectionParts {
  readonly urlRequests: UrlRequestHandler;
  readonly quicSessions: QuicSessionHandler;
  readonly sockets: SocketHandler;
}

export function buildRequests(races: readonly Race[], parts: RequestParts, context: Context): Request[] {
  const racesByRequest = new Map<number, Map<number, Race>>();
  for (const race of races) {
    for (const id of race.requestIds) {
      const own = racesByRequest.get(id) ?? new Map<number, Race>();
      racesByRequest.set(id, own);
      if (!own.has(race.id)) own.set(race.id, race);
    }
  }
  const raceOfAttempt = new Map<number, Race>();
  for (const race of races) for (const { id } of race.attempts) raceOfAttempt.set(id, race);
  const socketBefore = createSocketBefore(parts.sockets);
  const connectionOf = createConnectionOf(parts);
  const opened = firstSenders(parts.urlRequests.requests);
  const attemptsByRace = new Map<Race, ReadonlyMap<number, Attempt>>();
  function attemptIn(race: Race, id: number | undefined): Attempt | undefined {
    const attempts = attemptsByRace.get(race) ?? new Map(race.attempts.toReversed().map((a) => [a.id, a]));
    attemptsByRace.set(race, attempts);
    return id === undefined ? undefined : attempts.get(id);
  }
  const parted = new Set(parts.urlRequests.requests.filter((r) => r.part > 0).map((r) => r.id));

  return parts.urlRequests.requests.map((record): Request => {
    const connection = connectionOf(record);
    const carrierId = attemptOf(connection, parts, socketBefore);
    const carrying = carrierId === undefined ? undefined : raceOfAttempt.get(carrierId);
    // A connection made before the log began has no attempt in it.
    const attemptId = carrying === undefined ? undefined : carrierId;
    const waiting = racesByRequest.get(record.id);
    const [waited] = record.managerId === undefined ? (waiting?.values() ?? []) : [waiting?.get(record.managerId)];
    const race = carrying ?? waited;
    const headLost = context.at(record.start) < 0;
    const kind = headLost && connection.sessionId === undefined && connection.socketId === undefined ? undefined : kindOf(record, connection, opened, parts);
    const attempt = race && attemptIn(race, attemptId ?? race.winner?.attemptId);
    return {
      id: record.id,
      part: parted.has(record.id) ? record.part + 1 : undefined,
      url: record.url,
      method: record.method === '' ? undefined : record.method,
      startMs: context.at(record.start),
      endMs: record.end && context.at(record.end),
      raceId: kind === undefined || kind === 'new' || kind === 'none' ? race?.id : carrying?.id,
      attemptId: attemptId ?? (kind === 'new' ? race?.winner?.attemptId : undefined),
      sessionId: connection.sessionId,
      forResolver: record.type === 'DNS_OVER_HTTPS' || undefined,
      madeFor: record.type === 'URL_REQUEST' ? record.madeFor : undefined,
      upgradedBy: record.upgradedBy,
      connection: kind,
      alpn: record.sentAs,
      status: record.status,
      netError: record.netError === undefined ? undefined : context.netError(record.netError),
      phases: phasesOf(record, kind === 'new' ? race : undefined, attempt, context),
      evidence: evidenceOf([record.id, record.controllerId, record.jobId, connection.socketId], [record.start, record.stream?.end, record.end]),
    };
  });
}

function attemptOf({ sessionId, socketId }: Connection, { http2Sessions, quicSessions, quicJobs }: RequestParts, socketBefore: SocketBefore): number | undefined {
  if (socketId !== undefined) return socketId;
  if (sessionId === undefined) return undefined;
  const http2 = http2Sessions.sessions.get(sessionId);
  if (http2 !== undefined) return http2.socketId;
  const jobId = quicSessions.sessions.get(sessionId)?.jobId;
  const job = jobId === undefined ? undefined : quicJobs.jobs.get(jobId);
  if (job === undefined || job.type === 'HTTP_STREAM_POOL_QUIC_ATTEMPT') return job?.id;
  return socketBefore(job.id, quicSessions.sessions.get(sessionId)?.start.index ?? 0)?.id;
}

/** The first request that was written to a socket: of HTTP/1.1, only that one can have had it made. */
function firstSenders(requests: readonly UrlRequestRecord[]): ReadonlySet<UrlRequestRecord> {
  const first = new Map<number, UrlRequestRecord>();
  for (const record of requests) {
    if (record.socketId === undefined || record.send.begin === undefined) continue;
    const other = first.get(record.socketId)?.send.begin;
    if (other === undefined || record.send.begin.index < other.index) first.set(record.socketId, record);
  }
  return new Set(first.values());
}

function kindOf(
  record: UrlRequestRecord,
  connection: Connection,
  opened: ReadonlySet<UrlRequestRecord>,
  parts: RequestParts,
): Request['connection'] {
  if (record.stream === undefined && record.sentAs === undefined) {
    if (record.netError !== undefined) return 'none';
    return record.cacheRead || record.status !== undefined ? 'cache' : undefined;
  }
  if (record.sentAs === undefined) return record.netError === undefined && record.end === undefined ? undefined : 'none';
  const { sessionId, socketId } = connection;
  const session = sessionId === undefined ? undefined : sessionOf(sessionId, parts);
  if (session !== undefined) {
    const host = parseHost(record.url)?.host;
    const kind = newOrReused(session.ready, record);
    // Of a session older than the log the host may be lost, and with it whether it is the request's.
    if (session.host === undefined || host === undefined) return kind === 'new' ? kind : undefined;
    return session.host === host ? kind : 'pooled';
  }
  if (socketId === undefined) return undefined;
  if (connection.reused === true || (record.socketId !== undefined && !opened.has(record))) return 'reused';
  const socket = parts.sockets.sockets.get(socketId);
  const ready = socket?.lastHandshake?.end ?? socket?.connectEnd;
  return newOrReused(ready, record);
}

function sessionOf(id: number, { http2Sessions, quicSessions, quicJobs, sockets }: RequestParts) {
  const http2 = http2Sessions.sessions.get(id);
  if (http2 !== undefined) {
    // A session is made of a preconnected socket only when somebody asks for it.
    const handshake = sockets.sockets.get(http2.socketId ?? Number.NaN)?.lastHandshake;
    return { host: parseHost(http2.host)?.host, ready: handshake?.end ?? http2.start };
  }
  const quic = quicSessions.sessions.get(id);
  const connect = quic?.jobId === undefined ? undefined : quicJobs.jobs.get(quic.jobId)?.connect;
  return quic && { host: parseHost(quic.host)?.host, ready: connect?.end ?? quic.handshakeComplete ?? (quic.begun ? undefined : quic.start) };
}

/** Was it ready before the request asked for a stream? Open where the log has lost the asking. */
function newOrReused(ready: Moment | undefined, { stream }: UrlRequestRecord): 'new' | 'reused' | undefined {
  if (stream === undefined) return undefined;
  return ready !== undefined && compareMoments(ready, stream.begin) < 0 ? 'reused' : 'new';
}
