import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../../src/simulator/scenario/read-scenario.ts';
import { createDnsRules, createNetworkRules, type DnsQuery, type Packet } from '../../../src/simulator/scenario/rule-match.ts';

const scenario = (part: string) => readScenario(`version: 1\nrequests: [{url: "https://x.test/"}]\n${part}`, 'x.yaml');
const dnsRules = (...rules: string[]) => createDnsRules(scenario(`dns: {rules: [${rules.join(', ')}]}`).dns.rules);
const networkRules = (...rules: string[]) => createNetworkRules(scenario(`network: {rules: [${rules.join(', ')}]}`).network.rules);

const query = (more: Partial<DnsQuery> = {}): DnsQuery => ({ name: 'dual.lab.test', type: 'AAAA', server: '10.77.0.1', transport: 'udp', ...more });
const packet = (more: Partial<Packet> = {}): Packet => ({ to: '2001:db8::21', port: 443, transport: 'tcp', direction: 'toServer', packet: 'syn', sentAt: 0, ...more });

describe('DNS rules', () => {
  it('the first that fits decides', () => {
    const rules = dnsRules('{name: "*.Lab.Test.", type: AAAA, delayMs: 400}', '{action: drop}');
    expect(rules.match(query())).toMatchObject({ action: 'answer', delayMs: 400 });
    expect(rules.match(query({ type: 'A' }))).toMatchObject({ action: 'drop' });
    expect(rules.match(query({ name: 'other.test' }))).toMatchObject({ action: 'drop' });
  });

  it('a rule fits only what it names: server and transport', () => {
    const rules = dnsRules('{server: "2001:DB8::1", action: drop}', '{transport: tcp, action: servfail}');
    expect(rules.match(query())).toBeUndefined();
    expect(rules.match(query({ server: '2001:db8::1' }))).toMatchObject({ action: 'drop' });
    expect(rules.match(query({ transport: 'tcp' }))).toMatchObject({ action: 'servfail' });
  });

  it('after its times the next is tried, and queries that do not fit use none up', () => {
    const rules = dnsRules('{type: HTTPS, action: drop, times: 2}', '{type: HTTPS, action: nodata, times: 1}');
    const asked = (['HTTPS', 'A', 'HTTPS', 'HTTPS', 'HTTPS'] as const).map((type) => rules.match(query({ type }))?.action);
    expect(asked).toEqual(['drop', undefined, 'drop', 'nodata', undefined]);
  });

  it('truncate fits UDP alone; the retry over TCP gets it all', () => {
    const rules = dnsRules('{action: truncate, times: 1}');
    expect(rules.match(query({ transport: 'tcp' }))).toBeUndefined();
    expect(rules.match(query())).toMatchObject({ action: 'truncate' });
    expect(rules.match(query())).toBeUndefined();
  });

  it('two runs over one scenario count apart', () => {
    const { rules } = scenario('dns: {rules: [{action: drop, times: 1}]}').dns;
    expect(createDnsRules(rules).match(query())).toBeDefined();
    expect(createDnsRules(rules).match(query())).toBeDefined();
  });
});

describe('network rules', () => {
  it.each([
    ['{to: ["2001:DB8:0::21", 192.0.2.1], action: drop}', { to: '192.0.2.2' }],
    ['{port: 443, action: drop}', { port: 80 }],
    ['{transport: tcp, action: drop}', { transport: 'udp', packet: 'other' }],
    ['{direction: toServer, action: drop}', { direction: 'fromServer', packet: 'other' }],
    ['{packets: syn, action: drop}', { packet: 'data' }],
    ['{packets: syn, action: drop}', { packet: 'other' }],
  ] as const)('%s fits the packet, but not one with %j', (rule, other) => {
    const rules = networkRules(rule);
    expect(rules.match(packet())).toBeDefined();
    expect(rules.match(packet(other))).toBeUndefined();
  });

  it('names a server by its own address or by the synthesised one that NAT64 gives it', () => {
    const behindNat64 = packet({ to: '64:ff9b::c000:201', behindNat64: '192.0.2.1' });
    expect(networkRules('{to: [192.0.2.1], action: drop}').match(behindNat64)).toBeDefined();
    expect(networkRules('{to: ["64:ff9b::c000:201"], action: drop}').match(behindNat64)).toBeDefined();
    expect(networkRules('{to: [192.0.2.2], action: drop}').match(behindNat64)).toBeUndefined();
  });

  it('packets: data is TCP payload, all is everything', () => {
    const data = networkRules('{packets: data, action: drop}');
    expect((['syn', 'data', 'other'] as const).map((kind) => data.match(packet({ packet: kind })) !== undefined)).toEqual([false, true, false]);
    const all = networkRules('{action: drop}');
    expect((['syn', 'data', 'other'] as const).map((kind) => all.match(packet({ packet: kind })) !== undefined)).toEqual([true, true, true]);
  });

  it('applies to what is sent from fromMs until just before untilMs', () => {
    const rules = networkRules('{action: drop, fromMs: 20, untilMs: 60}');
    expect([19.9, 20, 59.9, 60].map((sentAt) => rules.match(packet({ sentAt })) !== undefined)).toEqual([false, true, true, false]);
  });

  it('a used-up rule lets later ones decide', () => {
    const rules = networkRules('{packets: syn, action: drop, times: 2}', '{action: delay, delayMs: 5}');
    expect([1, 2, 3].map(() => rules.match(packet())?.action)).toEqual(['drop', 'drop', 'delay']);
  });

  it('a rule with times applies exactly so often', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.constantFrom(443, 80), { maxLength: 40 }), (times, ports) => {
        const rules = networkRules(`{port: 443, action: drop, times: ${times}}`);
        const applied = ports.filter((port) => rules.match(packet({ port })) !== undefined);
        expect(applied).toEqual(ports.filter((port) => port === 443).slice(0, times));
      }),
      { numRuns: 30 },
    );
  });
});
