/** A race with the values that the draft recommends, for cases to run and to vary. */
import type { RaceOptions } from '../../../src/engine/race/race.ts';
import type { LookupOptions, Origin } from '../../../src/engine/svcb/lookup-options.ts';
import type { ServiceLookup } from '../../../src/engine/svcb/service-lookup.ts';
import { defaults } from '../svcb/lookups.ts';
import { ORIGIN, type Step, createServiceLookup, run } from './race-driver.ts';

export const LOOKUP = defaults;

/** The draft as it stands, with addresses sorted as the answers have them, IPv6 first. */
export const DRAFT: RaceOptions = {
  gate: { waitsFor: ['preferred-family', 'service'], resolutionDelay: 50, delayStartsAt: 'first-addresses' },
  preferredFamily: 'ipv6',
  candidates: { familyCount: 1, protocolOrder: 'by-round', sort: (addresses) => addresses },
  lanes: [
    {
      transport: 'any',
      family: 'any',
      order: 'as-listed',
      attemptDelay: { base: 250, minimum: 100, maximum: 2000, multiplier: 1 },
      slowAttempt: 'raced',
      onTransportConnected: 'extend-timer',
    },
  ],
  heldForService: 'nothing',
  givesUpWithoutAddresses: 'when-all-negative',
  afterWin: { tcp: 'cancelled', quicUntilAge: 0 },
};

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
