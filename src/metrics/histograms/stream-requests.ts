/** Requests for a stream (HTTP_STREAM_REQUEST), as Chromium tells those that got one from those that did not. */
import type { JournalEvent } from '../../model/journal.ts';
import { netError } from '../../model/handlers/params.ts';
import { ABORTED, NAME_HTTPS_ONLY } from './net-errors.ts';

export interface StreamRequest {
  readonly begin: JournalEvent;
  readonly end: JournalEvent;
  /** Not a retry after a connection was lost. */
  readonly first: boolean;
  /** The HTTP version of the request headers that followed; absent: there was no stream. */
  readonly sent?: 'H1' | 'H2' | 'H3';
  /** Why there was no stream, as far as the log tells. */
  readonly error?: number;
}

const SENT: Readonly<Record<string, 'H1' | 'H2' | 'H3'>> = {
  HTTP_TRANSACTION_SEND_REQUEST_HEADERS: 'H1',
  HTTP_TRANSACTION_HTTP2_SEND_REQUEST_HEADERS: 'H2',
  HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS: 'H3',
};

export function isSuccess(request: StreamRequest): request is StreamRequest & { readonly sent: 'H1' | 'H2' | 'H3' } {
  return request.sent !== undefined;
}

/** Those of one source that ended, in log order. */
export function streamRequestsOf(timeline: readonly JournalEvent[]): StreamRequest[] {
  const found: StreamRequest[] = [];
  let begin: JournalEvent | undefined;
  let first = true;
  let cancelled = false;
  timeline.forEach((event, i) => {
    if (event.type === 'URL_REQUEST_START_JOB' && event.phase === 'BEGIN') first = true;
    if (event.type === 'CANCELLED') cancelled = true;
    if (event.type !== 'HTTP_STREAM_REQUEST') return;
    if (event.phase === 'BEGIN') {
      begin = event;
      cancelled = false;
    } else if (event.phase === 'END' && begin !== undefined) {
      found.push({ begin, end: event, first, ...(cancelled ? { error: ABORTED } : outcomeOf(timeline, i)) });
      begin = undefined;
      first = false;
    }
  });
  return found;
}

/** What followed its END, up to the next request for a stream. */
function outcomeOf(timeline: readonly JournalEvent[], endAt: number): Pick<StreamRequest, 'sent' | 'error'> {
  for (let i = endAt + 1; i < timeline.length; i++) {
    const { type, phase, params } = timeline[i]!;
    const sent = SENT[type];
    if (sent !== undefined) return { sent };
    if (type === 'URL_REQUEST_DELEGATE_RECEIVED_REDIRECT') return { error: NAME_HTTPS_ONLY };
    if (type === 'URL_REQUEST_START_JOB' && phase === 'END') {
      const error = netError(params);
      return error === undefined ? {} : { error };
    }
    // The caller gave up on what it was told (a bad certificate), with the error of its own choice.
    if (type === 'CANCELLED') return { error: netError(params) ?? ABORTED };
    if (type === 'HTTP_STREAM_REQUEST') return {};
  }
  return {};
}
