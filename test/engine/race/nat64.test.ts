/** Candidates in a network with NAT64: HEv3 §8, D vectors of the draft's rules. */
import { describe, expect, it } from 'vitest';
import { parseNat64Prefix } from '../../../src/engine/addresses/nat64.ts';
import { DRAFT, type Variant, race } from './draft-race.ts';
import { ORIGIN, type Step, a, aaaa, answer, https, record } from './race-driver.ts';

const prefix = parseNat64Prefix('64:ff9b::/96')!;
const nat64 = (hasIpv4Route: boolean, variant: Variant = {}): Variant => ({ ...variant, race: { candidates: { ...DRAFT.candidates, nat64: { prefix, hasIpv4Route } } } });
/** 192.0.2.1 and 198.51.100.7 behind the well-known prefix (RFC 6052 §2.4). */
const SYNTHESISED_4A = '64:ff9b::c000:201';
const SYNTHESISED_LITERAL = '64:ff9b::c633:6407';

const literalAaaa = (...addresses: string[]): Step[1] => answer({ name: ORIGIN, type: 'AAAA' }, { kind: 'answer', owner: ORIGIN, addresses, records: [], ttl: 60_000 });

describe('with a NAT64 prefix', () => {
  it.each<[string, readonly Step[], string[], Variant]>([
    ['D-30, HE-78, HE-79: a synthesised AAAA and the A it was made of are one IPv4 endpoint', [[0, https()], [0, a('4a')], [0, literalAaaa(SYNTHESISED_4A)]], ['0 4a/h2'], nat64(true)],
    ['D-30, HE-80: which is synthesised for connecting where IPv4 has no route', [[0, https()], [0, a('4a')], [0, literalAaaa(SYNTHESISED_4A)]], [`0 ${SYNTHESISED_4A}/h2`], nat64(false)],
    ['HE-78: a synthesised AAAA takes the turn of IPv4', [[0, https()], [0, a('')], [0, literalAaaa('2001:db8::1', '2001:db8::2', SYNTHESISED_4A)]], ['0 6a/h2', '250 4a/h2', '500 6b/h2'], nat64(true)],
    ['D-31, HE-80: IPv6 first, then the synthesised IPv4', [[0, https()], [0, aaaa('6a')], [0, a('4a')]], ['0 6a/h2', `250 ${SYNTHESISED_4A}/h2`], nat64(false)],
    ['HE-80: also of a hint', [[0, aaaa('')], [0, a('')], [0, https([record('h2', { hints: '4a' })])]], [`0 ${SYNTHESISED_4A}/h2`], nat64(false)],
    ['D-32, HE-80: an IPv4 literal is synthesised', [], [`0 ${SYNTHESISED_LITERAL}/h2`], nat64(false, { origin: { host: '198.51.100.7' } })],
    ['D-32, HE-81: but not one of the host itself', [], ['0 127.0.0.1/h2'], nat64(false, { origin: { host: '127.0.0.1' } })],
    ['D-32, HE-81: nor one of the link', [], ['0 169.254.1.1/h2'], nat64(false, { origin: { host: '169.254.1.1' } })],
    ['D-33, HE-82: nor a private one behind the well-known prefix', [], ['0 10.0.0.1/h2'], nat64(false, { origin: { host: '10.0.0.1' } })],
    ['DEC-15: where IPv4 has a route, a literal is what it is', [], ['0 198.51.100.7/h2'], nat64(true, { origin: { host: '198.51.100.7' } })],
    ['HE-80: without a prefix nothing is synthesised', [[0, https()], [0, aaaa('6a')], [0, a('4a')]], ['0 6a/h2', '250 4a/h2'], {}],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });
});
