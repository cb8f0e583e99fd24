/**
 * Random scenarios: up to three hosts that share a few addresses, each with its own fate, and requests to them.
 *
 * Times have fractions, so that what happens within one millisecond of the log is not all at one instant.
 */
import fc from 'fast-check';
import { PROFILES } from '../../src/engine/profiles/profiles.ts';
import type { Parameters } from '../../src/engine/profiles/parameters.ts';
import { type Scenario, scenarioSchema } from '../../src/simulator/scenario/scenario.ts';

export interface Case {
  readonly profile: string;
  readonly scenario: Scenario;
}

const HOSTS = ['a.test', 'b.test', 'c.test'] as const;
const ADDRESSES = ['10.0.0.1', '10.0.0.2', '10.0.0.3', '2001:db8::1', '2001:db8::2', '2001:db8::3'] as const;

const upTo = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: max * 4 }).map((quarters) => quarters / 4);

/** With this probability, else `undefined`. */
function sometimes<T>(probability: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: Math.round(60 * (1 - probability)), arbitrary: fc.constant(undefined) }, { weight: Math.round(60 * probability), arbitrary });
}

/** `undefined`: answered at once. */
const dnsFate = sometimes(
  1 / 3,
  fc.oneof(
    fc.record({ action: fc.constant('answer'), delayMs: upTo(600) }),
    fc.record({ action: fc.constantFrom('servfail', 'nodata', 'nxdomain', 'truncate'), delayMs: upTo(100) }),
    fc.record({ action: fc.constant('drop'), times: sometimes(1 / 2, fc.constant(1)) }),
  ),
);

const host = fc.record({
  addresses: fc.oneof({ weight: 9, arbitrary: fc.subarray<string>([...ADDRESSES], { minLength: 1, maxLength: 4 }) }, { weight: 1, arbitrary: fc.constant<string[]>([]) }),
  https: fc.constantFrom('', '', '1 . alpn=h3,h2', '1 . alpn=h3,h2', '1 . alpn=h3,h2', '1 . alpn=h2', '1 . alpn=h3 ipv4hint=10.0.0.3 ipv6hint=2001:db8::3', '1 other.test. alpn=h2,h3', '0 other.test.', '1 . alpn=h2 ech=AEX+DQBB'),
  fates: fc.record({ A: dnsFate, AAAA: dnsFate, HTTPS: dnsFate }),
});

/** What becomes of packets to one address; `refuses`: nothing listens there. */
const addressFate = fc.record({
  kind: fc.constantFrom('answers', 'answers', 'answers', 'answers', 'answers', 'answers', 'refuses', 'drops', 'drops-udp', 'slow', 'unreachable', 'dies', 'resets'),
  delayMs: upTo(500),
  h3: fc.boolean(),
  tcp: fc.constantFrom(['h2', 'http/1.1'], ['h2', 'http/1.1'], ['http/1.1']),
  altSvc: fc.boolean(),
  names: fc.constantFrom(['*.test'], ['*.test'], ['*.test'], ['*.test'], ['a.test'], ['b.test', 'c.test']),
  idleTimeoutMs: sometimes(1 / 3, fc.integer({ min: 100, max: 5000 })),
});

const request = fc
  .record({
    url: fc.tuple(fc.constantFrom('https', 'https', 'https', 'http'), fc.constantFrom(...HOSTS, ...HOSTS, ...HOSTS, '10.0.0.1', '[2001:db8::1]')).map(([scheme, name]) => `${scheme}://${name}/`),
    at: fc.oneof(upTo(400), upTo(6000), fc.constant(undefined)),
    purpose: fc.constantFrom({}, {}, {}, { preconnect: 1 }, { preconnect: 2, resolveFirst: true }, { resolveFirst: true }),
    cancelAfterMs: sometimes(1 / 6, upTo(500)),
  });

/** No handshake within one millisecond: QUIC's start is logged to the microsecond, and its end would seem to precede it. */
const link = fc.record({ rttMs: upTo(150).map((ms) => ms + 1), jitterMs: fc.constantFrom(0, 0, 7.3), lossRate: fc.constantFrom(0, 0, 0, 0.05) });

const parts = fc.record({
  hosts: fc.tuple(host, host, host),
  fates: fc.tuple(...ADDRESSES.map(() => addressFate)),
  requests: fc.array(request, { minLength: 1, maxLength: 5 }),
  link,
  client: fc.constantFrom({}, {}, {}, { ipv6: false }, { ipv4: false }),
  resolvers: fc.constantFrom(['udp'], ['udp', 'udp'], ['https'], ['tcp']),
  networkChangeMs: sometimes(1 / 10, upTo(1500)),
  seed: fc.nat(1000),
});
type Parts = typeof parts extends fc.Arbitrary<infer T> ? T : never;

