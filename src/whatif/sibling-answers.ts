/** What DNS answers said and how long they took anywhere in a trace: what queries whose answer it does not show are judged by. */
import type { Resolution } from '../model/resolution.ts';
import type { Millis } from '../units.ts';
import { ThinnedSample } from './thinned-sample.ts';

export class SiblingAnswers {
  readonly #samples = new Map<string, ThinnedSample<Millis>>();

  readonly #addresses = new Map<string, ThinnedSample<string>>();

  constructor(resolutions: readonly Resolution[]) {
    for (const { host, addresses, transactions } of resolutions) {
      for (const address of addresses) this.#addAddress(host ?? '', address);
      for (const { name, type, attempts } of transactions) {
        for (const { startMs, endMs, timedOut } of attempts) {
          if (endMs === undefined || timedOut === true) continue;
          for (const key of [`${type} ${name}`, type, '']) this.#add(key, endMs - startMs);
        }
      }
    }
  }

  /** Of the same question, else of the same type, else of all; empty: no query of the trace was answered. */
  of(name: string, type: string): readonly Millis[] {
    return [`${type} ${name}`, type, ''].map((key) => this.#samples.get(key)?.values ?? []).find((values) => values.length > 0) ?? [];
  }

  /** The nearest that a server is known to be; `undefined`: no query of the trace was answered. */
  get quickest(): Millis | undefined {
    return this.of('', '').toSorted((a, b) => a - b)[0];
  }

  /** Those that the name has had anywhere in the trace. */
  addressesOf(host: string): readonly string[] {
    return [...new Set(this.#addresses.get(host)?.values)];
  }

  #addAddress(host: string, address: string): void {
    const sample = this.#addresses.get(host) ?? new ThinnedSample<string>();
    this.#addresses.set(host, sample);
    sample.add(address);
  }

  #add(key: string, ms: Millis): void {
    const sample = this.#samples.get(key) ?? new ThinnedSample<Millis>();
    this.#samples.set(key, sample);
    sample.add(ms);
  }
}
