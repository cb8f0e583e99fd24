/**
 * The gate between resolution and connection attempts: HEv3 §4.2, with what other clients do as parameters.
 *
 * It opens once and stays open; what arrives later changes the candidates, not the gate.
 */
import type { Millis } from '../../units.ts';

/** What may have to be settled, that is answered with records, without, or not asked at all. */
export type Awaited = 'preferred-family' | 'other-family' | 'service';

export interface GateOptions {
  /** What must be settled for the gate to open before its time (HE-11). */
  readonly waitsFor: readonly Awaited[];
  /** Resolution delay, 50 ms recommended (HE-13); absent: nothing but answers opens the gate. */
  readonly resolutionDelay?: Millis;
  /** The answer that starts the resolution delay (DEC-1). */
  readonly delayStartsAt: 'first-addresses' | 'first-answer' | 'first-ipv4-addresses';
}

/** What the gate looks at, as of now. */
export interface GateView {
  readonly settled: Readonly<Record<Awaited, boolean>>;
  /** Some answer is there, be it negative. */
  readonly anyAnswer: boolean;
  /** Addresses are known, from answers or hints (HE-14, HE-19). */
  readonly ipv4: boolean;
  readonly ipv6: boolean;
}

export type GateState = { readonly state: 'closed'; readonly opensAt?: Millis } | { readonly state: 'open'; readonly rule: 'HE-11' | 'HE-12' };

/** Times given to `look` must not decrease. */
export class Gate {
  readonly #options: GateOptions;
  #delayStart: Millis | undefined;
  #state: GateState = { state: 'closed' };

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** When the resolution delay began; `undefined` while no answer has started it. */
  get delayStart(): Millis | undefined {
    return this.#delayStart;
  }

  look(view: GateView, now: Millis): GateState {
    if (this.#state.state === 'closed') this.#state = this.#next(view, now);
    return this.#state;
  }

  #next(view: GateView, now: Millis): GateState {
    if (this.#startsDelay(view)) this.#delayStart ??= now;
    const { resolutionDelay, waitsFor } = this.#options;
    const opensAt = resolutionDelay === undefined || this.#delayStart === undefined ? undefined : this.#delayStart + resolutionDelay;
    const addresses = view.ipv4 || view.ipv6;
    if (addresses && waitsFor.every((awaited) => view.settled[awaited])) return { state: 'open', rule: 'HE-11' };
    if (addresses && opensAt !== undefined && opensAt <= now) return { state: 'open', rule: 'HE-12' };
    // A delay that ran out before there were addresses opens the gate with the first of them: no timer is needed.
    return opensAt === undefined || opensAt <= now ? { state: 'closed' } : { state: 'closed', opensAt };
  }

  #startsDelay(view: GateView): boolean {
    switch (this.#options.delayStartsAt) {
      case 'first-addresses':
        return view.ipv4 || view.ipv6;
      case 'first-ipv4-addresses':
        return view.ipv4;
      case 'first-answer':
        return view.anyAnswer;
    }
  }
}
