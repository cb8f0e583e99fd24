/**
 * Queries to ask once more although they are answered: because the answer came from a cache and had expired (HE-25),
 * or because its TTL has ended since (HE-24). Each expired answer is asked about once.
 */
import type { Millis } from '../../units.ts';
import type { DnsAnswer, Query } from '../dns.ts';

interface Renewal {
  readonly query: Query;
  readonly at: Millis;
  readonly rule: 'HE-24' | 'HE-25';
}

/** `stale`: out of a cache, and expired there. */
export type Freshness = 'fresh' | 'stale';

export class Renewals {
  readonly #asksAgainAfter: Millis | undefined;
  readonly #byQuery = new Map<string, Renewal>();
  readonly #renewed = new Set<string>();

  /** `asksAgainAfter`: see `RaceOptions`. */
  constructor(asksAgainAfter: Millis | undefined) {
    this.#asksAgainAfter = asksAgainAfter;
  }

  /** A stale answer to a query that asks for a fresh one is taken as fresh: it is the best there is (C-98). */
  answered(query: Query, answer: DnsAnswer, freshness: Freshness, now: Millis): void {
    const key = `${query.type} ${query.name}`;
    this.#byQuery.delete(key);
    if (freshness === 'stale' && !this.#renewed.has(key)) this.#byQuery.set(key, { query, at: now, rule: 'HE-25' });
    else if (this.#asksAgainAfter !== undefined && answer.kind === 'answer') this.#byQuery.set(key, { query, at: now + Math.max(answer.ttl, this.#asksAgainAfter), rule: 'HE-24' });
  }

  /** Those whose time has come, in the order in which their answers came. */
  takeDue(now: Millis): readonly Renewal[] {
    if (this.#byQuery.size === 0) return NONE;
    const due = [...this.#byQuery].filter(([, { at }]) => at <= now);
    for (const [key] of due) {
      this.#byQuery.delete(key);
      this.#renewed.add(key);
    }
    return due.map(([, renewal]) => renewal);
  }

  /** `Infinity` if there is nothing to ask. */
  get nextAt(): Millis {
    let next = Infinity;
    for (const { at } of this.#byQuery.values()) next = Math.min(next, at);
    return next;
  }
}

const NONE: readonly Renewal[] = [];