/** Long enough for every time-out, unless cut off. */
export const LONG = 100_000_000;

export interface CaseOptions {
  /** Some simulations end in the middle of things. */
  readonly cutOff: boolean;
  readonly profiles: readonly string[];
}

export function cases({ cutOff, profiles }: CaseOptions): fc.Arbitrary<Case> {
  const durationMs = cutOff ? fc.oneof({ weight: 3, arbitrary: fc.constant(LONG) }, { weight: 1, arbitrary: fc.integer({ min: 20, max: 1000 }) }) : fc.constant(LONG);
  return fc.record({ profile: fc.constantFrom(...profiles), scenario: fc.tuple(parts, durationMs).map(([given, duration]) => scenarioSchema.parse(scenarioOf(given, duration))) });
}

export function parametersOf({ profile }: Case): Parameters {
  const parameters = PROFILES[profile];
  if (parameters === undefined) throw new Error(`no profile ${profile}`);
  return parameters;
}

function scenarioOf({ hosts, fates, requests, link: path, client, resolvers, networkChangeMs, seed }: Parts, durationMs: number): unknown {
  const zone = hosts.flatMap(({ addresses, https }, i) => [
    ...addresses.map((address) => `${HOSTS[i]}. 60 IN ${address.includes(':') ? 'AAAA' : 'A'} ${address}`),
    ...(https === '' ? [] : [`${HOSTS[i]}. 60 IN HTTPS ${https}`]),
  ]);
  const rules = hosts.flatMap((each, i) => (['A', 'AAAA', 'HTTPS'] as const).flatMap((type) => (each.fates[type] === undefined ? [] : [{ name: HOSTS[i], type, ...defined(each.fates[type]) }])));
  return {
    version: 1,
    seed,
    durationMs,
    client: { ...client, sources: ['10.0.0.200', '2001:db8::200'] },
    link: path,
    dns: {
      servers: resolvers.map((transport, i) => ({ address: `10.9.0.${i + 1}`, transport })),
      zone: [...zone, 'other.test. 60 IN A 10.0.0.2', 'other.test. 60 IN AAAA 2001:db8::2'].join('\n'),
      rules,
    },
    network: {
      rules: fates.flatMap(({ kind, delayMs }, i) => packetRules(kind, ADDRESSES[i] ?? '', delayMs)),
      events: networkChangeMs === undefined ? [] : [{ atMs: networkChangeMs, kind: 'addressAdded', address: '2001:db8::201' }],
    },
    servers: fates.flatMap(({ kind, h3, tcp, altSvc, names, idleTimeoutMs }, i) => {
      const address = { addresses: [ADDRESSES[i]] };
      if (kind === 'refuses') return [];
      const secure = { ...address, port: 443, names, issuer: 'ca', ...(idleTimeoutMs !== undefined && { idleTimeoutMs }) };
      return [{ ...address, port: 80, protocols: ['http/1.1'] }, { ...secure, protocols: tcp, ...(altSvc && { altSvc: 'h3=":443"' }) }, ...(h3 ? [{ ...secure, protocols: ['h3'] }] : [])];
    }),
    requests: requests.map(({ url, at, purpose, cancelAfterMs }, i) => ({
      url,
      ...purpose,
      ...(cancelAfterMs !== undefined && { cancelAfterMs }),
      ...(i === 0 ? { atMs: (at ?? 0) % 20 } : at === undefined ? { afterPrevious: true, delayMs: 3.5 } : { atMs: at }),
    })),
  };
}

function packetRules(kind: string, address: string, delayMs: number): readonly unknown[] {
  const to = [address];
  switch (kind) {
    case 'drops':
      return [{ to, action: 'drop' }];
    case 'drops-udp':
      return [{ to, transport: 'udp', action: 'drop' }];
    case 'slow':
      return [{ to, action: 'delay', delayMs, direction: 'fromServer' }];
    // Whatever runs then: handshakes, requests, or nothing.
    case 'dies':
      return [{ to, action: 'drop', fromMs: delayMs }];
    case 'resets':
      return [{ to, transport: 'tcp', action: 'reset', fromMs: delayMs }];
    case 'unreachable':
      return [{ to, action: 'unreachable' }];
    default:
      return [];
  }
}

function defined(fate: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fate).filter(([, value]) => value !== undefined));
}
