/**
 * QUIC attempts: one per UDP socket that a QUIC job made for connecting.
 *
 * The same job opens a socket of the same kind to see whether IPv6 is reachable. That one is made
 * before QUIC_SESSION_POOL_JOB_CONNECT and never sends; nothing else tells the two apart.
 *
 * Start is the first packet's own stamp. Connected is the end of the handshake, usable the end of
 * JOB_CONNECT; with 0-RTT usable comes first, and connected may never come. Without it the two are one
 * step, of which the handshake's event is sometimes stamped a millisecond later.
 */
import type { Moment } from '../handlers/handler.ts';
import type { AsyncQuicAttempt, QuicJobRecord } from '../handlers/quic-jobs.ts';
import type { QuicSessionHandler, QuicSessionRecord } from '../handlers/quic-sessions.ts';
import type { SocketHandler, SocketRecord } from '../handlers/sockets.ts';
import type { Attempt, EndpointStage } from '../race.ts';
import type { AttemptDraft } from './attempt-draft.ts';
import { ABORTED, type Context, earliest } from './context.ts';
import { parseHost } from './destination.ts';
import { echOfQuic } from './ech.ts';
import { endpointText } from './endpoint-text.ts';
import { addTo } from '../grouping.ts';
import { firstFrom, lastUpTo } from '../ascending.ts';
import { silenceOf } from './quic-silence.ts';

export interface QuicParts {
  readonly sockets: SocketHandler;
  readonly quicSessions: QuicSessionHandler;
  /** Hosts of which the browser knew an alternative service. */
  readonly altSvcHosts: ReadonlySet<string>;
}

export interface QuicAttemptOwner {
  stageOf(ipEndpoint: string, start: Moment): EndpointStage;
}

/** A QUIC job's socket and the session that ran over it. */
interface Flow {
  readonly socket: SocketRecord;
  readonly session: QuicSessionRecord | undefined;
}

export function quicAttempts(job: QuicJobRecord, owner: QuicAttemptOwner, parts: QuicParts, context: Context): AttemptDraft[] {
  const flows = flowsOf(job, parts);
  const asyncAttemptOf = asyncAttemptsOf(job);
  return flows.flatMap(({ socket, session }) => {
    const ipEndpoint = endpointText(socket.udpPeer?.address);
    const start = session?.firstPacketSent ?? socket.firstSent;
    if (ipEndpoint === undefined || start === undefined) return [];
    const own = asyncAttemptOf(ipEndpoint, socket);
    const ended = own === undefined ? usableAt(job, session) : own.end?.result === 'succeeded' ? own.end.at : undefined;
    const usable = notBefore(ended, start);
    const zeroRtt = usable !== undefined && isZeroRtt(session, usable);
    return [
      {
        id: job.type === 'HTTP_STREAM_POOL_QUIC_ATTEMPT' ? job.id : socket.id,
        transport: 'quic' as const,
        ipEndpoint,
        localEndpoint: endpointText(socket.localAddress),
        connector: own?.connector === 'first' || own?.connector === 'second' ? own.connector : undefined,
        start,
        connected: zeroRtt ? session?.handshakeComplete : earliest([session?.handshakeComplete, session?.handshakeComplete && usable]),
        usable,
        ech: echOfQuic(session),
        http3From: http3From(job, session, parts.altSvcHosts),
        zeroRtt,
        unansweredMs: zeroRtt && session !== undefined ? silenceOf(session, context) : undefined,
        failed: usable === undefined ? failureOf(job, own, session) : undefined,
        closed: own?.end?.at ?? closedAt(job, socket, session),
        slow: own?.slow,
        alpn: usable === undefined ? undefined : 'h3',
        stage: owner.stageOf(ipEndpoint, socket.udpPeer?.begin ?? socket.start),
        sourceIds: [job.id, socket.id, session?.id],
      },
    ];
  });
}

/** A packet's stamp has microseconds, an event's is cut to milliseconds: with 0-RTT the end can seem to precede the start. */
function notBefore(moment: Moment | undefined, start: Pick<Moment, 'time'>): Moment | undefined {
  return moment !== undefined && moment.time < start.time && start.time - moment.time < 1 ? { ...moment, time: start.time } : moment;
}

/** The async job logs its attempts one by one; the latest to this endpoint begun before the socket was made. */
function asyncAttemptsOf(job: QuicJobRecord): (ipEndpoint: string, socket: SocketRecord) => AsyncQuicAttempt | undefined {
  const byEndpoint = new Map<string | undefined, { readonly at: Moment; readonly attempt: AsyncQuicAttempt }[]>();
  for (const attempt of job.attempts) addTo(byEndpoint, endpointText(attempt.ipEndpoint), { at: attempt.start, attempt });
  return (ipEndpoint, socket) => {
    const made = socket.udpPeer?.begin.index ?? Number.POSITIVE_INFINITY;
    return lastUpTo(byEndpoint.get(ipEndpoint) ?? [], made - 1)?.attempt;
  };
}

