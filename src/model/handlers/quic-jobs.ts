/**
 * QUIC connecting: the session pool's jobs (HEv2 and legacy: QUIC_SESSION_POOL_DIRECT_JOB,
 * …ASYNC_DNS_JOB, …PROXY_JOB) and the HttpStreamPool's QUIC attempts (HEv3), which log the same
 * QUIC_SESSION_POOL_JOB_CONNECT span.
 *
 * QUIC_SESSION_POOL_JOB END carries no error: whether a session came is told by JOB_CONNECT END.
 */
import type { NetLogEvent } from '../../netlog/event.ts';
import { type Handler, type Moment, momentOf, recordOf, startOf } from './handler.ts';
import { dependency, integer, netError, number, object, text, texts } from './params.ts';

export interface QuicJobRecord {
  readonly id: number;
  readonly type: string;
  readonly start: Moment;
  host?: string | undefined;
  port?: number | undefined;
  privacyMode?: string | undefined;
  networkKey?: string | undefined;
  proxyChain?: string | undefined;
  end?: Moment | undefined;
  /** JOB_CONNECT, or the async job's first ATTEMPT_STARTED: sockets made before only probe or sort addresses. */
  connect?: { readonly begin: Moment; end?: Moment | undefined; netError?: number | undefined } | undefined;
  /** Sessions in order of making; made before their handshake. */
  readonly sessionIds: Set<number>;
  lastSessionId?: number | undefined;
  /** HTTP_STREAM_POOL_QUIC_ATTEMPT only: its manager, and how it ended. */
  managerId?: number | undefined;
  ipEndpoint?: string | undefined;
  /** Protocols of the HTTPS record by which the endpoint was chosen; empty if by none. */
  recordAlpn?: readonly string[] | undefined;
  attemptEnd?: { readonly at: Moment; readonly netError?: number | undefined } | undefined;
  /** Async job only: it races up to two connectors, each with an attempt after another. */
  readonly attempts: AsyncQuicAttempt[];
  readonly attemptsById: Map<number, AsyncQuicAttempt>;
  /** Those that may not have ended, in order of their start. */
  readonly running: AsyncQuicAttempt[];
}

export interface AsyncQuicAttempt {
  readonly id: number;
  readonly ipEndpoint: string;
  readonly connector: string | undefined;
  readonly start: Moment;
  slow: boolean;
  end?: { readonly at: Moment; readonly result: 'succeeded' | 'cancelled' | 'failed'; readonly netError?: number | undefined } | undefined;
}

export interface QuicJobHandler extends Handler {
  readonly jobs: ReadonlyMap<number, QuicJobRecord>;
}

export function createQuicJobHandler(): QuicJobHandler {
  const jobs = new Map<number, QuicJobRecord>();
  const jobOf = (event: NetLogEvent): QuicJobRecord =>
    recordOf(jobs, event, (e) => ({ id: e.source.id, type: e.source.type, start: startOf(e), sessionIds: new Set(), attempts: [], attemptsById: new Map(), running: [] }));

  function session(event: NetLogEvent): void {
    const id = dependency(event.params);
    const job = jobOf(event);
    if (id === undefined) return;
    if (!job.sessionIds.has(id)) job.lastSessionId = id;
    job.sessionIds.add(id);
  }

  return {
    jobs,
    headersOnly: ['QUIC_SESSION_POOL_ASYNC_DNS_JOB_SLOW_TIMER_FIRED'],
    on: {
      QUIC_SESSION_POOL_JOB(event) {
        const job = jobOf(event);
        if (event.phase === 'END') {
          job.end = momentOf(event);
          return;
        }
        job.host = text(event.params, 'host') ?? text(event.params, 'server_id');
        job.port = number(event.params, 'port');
        job.privacyMode = text(event.params, 'privacy_mode');
        job.networkKey = text(event.params, 'network_anonymization_key') ?? text(event.params, 'network_isolation_key');
        job.proxyChain = text(event.params, 'proxy_chain');
      },
      QUIC_SESSION_POOL_JOB_CONNECT(event) {
        const job = jobOf(event);
        if (event.phase === 'BEGIN') {
          job.connect ??= { begin: momentOf(event) };
        } else if (job.connect !== undefined) {
          job.connect.end = momentOf(event);
          job.connect.netError = netError(event.params);
        }
      },
      QUIC_SESSION_CREATED: session,
      QUIC_SESSION_POOL_JOB_RESULT: session,
      HTTP_STREAM_POOL_QUIC_ATTEMPT_ALIVE(event) {
        const job = jobOf(event);
        if (event.phase === 'END') {
          job.attemptEnd = { at: momentOf(event), netError: netError(event.params) };
          return;
        }
        job.managerId = dependency(event.params);
        job.ipEndpoint = text(event.params, 'ip_endpoint');
        const metadata = object(event.params, 'metadata');
        if (metadata !== undefined) job.recordAlpn = texts(metadata, 'supported_protocol_alpns');
      },
      // Until about Chrome 140 the pool's QUIC attempt was a task with attempts of its own.
      HTTP_STREAM_POOL_QUIC_ATTEMPT_START(event) {
        const job = jobOf(event);
        job.ipEndpoint ??= text(event.params, 'ip_endpoint');
        job.connect ??= { begin: momentOf(event) };
      },
      HTTP_STREAM_POOL_QUIC_ATTEMPT_END(event) {
        const { connect } = jobOf(event);
        if (connect === undefined || connect.end !== undefined) return;
        connect.end = momentOf(event);
        connect.netError = netError(event.params);
      },
      QUIC_SESSION_POOL_ASYNC_DNS_JOB_ATTEMPT_STARTED(event) {
        const job = jobOf(event);
        job.connect ??= { begin: momentOf(event) };
        const id = integer(event.params, 'attempt_id');
        const ipEndpoint = text(event.params, 'ip_endpoint');
        if (id === undefined || ipEndpoint === undefined) return;
        const attempt: AsyncQuicAttempt = { id, ipEndpoint, connector: text(event.params, 'connector'), start: momentOf(event), slow: false };
        job.attempts.push(attempt);
        job.running.push(attempt);
        if (!job.attemptsById.has(id)) job.attemptsById.set(id, attempt);
      },
      QUIC_SESSION_POOL_ASYNC_DNS_JOB_ATTEMPT_FAILED(event) {
        const attempt = jobOf(event).attemptsById.get(integer(event.params, 'attempt_id') ?? Number.NaN);
        if (attempt !== undefined) attempt.end ??= { at: momentOf(event), result: 'failed', netError: netError(event.params) };
      },
      QUIC_SESSION_POOL_ASYNC_DNS_JOB_SLOW_TIMER_FIRED(event) {
        const { running } = jobOf(event);
        while (running.at(-1)?.end !== undefined) running.pop();
        const latest = running.at(-1);
        if (latest !== undefined) latest.slow = true;
      },
      QUIC_SESSION_POOL_ASYNC_DNS_JOB_CONNECTOR_SETTLED_JOB(event) {
        if (text(event.params, 'completion_reason') !== 'attempt_succeeded') return;
        const winnerId = integer(event.params, 'attempt_id');
        for (const attempt of jobOf(event).running.splice(0)) {
          attempt.end ??= { at: momentOf(event), result: attempt.id === winnerId ? 'succeeded' : 'cancelled' };
        }
      },
      QUIC_SESSION_POOL_ASYNC_DNS_JOB_COMPLETE(event) {
        const { connect } = jobOf(event);
        if (connect === undefined || connect.end !== undefined) return;
        connect.end = momentOf(event);
        connect.netError = netError(event.params);
      },
    },
  };
}
