/**
 * What a client remembers of QUIC: whether it ever worked on this network, where it is broken and until when, and
 * which origins advertised it (RFC 7838).
 */
import type { Millis } from '../../units.ts';
import type { AlternativeService } from '../svcb/lookup-options.ts';
import { type Destination, destinationKey } from './destination.ts';

export interface QuicMemoryOptions {
  /** First time that an origin counts as broken; doubles with each further failure. */
  readonly brokenFor: Millis;
  readonly brokenForAtMost: Millis;
}

interface Breakage {
  readonly until: Millis;
  readonly times: number;
}

export class QuicMemory {
  readonly #options: QuicMemoryOptions;
  readonly #broken = new Map<string, Breakage>();
  readonly #alternatives = new Map<string, readonly AlternativeService[]>();
  readonly #resumable = new Set<string>();
  #worked = false;

  constructor(options: QuicMemoryOptions) {
    this.#options = options;
  }

  /** Some QUIC connection has worked on this network. */
  get worked(): boolean {
    return this.#worked;
  }

  confirm(destination: Destination): void {
    this.#worked = true;
    this.#broken.delete(destinationKey(destination));
    this.#resumable.add(destinationKey(destination));
  }

  /** A session ticket of an earlier connection allows early data (RFC 9001 §4.6). */
  isResumable(destination: Destination): boolean {
    return this.#resumable.has(destinationKey(destination));
  }

  /** A session broke: its ticket is of no use, and QUIC is unproven again. */
  doubt(destination: Destination): void {
    this.#worked = false;
    this.#resumable.delete(destinationKey(destination));
  }

  /** Whether QUIC works, and where not, was true of the old network; tickets and advertisements stay good. */
  networkChanged(): void {
    this.#worked = false;
    this.#broken.clear();
  }

  /** Returns until when. */
  markBroken(destination: Destination, now: Millis): Millis {
    const key = destinationKey(destination);
    const times = (this.#broken.get(key)?.times ?? 0) + 1;
    const { brokenFor, brokenForAtMost } = this.#options;
    const until = now + Math.min(brokenForAtMost, brokenFor * 2 ** (times - 1));
    this.#broken.set(key, { until, times });
    return until;
  }

  isBroken(destination: Destination, now: Millis): boolean {
    return now < (this.#broken.get(destinationKey(destination))?.until ?? -Infinity);
  }

  learnAlternatives(destination: Destination, alternatives: readonly AlternativeService[]): void {
    this.#alternatives.set(destinationKey(destination), alternatives);
  }

  alternativesOf(destination: Destination): readonly AlternativeService[] {
    return this.#alternatives.get(destinationKey(destination)) ?? [];
  }
}
