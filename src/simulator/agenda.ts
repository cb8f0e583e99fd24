/** What a scenario wants of its client, and when: by the clock, after one another, or not any more. */
import type { RequestId } from '../engine/client/client-output.ts';
import type { Millis } from '../units.ts';
import { EventQueue } from './network/event-queue.ts';
import type { ScenarioRequest } from './scenario/scenario.ts';

type Due =
  | { readonly kind: 'begin'; readonly entry: number }
  /** Of an entry whose resolution has succeeded. */
  | { readonly kind: 'preconnect'; readonly entry: number }
  | { readonly kind: 'cancel'; readonly request: RequestId };

/** For the client, which has not heard of the request before, or shall forget it. */
export type Wish = { readonly kind: 'load' | 'preconnect' | 'resolve'; readonly request: RequestId; readonly entry: ScenarioRequest } | { readonly kind: 'cancel'; readonly request: RequestId };

export class Agenda {
  readonly #entries: readonly ScenarioRequest[];
  readonly #due = new EventQueue<Due>();
  /** Which entry a request belongs to. */
  readonly #ofRequest = new Map<RequestId, number>();
  /** Requests that resolve for an entry which then connects. */
  readonly #resolving = new Set<RequestId>();
  #lastRequest: RequestId = 0;

  constructor(entries: readonly ScenarioRequest[]) {
    this.#entries = entries;
    entries.forEach(({ start }, entry) => {
      if (start.kind === 'at') this.#due.schedule(start.atMs, { kind: 'begin', entry });
    });
  }

  nextAt(): Millis | undefined {
    return this.#due.peek()?.at;
  }

  /** What is wanted by `now`, one at a time. */
  take(now: Millis): Wish | undefined {
    const next = this.#due.peek();
    if (next === undefined || next.at > now) return undefined;
    this.#due.pop();
    const { item } = next;
    return item.kind === 'cancel' ? item : this.#begin(item, now);
  }

  entryOf(request: RequestId): ScenarioRequest {
    return this.#entry(this.#ofRequest.get(request) ?? -1);
  }

  /** A resolution that a preconnect waited for lets it begin; anything else lets the next entry begin. */
  ended(request: RequestId, succeeded: boolean, now: Millis): void {
    const entry = this.#ofRequest.get(request);
    if (entry === undefined) return;
    this.#ofRequest.delete(request);
    if (this.#resolving.delete(request) && succeeded) return this.#due.schedule(now, { kind: 'preconnect', entry });
    const following = this.#entries[entry + 1];
    if (following?.start.kind === 'afterPrevious') this.#due.schedule(now + following.start.delayMs, { kind: 'begin', entry: entry + 1 });
  }

  #begin({ kind, entry: index }: Exclude<Due, { kind: 'cancel' }>, now: Millis): Wish {
    const entry = this.#entry(index);
    const { work, cancelAfterMs } = entry;
    const request = ++this.#lastRequest;
    this.#ofRequest.set(request, index);
    if (kind === 'preconnect') return { kind, request, entry };
    if (cancelAfterMs !== undefined) this.#due.schedule(now + cancelAfterMs, { kind: 'cancel', request });
    if (work.kind !== 'preconnect') return { kind: work.kind === 'request' ? 'load' : 'resolve', request, entry };
    if (work.resolveFirst) this.#resolving.add(request);
    return { kind: work.resolveFirst ? 'resolve' : 'preconnect', request, entry };
  }

  #entry(index: number): ScenarioRequest {
    const entry = this.#entries[index];
    if (entry === undefined) throw new Error(`the scenario has no request ${index}`);
    return entry;
  }
}
