/** What the network that a client finds itself in makes of a profile's parameters. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressHistory } from '../../../src/engine/addresses/address-history.ts';
import type { ClientOptions } from '../../../src/engine/client/client-options.ts';
import { type Surroundings, clientOptions } from '../../../src/engine/profiles/options-of.ts';
import { withOverrides } from '../../../src/engine/profiles/overrides.ts';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import { a, aaaa, address, https, record } from '../race/race-driver.ts';
import { DUAL_STACK, found, profile, race } from './profile-race.ts';

const ECH = 'AEj+DQBE';
const PREF64 = '64:ff9b::/96';
const IPV6_ONLY = { ipv4: false, sources: [{ address: '2001:db8::ffff', prefixLength: 64 }] } as const;

function optionsOf(name: string, surroundings: Partial<Surroundings>, overrides: Parameters<typeof withOverrides>[1] = {}): ClientOptions {
  return clientOptions(withOverrides(profile(name), overrides), { ...DUAL_STACK, ...surroundings });
}

describe('protected DNS', () => {
  it.each([
    ['is one where every server speaks HTTPS', ['https', 'https'], true],
    ['is not one with a server that does not', ['https', 'udp'], false],
    ['is not plain DNS over TCP', ['tcp'], false],
    ['is not getaddrinfo', [], false],
  ] as const)('%s', (_, dnsTransports, expected) => {
    expect(optionsOf('draft-v3', { dnsTransports }).lookup.protectedDns).toBe(expected);
  });

  it('is not known to a client that leaves it to getaddrinfo', () => {
    expect(optionsOf('draft-v3', { dnsTransports: ['https'] }, { builtInResolver: false }).lookup.protectedDns).toBe(false);
  });

  it('leaves nothing to the system, where a name would leak (Chromium in secure mode)', () => {
    expect(optionsOf('chromium-hev3', { dnsTransports: ['https'] }).resolver.tasks).toEqual(['dns']);
    expect(optionsOf('chromium-hev3', { dnsTransports: ['https', 'udp'] }).resolver.tasks).toEqual(['dns', 'system']);
  });

  it('ends a connection whose HTTPS query failed (HE-72, SB-13)', () => {
    const failed = [[0, aaaa('6a')], [20, https()]] as const;
    expect(race('draft-v3', failed, { surroundings: { dnsTransports: ['https'] } })).toEqual(['20 lost service-records-unavailable']);
    expect(race('draft-v3', failed)).toEqual(['20 6a/h2']);
  });

  it('holds secure handshakes of a client with ECH back for the records (HE-74)', () => {
    const late = [[0, aaaa('6a')], [200, https([record('h2', { ech: ECH })])]] as const;
    const secure = { surroundings: { dnsTransports: ['https'] }, until: 240 } as const;
    expect(race('draft-v3', late, secure)).toEqual(['50 6a/h2 held', '200 crypto 6a/h2+ech']);
    expect(race('draft-v3', late, { ...secure, overrides: { ech: false } })).toEqual(['50 6a/h2']);
    expect(race('draft-v3', late, { until: 190 })).toEqual(['50 6a/h2']);
  });

  it('is no reason to give up for Chromium, which goes on without the records', () => {
    expect(race('chromium-hev3', [[0, aaaa('6a')], [20, https()]], { surroundings: { dnsTransports: ['https'] }, until: 100 })).toEqual(['0 6a/h2 held', '20 crypto 6a/h2']);
  });
});

describe('DNS queries that nobody waits for', () => {
  it.each([
    ['draft-v3', 1000], ['rfc8305', 1000], ['firefox-hev3', 1000], ['apple', 1000],
    ['chromium-hev3', 0], ['chromium-hev2', 0], ['chromium-legacy', 0], ['go', 0],
  ])('of %s go on for %i ms (HE-53)', (name, expected) => {
    expect(optionsOf(name, {}).resolver.drain).toBe(expected);
  });
});

describe('stale answers', () => {
  it('are given out by no profile unless asked for (HE-25)', () => {
    expect(optionsOf('draft-v3', {}).resolver.cache.stale).toBe('unused');
    expect(optionsOf('chromium-hev3', {}, { staleAnswers: 'served' }).resolver.cache.stale).toBe('served');
  });
});

describe('names whose TTL has ended without success', () => {
  const asksAgainAfter = (overrides: Parameters<typeof withOverrides>[1]) => optionsOf('draft-v3', {}, overrides).raceFor({ scheme: 'https', tcpHeldBack: undefined, transports: 'any', isBeside: false }).asksAgainAfter;

  it('are asked again only if a profile says so (HE-24)', () => {
    expect(asksAgainAfter({})).toBeUndefined();
    expect(asksAgainAfter({ asksAgainAfterMs: 0 })).toBeUndefined();
    expect(asksAgainAfter({ asksAgainAfterMs: 1000 })).toBe(1000);
  });
});

describe('a NAT64 prefix', () => {
  it('makes the draft’s client ask A without IPv4 (HE-06, HE-77, D-29)', () => {
    expect(optionsOf('draft-v3', { ...IPV6_ONLY, nat64Prefix: PREF64 }).lookup.addressTypes).toEqual(['AAAA', 'A']);
    expect(optionsOf('draft-v3', IPV6_ONLY).lookup.addressTypes).toEqual(['AAAA']);
  });

  it('does not in the published versions, nor in Firefox', () => {
    expect(optionsOf('draft-v3', { ...IPV6_ONLY, nat64Prefix: PREF64 }, { draft: 'ietf-04' }).lookup.addressTypes).toEqual(['AAAA']);
    expect(optionsOf('firefox-hev3', { ...IPV6_ONLY, nat64Prefix: PREF64 }).lookup.addressTypes).toEqual(['AAAA']);
  });

  it('that is none changes nothing', () => {
    expect(optionsOf('draft-v3', { ...IPV6_ONLY, nat64Prefix: '64:ff9b::/97' }).lookup.addressTypes).toEqual(['AAAA']);
  });

  it('brings IPv4 addresses into the race through the translator (HE-80, D-31)', () => {
    const { raceFor } = optionsOf('draft-v3', { ...IPV6_ONLY, nat64Prefix: PREF64 });
    expect(raceFor({ scheme: 'https', tcpHeldBack: undefined, transports: 'any', isBeside: false }).candidates.nat64).toMatchObject({ hasIpv4Route: false, prefix: { isWellKnown: true } });
  });
});

describe('a single stack', () => {
  it('prefers its family, whatever the profile does (HE-16)', () => {
    expect(race('draft-v3', [[0, https([])], [0, a('4a')]], { surroundings: { ipv6: false, sources: [{ address: '192.0.2.254', prefixLength: 24 }] }, until: 100 })).toEqual(['0 4a/h2']);
    expect(race('draft-v3', found('6a', ''), { overrides: { preferredFamily: 'ipv4' }, surroundings: IPV6_ONLY, until: 100 })).toEqual(['0 6a/h2']);
  });
});

describe('the order of addresses', () => {
  const someAddress = fc.constantFrom('6a', '6b', '6c', '4a', '4b', '4c').map(address);

  it('loses none, adds none, and is the same when sorted again, whatever the profile and its past', () => {
    const past = fc.array(fc.tuple(someAddress, fc.integer({ min: 1, max: 300 })), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(PROFILES)), fc.uniqueArray(someAddress), past, (name, addresses, connections) => {
        const history = new AddressHistory();
        for (const [ip, roundTrip] of connections) history.connected(ip, roundTrip);
        const { sort } = optionsOf(name, {}).raceFor({ scheme: 'https', tcpHeldBack: undefined, transports: 'any', isBeside: false, history }).candidates;
        const sorted = sort(addresses);
        expect(new Set(sorted)).toEqual(new Set(addresses));
        expect(sorted).toHaveLength(addresses.length);
        expect(sort(sorted)).toEqual(sorted);
      }),
    );
  });
});
