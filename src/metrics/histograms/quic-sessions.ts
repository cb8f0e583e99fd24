/** QUIC: attempts to get a session (QUIC_SESSION_POOL_JOB_CONNECT), the sessions' handshakes, and the asynchronous job. */
import type { JournalEvent } from '../../model/journal.ts';
import { dependency, netError, number, text } from '../../model/handlers/params.ts';
import type { Count } from './counters.ts';
import { COUNTS, MEDIUM_TIMES, SHORT_TIMES } from './layouts.ts';
import { ABORTED } from './net-errors.ts';
import { type Span, type Timelines, elapsed, lastBefore, spans } from './timelines.ts';

export function countQuicSessions(timelines: Timelines, count: Count): void {
  for (const timeline of timelines.having('QUIC_SESSION_POOL_JOB_CONNECT')) {
    for (const connect of spans(timeline, 'QUIC_SESSION_POOL_JOB_CONNECT')) {
      const error = netError(connect.end.params);
      if (error === ABORTED) continue;
      countAttempt(timelines, count, connect);
      const asked = resolutionStart(timelines, connect.begin);
      if (asked !== undefined) count('Net.QuicSession.TimeFromResolveHostToConfirmConnection', SHORT_TIMES, elapsed(asked, connect.end));
    }
  }
  for (const session of timelines.having('QUIC_SESSION')) countHandshake(count, session);
  for (const job of timelines.having('QUIC_SESSION_POOL_ASYNC_DNS_JOB_COMPLETE')) countAsyncJob(count, job);
}

/** A session that is ready without a handshake (0-RTT) is not counted: nobody knows yet whether the server is there. */
function countAttempt(timelines: Timelines, count: Count, { begin, end }: Span): void {
  const latest = lastBefore(timelines.ofType(begin.sourceId, 'QUIC_SESSION_CREATED'), end.index);
  const created = latest !== undefined && latest.index > begin.index ? latest : undefined;
  const outcome = netError(end.params) === undefined ? 'Success' : 'Failure';
  if (outcome === 'Success' && created !== undefined && wasZeroRtt(timelines, dependency(created.params))) return;
  count(`Net.QuicSessionAttempt.CompleteTime.${outcome}`, SHORT_TIMES, elapsed(begin, end));
  if (created !== undefined) count(`Net.QuicSessionAttempt.CryptoConnectTime.${outcome}`, SHORT_TIMES, elapsed(created, end));
}

function wasZeroRtt(timelines: Timelines, sessionId: number | undefined): boolean {
  const [state] = timelines.ofType(sessionId, 'QUIC_SESSION_ZERO_RTT_STATE');
  if (state !== undefined) return text(state.params, 'state') !== 'NotAttempted';
  return timelines.ofType(sessionId, 'QUIC_SESSION_CRYPTO_HANDSHAKE_COMPLETE').length === 0;
}

/** Of a pool's attempt that of its manager; a request for service endpoints begins with its sequence of tasks. */
function resolutionStart(timelines: Timelines, { sourceId, index }: JournalEvent): JournalEvent | undefined {
  const [attempt] = timelines.ofType(sourceId, 'HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE', 'BEGIN');
  const asker = attempt === undefined ? sourceId : dependency(attempt.params);
  return (
    lastBefore(timelines.ofType(asker, 'HOST_RESOLVER_MANAGER_REQUEST', 'BEGIN'), index) ??
    lastBefore(timelines.ofType(asker, 'HOST_RESOLVER_MANAGER_TASK_SEQUENCE_CREATED'), index)
  );
}

function countHandshake(count: Count, session: readonly JournalEvent[]): void {
  const begin = session.find(({ type, phase }) => type === 'QUIC_SESSION' && phase === 'BEGIN');
  if (begin === undefined) return;
  const verified = session.find(({ type }) => type === 'QUIC_SESSION_CERTIFICATE_VERIFIED');
  if (verified !== undefined) count('Net.QuicSession.EncryptionEstablishedTime', SHORT_TIMES, elapsed(begin, verified));
  const complete = session.find(({ type }) => type === 'QUIC_SESSION_CRYPTO_HANDSHAKE_COMPLETE');
  if (complete !== undefined) count('Net.QuicSession.HandshakeConfirmedTime', SHORT_TIMES, elapsed(begin, complete));
}

function countAsyncJob(count: Count, job: readonly JournalEvent[]): void {
  const prefix = 'QUIC_SESSION_POOL_ASYNC_DNS_JOB_';
  const complete = job.find(({ type }) => type === `${prefix}COMPLETE`);
  const attempts = number(complete?.params, 'attempt_count');
  if (attempts !== undefined)
    count(`Net.QuicSession.AsyncDnsJob.AttemptsPerJob.Job${netError(complete?.params) === undefined ? 'Succeeded' : 'Failed'}`, COUNTS, attempts);
  const settled = job.find(({ type, params }) => type === `${prefix}CONNECTOR_SETTLED_JOB` && text(params, 'completion_reason') === 'attempt_succeeded');
  const id = number(settled?.params, 'attempt_id');
  const started = job.find(({ type, params }) => type === `${prefix}ATTEMPT_STARTED` && number(params, 'attempt_id') === id);
  if (settled === undefined || id === undefined || started === undefined) return;
  const resolved = job.some(({ type, index }) => type === `${prefix}SERVICE_ENDPOINT_REQUEST_FINISHED` && index < settled.index);
  const suffix = resolved ? 'FinalDnsResult' : 'JobSuccessWithDnsInFlight';
  count(`Net.QuicSession.AsyncDnsJob.SuccessfulAttemptElapsedTime.${suffix}`, MEDIUM_TIMES, elapsed(started, settled));
}
