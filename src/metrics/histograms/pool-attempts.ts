/**
 * The TCP-based and QUIC attempts of the HttpStreamPool: how long each took, and what its time went into.
 *
 * An attempt lives from TLS_STREAM_ATTEMPT_ALIVE BEGIN (of a plain one TCP_STREAM_ATTEMPT_ALIVE BEGIN) to its END,
 * or to the manager's HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END if that is later. Without the latter the manager cancelled it.
 */
import type { JournalEvent } from '../../model/journal.ts';
import { dependency, netError, number, text } from '../../model/handlers/params.ts';
import type { Count } from './counters.ts';
import { CODES, LONG_TIMES, MEDIUM_TIMES, SHORT_TIMES } from './layouts.ts';
import { CONNECTION_TIMED_OUT, NO_MATCHING_SUPPORTED_ALPN, TIMED_OUT } from './net-errors.ts';
import { initialStateOf, managerBegin } from './pool-managers.ts';
import { type Span, type Timelines, elapsed, lastBefore, spans } from './timelines.ts';

/** Net.HttpStreamPool.TcpBasedAttemptCancelReason. */
const CANCEL_REASONS: readonly string[] = [
  'Unspecified',
  'CloseAllConnections',
  'IpAddressChanged',
  'SslConfigChanged',
  'CannotUseTcpBasedProtocols',
  'SpdySessionCreated',
  'QuicSessionCreated',
  'UsingExistingSpdySession',
  'UsingExistingQuicSession',
  'Abort',
  'AttemptManagerDraining',
];

/** The name under which the times of cancelled attempts are counted. */
const CANCEL_SUFFIXES: Readonly<Record<string, string>> = {
  SpdySessionCreated: 'NewSpdySession',
  QuicSessionCreated: 'NewQuicSession',
  UsingExistingSpdySession: 'ExistingSpdySession',
  UsingExistingQuicSession: 'ExistingQuicSession',
  AttemptManagerDraining: 'AttemptManagerDraining',
};

export function countPoolAttempts(timelines: Timelines, count: Count): void {
  const attempts = new Set([...timelines.having('TLS_STREAM_ATTEMPT_ALIVE'), ...timelines.having('TCP_STREAM_ATTEMPT_ALIVE')]);
  const outcomes = outcomesOf(timelines);
  const lives: Lives = new Map();
  for (const timeline of attempts) countTcpBased(timelines, count, timeline, outcomes);
  for (const [{ sourceId } = { sourceId: undefined }] of timelines.having('HTTP_STREAM_POOL_ATTEMPT_MANAGER_ALIVE')) {
    countQuic(timelines, count, sourceId);
    countNewHttp2Session(timelines, count, sourceId, lives);
  }
}

function lifeOf(timeline: readonly JournalEvent[]): Span | undefined {
  return spans(timeline, timeline[0]?.sourceType === 'TLS_STREAM_ATTEMPT' ? 'TLS_STREAM_ATTEMPT_ALIVE' : 'TCP_STREAM_ATTEMPT_ALIVE').at(-1);
}

/** What a manager tells of the end of an attempt. */
type Outcomes = (managerId: number | undefined, attemptId: number) => JournalEvent | undefined;

