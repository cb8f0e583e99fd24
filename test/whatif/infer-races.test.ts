/** What is read from a trace of a network, held against what the network was made to be. */
import { describe, expect, it } from 'vitest';
import { inferRaces } from '../../src/whatif/infer-races.ts';
import type { InferredRace, Path, StepOutcome } from '../../src/whatif/inferred-race.ts';
import { dualStack, traceOf, V6_DEAD, WITH_QUIC } from './simulated-trace.ts';

const only = (scenario: string, profile = 'chromium-hev3'): InferredRace => inferRaces(traceOf(scenario, profile)).races[0]!;
const pathOf = (race: InferredRace, transport: string, family: string): Path => race.paths.find((path) => path.transport === transport && path.family === family)!;
const took = (ms: number): { known: true; outcome: StepOutcome } => ({ known: true, outcome: { kind: 'took', ms } });

describe('a race whose IPv6 address is dead', () => {
  const race = only(dualStack({ rules: [V6_DEAD] }));

  it('tells what was measured', () => {
    expect(pathOf(race, 'tcp', 'ipv4')).toMatchObject({ connect: took(30), secure: took(30), lostSyns: 0 });
    expect(race.asked).toEqual([
      { name: 'a.test', type: 'HTTPS', answer: 'nodata', tries: [took(30)] },
      { name: 'a.test', type: 'AAAA', answer: 'records', tries: [took(30)] },
      { name: 'a.test', type: 'A', answer: 'records', tries: [took(30)] },
    ]);
    // DNS 30, the delay 250, TCP 30, TLS 30.
    expect(race.recorded).toEqual({ outcome: 'connected', afterMs: 340, winner: { ipEndpoint: '192.0.2.1:443', family: 'ipv4', transport: 'tcp' }, attempts: 2 });
  });

  it('does not claim to know that silence is death', () => {
    // From 30, when IPv6 is tried, to 340, when IPv4 has won.
    expect(pathOf(race, 'tcp', 'ipv6').connect).toEqual({ known: false, among: [{ kind: 'silent' }], because: 'no answer within 310 ms: slow and dead look the same, taken for dead' });
  });

  it('does not make up HTTP/3', () => {
    expect(race.paths.filter(({ transport }) => transport === 'quic')).toEqual([]);
  });
});

describe('what a race does not try', () => {
  it('is as the address of the other family', () => {
    const race = only(dualStack({ rules: ['{to: ["2001:db8::1"], transport: tcp, packets: syn, action: delay, delayMs: 12}'] }));
    expect(pathOf(race, 'tcp', 'ipv4').connect).toEqual({ known: false, among: [{ kind: 'took', ms: 42 }], because: "never tried: as the host's addresses of the other family" });
  });

  it('is as it was in another race', () => {
    const trace = traceOf(dualStack({ rules: ['{to: ["2001:db8::1"], transport: tcp, action: drop, untilMs: 5000}', '{to: [192.0.2.1], transport: tcp, packets: syn, action: delay, delayMs: 11}'], requests: ['{atMs: 0, url: "https://a.test/"}', '{atMs: 9000, url: "https://a.test/", partition: "https://p.test"}'] }), 'chromium-hev3');
    const [first, second] = inferRaces(trace).races;
    expect(pathOf(first!, 'tcp', 'ipv4').connect).toEqual(took(41));
    expect(pathOf(second!, 'tcp', 'ipv4').connect).toEqual({ known: false, among: [{ kind: 'took', ms: 41 }], because: 'never tried: as the same endpoint in other races' });
    // The dead attempt of the first race gave no answer, and the second one's did.
    expect(pathOf(first!, 'tcp', 'ipv6').connect).toMatchObject({ known: false, among: [{ kind: 'silent' }] });
    expect(pathOf(second!, 'tcp', 'ipv6').connect).toEqual(took(30));
  });
});

describe('a trace in which nothing answers but DNS', () => {
  it('leaves open whether what was not tried is as near as the DNS server, or dead', () => {
    const trace = traceOf(dualStack({ rules: [V6_DEAD] }), 'chromium-hev3');
    const [whole] = trace.races;
    const cut = { ...whole!, attempts: whole!.attempts.filter(({ family }) => family === 'ipv6') };
    const [race] = inferRaces({ ...trace, races: [cut] }).races;
    expect(pathOf(race!, 'tcp', 'ipv4').connect).toEqual({ known: false, among: [{ kind: 'took', ms: 30 }, { kind: 'silent' }, { kind: 'silent' }], because: 'never tried, and nothing in the trace to go by: dead, or as far as its DNS server' });
  });
});

