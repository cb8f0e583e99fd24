/**
 * Answers kept for later requests with the same key, all answers of one job together under the least of their TTLs.
 *
 * Only jobs that succeeded are kept: a failed name is resolved again at the next request.
 */
import type { Millis } from '../../units.ts';
import type { DnsAnswer } from '../dns.ts';
import type { CacheOptions } from './options.ts';
import type { QueryAnswer } from './output.ts';

export interface CacheEntry {
  readonly answers: readonly QueryAnswer[];
  readonly expiresAt: Millis;
}

export interface HostCache {
  /** Also an expired entry; `undefined` if there is none. */
  find(key: string): CacheEntry | undefined;
  /** Answers that are failures all have no TTL and are not stored. */
  store(key: string, answers: readonly QueryAnswer[], now: Millis): void;
}

export function createHostCache({ capacity, minimumTtl }: CacheOptions): HostCache {
  const entries = new Map<string, CacheEntry>();
  return {
    find: (key) => entries.get(key),
    store(key, answers, now) {
      const ttl = leastTtl(answers);
      if (ttl === undefined || capacity < 1) return;
      // A map keeps the order of insertion: the first key is the one stored longest ago.
      entries.delete(key);
      const oldest = entries.keys().next();
      if (entries.size >= capacity && oldest.done !== true) entries.delete(oldest.value);
      entries.set(key, { answers, expiresAt: now + Math.max(ttl, minimumTtl) });
    },
  };
}

/** NODATA beside real data does not shorten the life of the latter. */
function leastTtl(answers: readonly QueryAnswer[]): Millis | undefined {
  let withData: Millis | undefined;
  let empty: Millis | undefined;
  for (const { answer } of answers) {
    if (answer.kind === 'failure') continue;
    if (hasData(answer)) withData = Math.min(answer.ttl, withData ?? Infinity);
    else empty = Math.min(answer.ttl, empty ?? Infinity);
  }
  return withData ?? empty;
}

const hasData = (answer: Extract<DnsAnswer, { kind: 'answer' }>): boolean => answer.addresses.length > 0 || answer.records.length > 0;