/** The first word of each manager on each of its attempts. */
function outcomesOf(timelines: Timelines): Outcomes {
  const byManager = new Map<number | undefined, Map<number | undefined, JournalEvent>>();

  function told(managerId: number | undefined): Map<number | undefined, JournalEvent> {
    const ends = new Map<number | undefined, JournalEvent>();
    for (const end of timelines.ofType(managerId, 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END')) {
      const attemptId = dependency(end.params);
      if (!ends.has(attemptId)) ends.set(attemptId, end);
    }
    byManager.set(managerId, ends);
    return ends;
  }

  return (managerId, attemptId) => (byManager.get(managerId) ?? told(managerId)).get(attemptId);
}

function countTcpBased(timelines: Timelines, count: Count, timeline: readonly JournalEvent[], outcomes: Outcomes): void {
  const life = lifeOf(timeline);
  if (life === undefined) return;
  const { begin, end } = life;
  const id = begin.sourceId;
  const bound = timeline.find(({ type }) => type === 'TCP_BASED_ATTEMPT_BOUND_TO_POOL');
  const managerId = dependency(bound?.params);
  const told = outcomes(managerId, id);
  const last = told !== undefined && told.index > end.index ? told : end;
  const outcome = told === undefined ? 'Canceled' : outcomeOf(netError(told.params));
  count(`Net.HttpStreamPool.TcpBasedAttemptTime2.${outcome}`, MEDIUM_TIMES, elapsed(begin, last));
  if (outcome === 'Success') countSuccess(count, timeline, begin, last, managerBegin(timelines, managerId));
  const reason = text(end.params, 'cancel_reason');
  if (reason !== undefined) countCancelled(count, life, reason, initialStateOf(timelines, managerId));
}

function outcomeOf(error: number | undefined): string {
  if (error === undefined) return 'Success';
  if (error === TIMED_OUT) return 'TimedOut';
  return error === CONNECTION_TIMED_OUT ? 'ConnectionTimedOut' : 'OtherFailure';
}

/** With ECH retried an attempt has two connections in turn: the last one counts. */
function countSuccess(count: Count, timeline: readonly JournalEvent[], begin: JournalEvent, last: JournalEvent, managed: JournalEvent | undefined): void {
  const secure = begin.sourceType === 'TLS_STREAM_ATTEMPT';
  const suffix = secure ? 'Tls' : 'Tcp';
  count(`Net.HttpStreamPool.TcpBasedAttemptSuccessTime.${suffix}`, MEDIUM_TIMES, elapsed(begin, last));
  if (managed !== undefined) count('Net.HttpStreamPool.TcpBasedAttemptStartDelay', MEDIUM_TIMES, elapsed(managed, begin));
  const wait = spans(timeline, 'TLS_STREAM_ATTEMPT_WAIT_FOR_SERVICE_ENDPOINT').at(-1);
  count('Net.HttpStreamPool.TcpBasedAttemptServiceEndpointWaitTime', SHORT_TIMES, wait === undefined ? 0 : elapsed(wait.begin, wait.end));
  const tcp = spans(timeline, 'TCP_STREAM_ATTEMPT_ALIVE').at(-1);
  if (tcp === undefined) return;
  count(`Net.HttpStreamPool.TcpHandshakeTime.${suffix}`, MEDIUM_TIMES, elapsed(tcp.begin, tcp.end));
  const tls = spans(timeline, 'TLS_STREAM_ATTEMPT_CONNECT').at(-1);
  if (tls !== undefined) count('Net.HttpStreamPool.TlsHandshakeTime', MEDIUM_TIMES, elapsed(tcp.end, tls.end));
}

function countCancelled(count: Count, { begin, end }: Span, reason: string, state: number | undefined): void {
  const code = CANCEL_REASONS.indexOf(reason);
  if (code >= 0) count('Net.HttpStreamPool.TcpBasedAttemptCancelReason', CODES, code);
  const suffix = CANCEL_SUFFIXES[reason] ?? 'Other';
  count(`Net.HttpStreamPool.TcpBasedAttemptCanceledTime2.${suffix}`, LONG_TIMES, elapsed(begin, end));
  if (state !== undefined) count(`Net.HttpStreamPool.TcpBasedAttemptCanceledInitialAttemptState.${suffix}`, CODES, state);
}

/** Attempts that were cancelled are not told as completed, and those without an h3 endpoint sent nothing. */
function countQuic(timelines: Timelines, count: Count, managerId: number | undefined): void {
  const bounds = timelines.ofType(managerId, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_BOUND');
  for (const completed of timelines.ofType(managerId, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_QUIC_ATTEMPT_COMPLETED')) {
    const result = number(completed.params, 'result');
    if (result === NO_MATCHING_SUPPORTED_ALPN || result === undefined) continue;
    const bound = lastBefore(bounds, completed.index);
    const [begin] = timelines.ofType(dependency(bound?.params), 'HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE', 'BEGIN');
    if (begin !== undefined) count(`Net.HttpStreamPool.QuicAttemptTime.${result === 0 ? 'Success' : 'Failure'}`, SHORT_TIMES, elapsed(begin, completed));
  }
}

/** Of attempts, by id. */
type Lives = Map<number | undefined, Span | undefined>;

/** From the start of the attempt that had succeeded last to the session over its socket. */
function countNewHttp2Session(timelines: Timelines, count: Count, managerId: number | undefined, lives: Lives): void {
  const successes = timelines.ofType(managerId, 'HTTP_STREAM_POOL_TCP_BASED_ATTEMPT_END').filter(({ params }) => netError(params) === undefined);
  for (const imported of timelines.ofType(managerId, 'HTTP2_SESSION_POOL_IMPORTED_SESSION_FROM_SOCKET')) {
    const attemptId = dependency(lastBefore(successes, imported.index)?.params);
    if (!lives.has(attemptId)) lives.set(attemptId, lifeOf(timelines.of(attemptId)));
    const life = lives.get(attemptId);
    if (life !== undefined) count('Net.HttpStreamPool.NewSpdySessionEstablishTime', SHORT_TIMES, elapsed(life.begin, imported));
  }
}