describe('failures', () => {
  it.each([
    ['reset', 'refused'],
    ['unreachable', 'unreachable'],
  ] as const)('a SYN that meets %s was %s, after a round trip', (action, kind) => {
    const race = only(dualStack({ rules: [`{to: ["2001:db8::1"], transport: tcp, packets: syn, action: ${action}}`] }));
    expect(pathOf(race, 'tcp', 'ipv6').connect).toEqual({ known: true, outcome: { kind, ms: 30 } });
  });

  it('TLS that stalls until the client gives it up is a step of its own', () => {
    const race = only(dualStack({ rules: ['{to: ["2001:db8::1"], transport: tcp, packets: data, direction: fromServer, action: drop}'] }));
    expect(pathOf(race, 'tcp', 'ipv6')).toMatchObject({ connect: took(30), secure: { known: true, outcome: { kind: 'silent' } } });
  });

  it('a SYN that was lost is no slow path', () => {
    // The second SYN leaves after 1024 ms.
    const race = only(dualStack({ rules: ['{to: ["2001:db8::1"], packets: syn, transport: tcp, action: drop, times: 1}', '{to: [192.0.2.1], transport: tcp, action: drop}'] }));
    expect(pathOf(race, 'tcp', 'ipv6')).toMatchObject({ connect: took(30), lostSyns: 1 });
  });

  it('a query that was lost is followed by its retry', () => {
    const race = only(dualStack({ dns: ['{type: AAAA, action: drop, times: 1}', '{type: A, action: drop, times: 1}'] }));
    expect(race.asked.find(({ type }) => type === 'AAAA')?.tries).toEqual([{ known: true, outcome: { kind: 'silent' } }, took(30)]);
  });
});

describe('an answer that came after the browser had stopped listening', () => {
  const late = dualStack({ dns: ['{type: AAAA, delayMs: 400}'] });

  it('is not known, nor what it said', () => {
    const race = only(late);
    expect(race.addresses).toEqual(['192.0.2.1']);
    // Answers at 30, 50 ms of resolution delay, TCP and TLS 30 each.
    expect(race.asked.find(({ type }) => type === 'AAAA')).toMatchObject({ answer: 'nodata', tries: [{ known: false, because: expect.stringMatching(/^no answer within 140 ms: .*; what it said is not known, taken for nothing$/) }] });
  });

  it('said what it said at another time', () => {
    const twice = dualStack({ dns: ['{type: AAAA, delayMs: 400, times: 1}'], requests: ['{atMs: 0, url: "https://a.test/"}', '{atMs: 9000, url: "https://a.test/", partition: "https://p.test"}'] });
    const [race] = inferRaces(traceOf(twice, 'chromium-hev3')).races;
    expect(race?.addresses.toSorted()).toEqual(['192.0.2.1', '2001:db8::1']);
    expect(race?.asked.find(({ type }) => type === 'AAAA')).toMatchObject({ answer: 'records', tries: [{ known: false }] });
  });
});

describe('what the browser knew', () => {
  const visits = ['{atMs: 0, url: "https://a.test/"}', '{atMs: 5000, url: "https://a.test/"}'];

  it('is that QUIC works, once it has', () => {
    const [first, second] = inferRaces(traceOf(dualStack({ https: WITH_QUIC, requests: visits }), 'chromium-hev3')).races;
    expect(first?.knows).toEqual({ ticket: false, altSvc: false, http2: false });
    expect(second).toMatchObject({ resolving: 'cached', knows: { quicWorkedWith: 'a.test', ticket: true, altSvc: false } });
  });

  it('is Alt-Svc where QUIC is tried without a record', () => {
    const scenario = dualStack().replace('roots: [ca]', `roots: [ca], knows: {altSvc: [{origin: "a.test:443", field: 'h3=":443"'}]}`);
    expect(only(scenario).knows).toMatchObject({ altSvc: true });
  });
});

describe('races that tell nothing of a network', () => {
  it('are named with the reason', () => {
    const trace = traceOf(dualStack(), 'chromium-hev3');
    const [race] = trace.races;
    const changed = (change: object) => inferRaces({ ...trace, races: [{ ...race!, ...change }] }).unusable.map(({ because }) => because);
    expect(changed({ proxy: 'quic://proxy.test:443' })).toEqual(['proxy']);
    expect(changed({ outcome: 'pooled' })).toEqual(['pooled']);
    expect(changed({ attempts: [] })).toEqual(['no-attempt']);
    expect(changed({ destination: { scheme: 'https', host: 'a b.test', port: 443 } })).toEqual(['odd-name']);
    expect(changed({ netError: { code: -809, name: 'ERR_DNS_NAME_HTTPS_ONLY' } })).toEqual(['upgraded']);
    expect(changed({ forResolver: true })).toEqual([]);
  });

  it('a log that ends before its race gives the network, and no record to hold a replay against', () => {
    const trace = traceOf(dualStack(), 'chromium-hev3');
    const { durationMs: _duration, winner: _winner, ...unfinished } = trace.races[0]!;
    const [race] = inferRaces({ ...trace, races: [{ ...unfinished, outcome: 'unfinished' }] }).races;
    expect(race?.recorded).toBeUndefined();
    expect(pathOf(race!, 'tcp', 'ipv6').connect).toEqual(took(30));
  });
});