/** Neither: forced upon by a switch, or told by a log too old. */
function http3From(job: QuicJobRecord, session: QuicSessionRecord | undefined, altSvcHosts: ReadonlySet<string>): Attempt['http3From'] {
  if (session?.requiresHttpsRecord === true || job.recordAlpn?.includes('h3') === true) return 'https-record';
  return altSvcHosts.has(parseHost(session?.host)?.host ?? '') ? 'alt-svc' : undefined;
}

function flowsOf(job: QuicJobRecord, { sockets, quicSessions }: QuicParts): Flow[] {
  const udpSockets = sockets
    .ownedBy(job.id)
    // Before about Chrome 140 the job owns the UDP socket itself.
    .flatMap((owned) => (owned.type === 'UDP_CLIENT_SOCKET' ? sockets.ownedBy(owned.id) : [owned]))
    .filter((s) => s.type === 'UDP_SOCKET' && s.udpPeer !== undefined && madeForConnecting(job, s));
  const sessionWithin = sessionsOf(job, quicSessions);
  const begins = [...new Set(udpSockets.map((s) => s.udpPeer?.begin.index ?? 0))].toSorted((a, b) => a - b);
  const nextBegin = new Map(begins.map((begin, i) => [begin, begins[i + 1] ?? Number.POSITIVE_INFINITY]));
  return udpSockets
    .map((socket) => {
      // The session is made right after its socket has connected.
      const begin = socket.udpPeer?.begin.index ?? 0;
      return { socket, session: sessionWithin(begin, nextBegin.get(begin) ?? Number.POSITIVE_INFINITY) };
    })
    .filter(({ socket, session }) => socket.firstSent !== undefined || session?.firstPacketSent !== undefined);
}

function madeForConnecting(job: QuicJobRecord, socket: SocketRecord): boolean {
  const begin = job.connect?.begin.index;
  // A pool attempt makes no other sockets; of a job whose head is lost, what sends is no probe.
  if (begin === undefined) return job.type === 'HTTP_STREAM_POOL_QUIC_ATTEMPT' || job.host === undefined;
  return (socket.udpPeer?.begin.index ?? -1) > begin;
}

/** Sessions that the job names; in logs before about Chrome 130, those to its host begun while it connected. */
function sessionsOf(job: QuicJobRecord, { sessions, unclaimed }: QuicSessionHandler): SessionWithin {
  if (job.sessionIds.size > 0) {
    const named = [...job.sessionIds].map((id) => sessions.get(id)).filter((s) => s !== undefined).toSorted((a, b) => a.start.index - b.start.index);
    return (begin, next) => firstBetween(named, begin, next);
  }
  const from = job.connect?.begin.index;
  const to = job.connect?.end?.index ?? Number.POSITIVE_INFINITY;
  if (from === undefined || job.host === undefined) return () => undefined;
  const toHost = [job.host, `${job.host}:${job.port}`].map(unclaimed);
  return (begin, next) => {
    const found = toHost.flatMap((own) => firstBetween(own, Math.max(begin, from), Math.min(next, to)) ?? []);
    return found.toSorted((a, b) => a.start.index - b.start.index)[0];
  };
}

/** The first session begun between two places in the log. */
type SessionWithin = (begin: number, next: number) => QuicSessionRecord | undefined;

/** `sessions`: in order of their start. */
function firstBetween(sessions: readonly QuicSessionRecord[], begin: number, next: number): QuicSessionRecord | undefined {
  const first = firstFrom(sessions, ({ start }) => start.index, begin + 1);
  return first !== undefined && first.start.index < next ? first : undefined;
}

function usableAt(job: QuicJobRecord, session: QuicSessionRecord | undefined): Moment | undefined {
  const end = job.connect?.end;
  if (end === undefined || job.connect?.netError !== undefined) return undefined;
  // Before about Chrome 140 the END carries no error; a session closed by then has failed.
  return session?.closed !== undefined && session.closed.at.index < end.index ? undefined : end;
}

/**
 * 0-RTT: usable before the handshake was complete. The state is logged only when it is; until then
 * packets of 0-RTT data tell.
 */
function isZeroRtt(session: QuicSessionRecord | undefined, usable: Moment): boolean {
  if (session === undefined) return false;
  const completed = session.handshakeComplete;
  if (completed !== undefined && completed.index < usable.index) return false;
  return session.zeroRttState === undefined ? session.sentZeroRtt : session.zeroRttState !== 'NotAttempted';
}

function failureOf(job: QuicJobRecord, own: AsyncQuicAttempt | undefined, session: QuicSessionRecord | undefined): AttemptDraft['failed'] {
  if (own !== undefined) return own.end?.result === 'failed' ? { at: own.end.at, code: own.end.netError } : undefined;
  const code = job.connect?.netError;
  if (job.connect?.end !== undefined && code !== undefined) return code === ABORTED ? undefined : { at: job.connect.end, code };
  // An END without error after the session had closed: failed, with what the log does not say.
  if (job.connect?.end !== undefined && session?.closed !== undefined) return { at: session.closed.at };
  return undefined;
}

function closedAt(job: QuicJobRecord, socket: SocketRecord, session: QuicSessionRecord | undefined): Moment | undefined {
  const aborted = job.connect?.netError === ABORTED ? job.connect.end : undefined;
  return job.attemptEnd?.at ?? aborted ?? session?.closed?.at ?? session?.end ?? socket.closed;
}
