/** How attempts failed to get an answer, in words. */
import type { TriedAttempt } from './targets.ts';
import { longestSilence } from './targets.ts';
import { duration, list } from './words.ts';

/** After a second the kernel has sent a second SYN, so that a lost packet is no longer the likely reason (RFC 6298 section 2). */
export const SURELY_SILENT_MS = 1000;

/** `ERR_CONNECTION_REFUSED`, `no answer within 323 ms`, or both. */
export function unansweredWords(tried: readonly TriedAttempt[]): string {
  const errors = list(tried.flatMap(({ reach }) => (reach.kind === 'refused' ? [reach.error.name] : [])));
  const silence = longestSilence(tried);
  return [errors, silence === 0 ? '' : `no answer within ${duration(silence)}`].filter((part) => part !== '').join('; ');
}

/** What cannot be told of addresses that were given up before anybody could know. */
export function doubt(tried: readonly TriedAttempt[]): string {
  const isSure = longestSilence(tried) >= SURELY_SILENT_MS || tried.some(({ reach }) => reach.kind === 'refused');
  return isSure ? '' : ' The attempts were closed then, so that the log cannot tell dead from slower than that.';
}

export function endpoints(tried: readonly TriedAttempt[]): string[] {
  return [...new Set(tried.map(({ attempt }) => attempt.ipEndpoint))];
}
