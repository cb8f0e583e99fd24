/**
 * TCP-based attempts of the HttpStreamPool (sources TLS_STREAM_ATTEMPT, and TCP_STREAM_ATTEMPT for
 * http). The nested TCP attempt logs on the TLS source. An ECH retry opens a second socket inside
 * the same attempt.
 */
import type { NetLogEvent } from '../../netlog/event.ts';
import { type Handler, type Moment, momentOf, recordOf, startOf } from './handler.ts';
import { dependency, netError, text } from './params.ts';

export interface StreamAttemptRecord {
  readonly id: number;
  readonly type: string;
  readonly start: Moment;
  hostPort?: string | undefined;
  managerId?: number | undefined;
  readonly socketIds: number[];
  /** WAIT_FOR_SERVICE_ENDPOINT: connected, waiting for the HTTPS answer. 0 ms long when it is there already. */
  wait?: { readonly begin: Moment; end?: Moment | undefined } | undefined;
  end?: { readonly at: Moment; readonly netError: number | undefined; readonly cancelReason: string | undefined } | undefined;
}

export interface StreamAttemptHandler extends Handler {
  readonly attempts: ReadonlyMap<number, StreamAttemptRecord>;
}

export function createStreamAttemptHandler(): StreamAttemptHandler {
  const attempts = new Map<number, StreamAttemptRecord>();
  let lastSocketEnd: { readonly socketId: number; readonly index: number } | undefined;
  const attemptOf = (event: NetLogEvent): StreamAttemptRecord =>
    recordOf(attempts, event, (e) => ({ id: e.source.id, type: e.source.type, start: startOf(e), socketIds: [] }));
  const end = (event: NetLogEvent): StreamAttemptRecord['end'] => ({
    at: momentOf(event),
    netError: netError(event.params),
    cancelReason: text(event.params, 'cancel_reason'),
  });

  function socketEnd(event: NetLogEvent): void {
    if (event.phase === 'END' && event.source.type === 'SOCKET') lastSocketEnd = { socketId: event.source.id, index: event.index };
  }

  /**
   * With the head of the log lost nothing names an attempt's socket. But an attempt hears of its socket's
   * end of connecting, and of TLS, in the same step, so that the two ENDs are neighbours.
   */
  function adopt(attempt: StreamAttemptRecord, event: NetLogEvent): void {
    if (attempt.socketIds.length === 0 && lastSocketEnd?.index === event.index - 1) attempt.socketIds.push(lastSocketEnd.socketId);
  }

  return {
    attempts,
    headersOnly: ['TLS_STREAM_ATTEMPT_WAIT_FOR_SERVICE_ENDPOINT', 'TLS_STREAM_ATTEMPT_CONNECT', 'TCP_CONNECT', 'SSL_CONNECT'],
    on: {
      TLS_STREAM_ATTEMPT_ALIVE(event) {
        const attempt = attemptOf(event);
        if (event.phase === 'END') attempt.end = end(event);
        else attempt.hostPort = text(event.params, 'host_port');
      },
      TCP_STREAM_ATTEMPT_ALIVE(event) {
        const attempt = attemptOf(event);
        if (event.phase !== 'END') return;
        adopt(attempt, event);
        if (attempt.type === 'TCP_STREAM_ATTEMPT') attempt.end = end(event);
      },
      TLS_STREAM_ATTEMPT_CONNECT(event) {
        const attempt = attemptOf(event);
        if (event.phase === 'END') adopt(attempt, event);
      },
      TCP_CONNECT: socketEnd,
      SSL_CONNECT: socketEnd,
      TCP_STREAM_ATTEMPT_CONNECT(event) {
        const socketId = dependency(event.params);
        if (socketId !== undefined) attemptOf(event).socketIds.push(socketId);
      },
      TCP_BASED_ATTEMPT_BOUND_TO_POOL(event) {
        attemptOf(event).managerId = dependency(event.params);
      },
      TLS_STREAM_ATTEMPT_WAIT_FOR_SERVICE_ENDPOINT(event) {
        const attempt = attemptOf(event);
        if (event.phase === 'BEGIN') attempt.wait = { begin: momentOf(event) };
        else if (attempt.wait !== undefined) attempt.wait.end = momentOf(event);
      },
    },
  };
}
