/** A small network for tests, and the story of what happens on it, one line for each event. */
import type { DnsAnswer, QueryType } from '../../../src/engine/dns.ts';
import type { NetworkEvent } from '../../../src/simulator/network/network-event.ts';
import type { DnsQuery, DnsRuleEffect, NetworkRuleEffect, NetworkScenario, Packet, Server } from '../../../src/simulator/network/network-inputs.ts';
import { Network } from '../../../src/simulator/network/network.ts';

export const V4 = { address: '192.0.2.1', port: 443 };
export const V6 = { address: '2001:db8::1', port: 443 };
export const DNS_SERVER = '192.0.2.53';

export const webServer: Server = {
  addresses: [V4.address, V6.address],
  port: 443,
  protocols: ['h2', 'http/1.1'],
  names: ['*.example', 'public.example'],
  issuer: 'good',
};
export const quicServer: Server = { ...webServer, protocols: ['h3'] };

export interface Setup {
  readonly seed?: number;
  readonly client?: Partial<NetworkScenario['client']>;
  readonly link?: Partial<NetworkScenario['link']>;
  readonly dns?: Partial<NetworkScenario['dns']>;
  readonly events?: NetworkScenario['network']['events'];
  readonly servers?: readonly Server[];
  readonly zone?: Readonly<Record<string, readonly string[]>>;
  readonly dnsRule?: (query: DnsQuery) => DnsRuleEffect | undefined;
  readonly networkRule?: (packet: Packet) => NetworkRuleEffect | undefined;
}

/** Round trips of 20 ms, nothing lost, `good` trusted, A and AAAA of `a.example`. */
export function buildNetwork(setup: Setup = {}): Network {
  const zone = setup.zone ?? { 'a.example A': [V4.address], 'a.example AAAA': [V6.address] };
  return new Network(
    {
      scenario: {
        client: { ipv4: true, ipv6: true, roots: ['good'], ...setup.client },
        link: { rttMs: 20, jitterMs: 0, lossRate: 0, ...setup.link },
        dns: { servers: [{ address: DNS_SERVER, transport: 'udp' }], latencyMs: 0, ...setup.dns },
        network: { events: setup.events ?? [] },
        servers: setup.servers ?? [webServer, quicServer],
      },
      dnsRules: { match: (query) => setup.dnsRule?.(query) },
      networkRules: { match: (packet) => setup.networkRule?.(packet) },
      dnsAnswer: (name: string, type: QueryType): DnsAnswer => {
        const addresses = zone[`${name} ${type}`];
        return addresses === undefined
          ? { kind: 'failure', failure: 'nxdomain' }
          : { kind: 'answer', owner: name, addresses, records: [], ttl: 60_000 };
      },
    },
    setup.seed ?? 1,
  );
}

/** Lets the network run until `until`, or until nothing is left to happen; `react` acts as the client would. */
export function play(network: Network, react: (event: NetworkEvent) => void = () => {}, until = 300_000): NetworkEvent[] {
  const story: NetworkEvent[] = [];
  for (let at = network.nextAt(); at !== undefined && at <= until; at = network.nextAt()) {
    for (const event of network.step(at)) {
      story.push(event);
      react(event);
    }
  }
  return story;
}

/** `20 tcp-connected`, with the error if there is one. */
export function lines(story: readonly NetworkEvent[]): string[] {
  return story.map((event) => `${event.at} ${event.kind}${'error' in event && event.error !== undefined ? ` ${event.error.name} ${event.error.code}` : ''}`);
}

/** The packets as `0 syn`, `10 syn-ack lost`. */
export function wire(network: Network): string[] {
  return network.wireLog.map(({ at, message, fate }) => `${at} ${message.content.kind}${fate.kind === 'arrives' ? '' : ` ${fate.kind}`}`);
}

/** A rule for the first packets that fit. */
export function first(times: number, fits: (packet: Packet) => boolean, effect: NetworkRuleEffect): (packet: Packet) => NetworkRuleEffect | undefined {
  let left = times;
  return (packet) => (fits(packet) && left-- > 0 ? effect : undefined);
}

/** An ECHConfigList (RFC 9849 §4) with the public name `public.example`, told apart by the config's id. */
export function echConfigList(id: number, version = 0xfe0d): string {
  const name = Array.from('public.example', (character) => character.charCodeAt(0));
  const contents = [id, 0, 32, 0, 2, 7, 7, 0, 4, 0, 1, 0, 1, 0, name.length, ...name, 0, 0];
  const config = [version >> 8, version & 255, 0, contents.length, ...contents];
  return btoa(String.fromCharCode(0, config.length, ...config));
}
