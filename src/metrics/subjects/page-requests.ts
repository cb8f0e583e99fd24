/**
 * The requests that metrics count: all but DNS-over-HTTPS queries (`forResolver`). The browser's own requests
 * (updates, safe browsing) are among them, since nothing in a log sets them apart for certain.
 */
import type { Request } from '../../model/request.ts';
import type { Trace } from '../../model/trace.ts';

export function pageRequests(trace: Trace): Request[] {
  return trace.requests.filter((request) => request.forResolver !== true);
}

/** Given up by the page or the browser, or kept from the network by a policy: neither success nor failure. */
export function isCalledOff({ netError }: Request): boolean {
  return netError !== undefined && (netError.name === 'ERR_ABORTED' || netError.name.startsWith('ERR_BLOCKED_BY_'));
}
