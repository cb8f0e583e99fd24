/** A race with the options of a profile, in the notation of `race-driver.ts`. */
import type { AddressHistory } from '../../../src/engine/addresses/address-history.ts';
import { type Surroundings, clientOptions } from '../../../src/engine/profiles/options-of.ts';
import { withOverrides } from '../../../src/engine/profiles/overrides.ts';
import type { Parameters } from '../../../src/engine/profiles/parameters.ts';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import { ORIGIN, type Step, a, aaaa, createServiceLookup, https, run } from '../race/race-driver.ts';

export const DUAL_STACK: Surroundings = {
  ipv4: true,
  ipv6: true,
  sources: [
    { address: '2001:db8::ffff', prefixLength: 64 },
    { address: '192.0.2.254', prefixLength: 24 },
  ],
  dnsTransports: ['udp'],
};

export interface Variant {
  readonly overrides?: Readonly<Record<string, number | boolean | string>>;
  readonly surroundings?: Partial<Surroundings>;
  readonly history?: AddressHistory;
  readonly until?: number;
}

export function profile(name: string): Parameters {
  const parameters = PROFILES[name];
  if (parameters === undefined) throw new Error(`no profile ${name}`);
  return parameters;
}

/** One line for each attempt, cancellation and end. */
export function race(name: string, steps: readonly Step[], { overrides = {}, surroundings = {}, history, until }: Variant = {}): string[] {
  const { lookup, raceFor } = clientOptions(withOverrides(profile(name), overrides), { ...DUAL_STACK, ...surroundings });
  const options = raceFor({ scheme: 'https', tcpHeldBack: undefined, transports: 'any', isBeside: false, ...(history !== undefined && { history }) });
  return run(createServiceLookup({ scheme: 'https', host: ORIGIN, port: 443 }, lookup, () => 0.999), options, steps, until);
}

/** Every answer at 0, HTTPS without records: `found('6a 6b', '4a')`. */
export const found = (v6: string, v4: string): readonly Step[] => [
  [0, https([])],
  [0, aaaa(v6)],
  [0, a(v4)],
];
