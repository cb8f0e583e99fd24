/** A race with the values that the draft recommends, for cases to run and to vary. */
import type { AttemptDelayOptions } from '../../../src/engine/race/attempt-delay.ts';
import type { RaceOptions } from '../../../src/engine/race/race-options.ts';
import type { LookupOptions, Origin } from '../../../src/engine/svcb/lookup-options.ts';
import type { ServiceLookup } from '../../../src/engine/svcb/service-lookup.ts';
import { defaults } from '../svcb/lookups.ts';
import { ORIGIN, type Step, createServiceLookup, run } from './race-driver.ts';

export const LOOKUP = defaults;

export const DELAY: AttemptDelayOptions = { base: 250, minimum: 100, maximum: 2000, factorWithinFamily: 1, multiplier: 1, multiplierCounts: 'in-flight', onNewAnswer: 'keep-timer' };

/** The draft as it stands, with addresses sorted as the answers have them, IPv6 first. */
export const DRAFT: RaceOptions = {
  gate: { waitsFor: ['preferred-family', 'service'], resolutionDelay: 50, delayStartsAt: 'first-addresses', hints: 'as-answers' },
  preferredFamily: 'ipv6',
  candidates: { familyCount: 1, protocolOrder: 'by-round', groups: 'one', sort: (addresses) => addresses },
  lanes: [
    {
      transport: 'any',
      family: 'any',
      order: 'as-listed',
      attemptDelay: DELAY,
      slowAttempt: 'raced',
      afterFailure: 'at-floor',
      onTransportConnected: 'extend-timer',
    },
  ],
  heldForService: 'nothing',
  givesUpWithoutAddresses: 'when-all-negative',
  recordsFirst: 'by-priority',
  fatalFailure: 'ends-race',
  afterWin: { tcp: 'cancelled', quicUntilAge: 0 },
};

/** The draft's lane, with another attempt delay. */
export const withDelay = (changed: Partial<AttemptDelayOptions>): RaceOptions['lanes'] => [{ ...DRAFT.lanes[0], attemptDelay: { ...DELAY, ...changed } }];

export const PREFER_IPV4: RaceOptions = { ...DRAFT, preferredFamily: 'ipv4', candidates: { ...DRAFT.candidates, sort: (list) => list.toSorted((x, y) => Number(x.includes(':')) - Number(y.includes(':'))) } };

/** What a case changes of the draft's options. */
export interface Variant {
  readonly race?: Partial<RaceOptions>;
  readonly lookup?: Partial<LookupOptions>;
  readonly origin?: Partial<Origin>;
  readonly until?: number;
}

const origin: Origin = { scheme: 'https', host: ORIGIN, port: 443 };
export const lookup = (variant: Variant): ServiceLookup => createServiceLookup({ ...origin, ...variant.origin }, { ...LOOKUP, ...variant.lookup }, () => 0.999);
export const race = (steps: readonly Step[], variant: Variant = {}): string[] => run(lookup(variant), { ...DRAFT, ...variant.race }, steps, variant.until);
