/** The jobs of the HttpStreamPool, by the protocol that each got. */
import { netError, number, text } from '../../model/handlers/params.ts';
import type { Count } from './counters.ts';
import { CODES, LONG_TIMES } from './layouts.ts';
import { type Timelines, elapsed, spans } from './timelines.ts';

export function countPoolJobs(timelines: Timelines, count: Count): void {
  for (const job of timelines.having('HTTP_STREAM_POOL_JOB_ALIVE')) {
    for (const { begin, end } of spans(job, 'HTTP_STREAM_POOL_JOB_ALIVE')) {
      // A job that is dropped because another one won has no error, not even 0.
      if (number(end.params, 'net_error') === undefined) continue;
      const error = netError(end.params);
      const result = error === undefined ? versionOf(text(end.params, 'negotiated_protocol')) : 'Failure';
      count(`Net.HttpStreamPool.JobCompleteTime4.${result}`, LONG_TIMES, elapsed(begin, end));
      if (error !== undefined) count('Net.HttpStreamPool.JobErrorCode', CODES, Math.abs(error));
    }
  }
}

/** A preconnect has no protocol, and is counted as HTTP/1. */
function versionOf(protocol: string | undefined): string {
  if (protocol === 'h2') return 'H2';
  return protocol === 'quic' ? 'H3' : 'H1';
}
