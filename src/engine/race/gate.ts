/**
 * The gate between resolution and connection attempts: HEv3 §4.2, with what other clients do as parameters.
 *
 * It opens once and stays open; what arrives later changes the candidates, not the gate.
 */
import type { Family } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { AddressState } from '../svcb/service.ts';

/** What may have to be settled, that is answered with records, without, or not asked at all. */
export type Awaited = 'preferred-family' | 'other-family' | 'service';

export interface GateOptions {
  /** What must be settled for the gate to open before its time (HE-11). */
  readonly waitsFor: readonly Awaited[];
  /** Resolution delay, 50 ms recommended (HE-13); absent: nothing but answers opens the gate. */
  readonly resolutionDelay?: Millis;
  /** The answer that starts the resolution delay (DEC-1). */
  readonly delayStartsAt: 'first-addresses' | 'first-answer' | 'first-ipv4-addresses';
  /**
   * What hints are to the gate (DEC-2, DEC-3): as good as answers, so that one of the preferred family opens it and
   * one of the other starts the delay; or they start the delay, and settle no family; or they do neither, and serve
   * beside addresses from answers alone.
   */
  readonly hints: 'as-answers' | 'start-delay' | 'beside-answers';
}

/** How addresses of a family are known at best, over all services; an IP literal is as good as an answer. */
export type Known = 'no' | 'by-hint' | 'by-answer';

/** What the gate looks at, as of now. */
export interface GateView {
  readonly preferred: Family;
  /** The most preferred service that may give endpoints: it comes before all others (HE-55). */
  readonly best: Readonly<Record<Family, AddressState>> | undefined;
  readonly serviceSettled: boolean;
  /** Some answer is there, be it negative. */
  readonly anyAnswer: boolean;
  readonly ipv4: Known;
  readonly ipv6: Known;
  /** A service is connected to by name: it needs no addresses, and is no answer that a delay counts from (SB-29). */
  readonly byName: boolean;
}

export type GateState = { readonly state: 'closed'; readonly opensAt?: Millis } | { readonly state: 'open'; readonly rule: 'HE-11' | 'HE-12' };

const CLOSED: GateState = { state: 'closed' };

/** Times given to `look` must not decrease. */
export class Gate {
  readonly #options: GateOptions;
  #delayStart: Millis | undefined;
  #state: GateState = CLOSED;

  constructor(options: GateOptions) {
    this.#options = options;
  }

  get state(): GateState {
    return this.#state;
  }

  look(view: GateView, now: Millis): GateState {
    if (this.#state.state === 'closed') this.#state = this.#next(view, now);
    return this.#state;
  }

  #next(view: GateView, now: Millis): GateState {
    if (this.#startsDelay(view)) this.#delayStart ??= now;
    const { resolutionDelay, waitsFor } = this.#options;
    const opensAt = resolutionDelay === undefined || this.#delayStart === undefined ? undefined : this.#delayStart + resolutionDelay;
    const addresses = this.#counts(view.ipv4) || this.#counts(view.ipv6);
    if ((addresses || view.byName) && waitsFor.every((awaited) => this.#isSettled(awaited, view))) return { state: 'open', rule: 'HE-11' };
    if (addresses && opensAt !== undefined && opensAt <= now) return { state: 'open', rule: 'HE-12' };
    // A delay that ran out before there were addresses opens the gate with the first of them: no timer is needed.
    return opensAt === undefined || opensAt <= now ? CLOSED : { state: 'closed', opensAt };
  }

  #isSettled(awaited: Awaited, { preferred, best, serviceSettled }: GateView): boolean {
    if (awaited === 'service') return serviceSettled;
    const isIpv6 = (preferred === 'ipv6') === (awaited === 'preferred-family');
    const family = best?.[isIpv6 ? 'ipv6' : 'ipv4'];
    if (family?.state === 'positive' && family.from === 'hint') return this.#options.hints === 'as-answers';
    return family?.state !== 'pending';
  }

  #counts(known: Known): boolean {
    return known === 'by-answer' || (known === 'by-hint' && this.#options.hints !== 'beside-answers');
  }

  #startsDelay({ ipv4, ipv6, anyAnswer }: GateView): boolean {
    switch (this.#options.delayStartsAt) {
      case 'first-addresses':
        return this.#counts(ipv4) || this.#counts(ipv6);
      case 'first-ipv4-addresses':
        return this.#counts(ipv4);
      case 'first-answer':
        return anyAnswer;
    }
  }
}
