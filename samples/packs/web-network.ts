/**
 * A client on a network of the ordinary web, and the sites that it visits there, from published figures.
 *
 * What they say of the whole Internet is drawn for networks (families, blocked UDP, black holes) or for sites (records,
 * addresses, distance). Servers answer at once; queues, slow clients, proxies and TLS 1.2 are left out.
 */
import type { Scenario } from '../../src/simulator/scenario/scenario.ts';
import type { Draw } from './draw.ts';
import type { Input } from './pack.ts';
import { type DnsRule, type NetworkRule, type Server, scenarioOf, zoneOf } from './scenario-of.ts';

export const WEB_INPUTS: readonly Input[] = [
  { figure: 'smallest round trip of a session: log-normal, median 39 ms, 80 % below 78 ms', source: 'Schlinker and others, Internet Performance from Facebook’s Edge, IMC 2019; the median is in the abstract, the 80 % from memory' },
  { figure: 'half of the variance of its logarithm between networks, half between sites', source: 'ours' },
  { figure: 'IPv6 as far as IPv4 on average; the ratio log-normal, σ 0.1', source: 'APNIC 2016 for the average; σ ours' },
  { figure: '45 % of clients have IPv6', source: 'Google’s IPv6 statistics, 2025, from memory' },
  { figure: '50 % of sites have IPv6, by connections', source: 'ours: about 30 % of domains, and most large networks of caches' },
  { figure: '1, 2 or 4 addresses of a family: 60, 30 and 10 %', source: 'ours' },
  { figure: '24.2 % of sites have an HTTPS record; 92 % of those with h3 and hints, 3 % with h2 alone', source: 'a private scan of about 2025; IMC 2024 has over 20 %' },
  { figure: 'IPv6 of a network: 1.4 % black holes', source: 'APNIC, RIPE 78, 2019' },
  { figure: 'UDP: blocked for 4.4 % of networks', source: 'Langley and others, SIGCOMM 2017, section 7.2' },
  { figure: 'handshakes with a lost packet: 2 %', source: 'RFC 6298, appendix A' },
  { figure: 'DNS: 60 % from a cache after 1 ms; else log-normal, median 18 ms, σ 0.9', source: 'ours, near the medians of the FCC and Princeton, 2020' },
  { figure: 'AAAA and HTTPS around A: Laplace, 99 % within 21 ms', source: 'Firefox, told in curl’s pull request 22612, 2026; for HTTPS ours' },
];

export interface WebNetwork {
  readonly sites: number;
  /** Every client and every site has both families. */
  readonly dualStack?: boolean;
}

/** Mean 0 and this σ: the logarithm of a round trip over its median. */
const RTT_SIGMA = Math.log(78 / 39) / 0.8416;
const HALF_SIGMA = RTT_SIGMA * Math.SQRT1_2;

interface Site {
  readonly name: string;
  readonly ipv6: readonly string[];
  readonly records: readonly (readonly [name: string, type: string, data: string])[];
  readonly dnsRules: readonly DnsRule[];
  readonly rules: readonly NetworkRule[];
  readonly servers: readonly Server[];
}

export function webNetwork({ sites, dualStack = false }: WebNetwork, draw: Draw): Scenario {
  const distance = draw.logNormal(39, HALF_SIGMA);
  const hasIpv6 = dualStack || draw.chance(0.45);
  const isBlackHole = draw.chance(0.014);
  const isUdpBlocked = draw.chance(0.044);
  const visited = Array.from({ length: sites }, (_, i) => site(i, distance, dualStack, draw));
  const ipv6 = visited.flatMap((site) => site.ipv6);
  return scenarioOf({
    name: 'web',
    durationMs: 1e6,
    client: { ipv6: hasIpv6, sources: hasIpv6 ? ['198.51.100.7', '2001:db8:ffff::7'] : ['198.51.100.7'] },
    // What is on the way is in the rules, as every site has its own.
    link: { rttMs: 1 },
    dns: { servers: [{ address: '198.51.100.1' }], zone: zoneOf(visited.flatMap(({ records }) => records)), rules: visited.flatMap(({ dnsRules }) => dnsRules) },
    network: {
      rules: [
        ...(isUdpBlocked ? [{ transport: 'udp', port: 443, action: 'drop' } as const] : []),
        ...(isBlackHole && ipv6.length > 0 ? [{ to: ipv6, action: 'drop' } as const] : []),
        ...visited.flatMap(({ rules }) => rules),
      ],
    },
    servers: visited.flatMap(({ servers }) => servers),
    // One after the other, so that the client learns what there is to learn.
    requests: visited.map(({ name }, i) => (i === 0 ? { atMs: 0, url: `https://${name}/` } : { afterPrevious: true, delayMs: 100, url: `https://${name}/` })),
  });
}

function site(i: number, distance: number, dualStack: boolean, draw: Draw): Site {
  const name = `site${i}.example`;
  const rtt = distance * draw.logNormal(1, HALF_SIGMA);
  const count = draw.among([[0.6, 1], [0.3, 2], [0.1, 4]]);
  const ipv4 = Array.from({ length: count }, (_, n) => `203.0.${i}.${n + 1}`);
  const ipv6 = dualStack || draw.chance(0.5) ? ipv4.map((_, n) => `2001:db8:${i + 1}::${n + 1}`) : [];
  const rttIpv6 = rtt * draw.logNormal(1, 0.1);
  const record = draw.chance(0.242) ? draw.among([[0.92, 'h3,h2'], [0.03, 'h2'], [0.05, 'h3,h2 without hints']]) : undefined;
  const h3 = record?.startsWith('h3') === true;
  const hints = record === 'h3,h2' ? ` ipv4hint=${ipv4.join(',')}${ipv6.length > 0 ? ` ipv6hint=${ipv6.join(',')}` : ''}` : '';
  const addresses = [...ipv4, ...ipv6];
  return {
    name,
    ipv6,
    records: [
      ...ipv4.map((address) => [name, 'A', address] as const),
      ...ipv6.map((address) => [name, 'AAAA', address] as const),
      ...(record === undefined ? [] : [[name, 'HTTPS', `1 . alpn="${h3 ? 'h3,h2' : 'h2'}"${hints}`] as const]),
    ],
    dnsRules: answerTimes(name, draw),
    rules: [...losses(addresses, draw), away(ipv4, rtt), ...(ipv6.length > 0 ? [away(ipv6, rttIpv6)] : [])],
    servers: [
      { addresses, port: 443, protocols: ['h2', 'http/1.1'], names: [name], issuer: 'root' },
      ...(h3 ? [{ addresses, port: 443, protocols: ['h3' as const], names: [name], issuer: 'root' }] : []),
    ],
  };
}

function answerTimes(name: string, draw: Draw): DnsRule[] {
  if (draw.chance(0.6)) return [];
  const base = draw.logNormal(18, 0.9);
  const after = { A: 0, AAAA: draw.laplace(21), HTTPS: draw.laplace(21) };
  const first = Math.min(...Object.values(after));
  return (['A', 'AAAA', 'HTTPS'] as const).map((type) => ({ name, type, delayMs: base + after[type] - first }));
}

/** The first packet of a handshake of theirs is lost: over TCP a SYN, over QUIC an Initial. */
function losses(to: readonly string[], draw: Draw): NetworkRule[] {
  return to.flatMap((address) => [
    ...(draw.chance(0.02) ? [{ to: [address], packets: 'syn', action: 'drop', times: 1 } as const] : []),
    ...(draw.chance(0.02) ? [{ to: [address], transport: 'udp', action: 'drop', times: 1 } as const] : []),
  ]);
}

/** The link takes 1 ms of it. */
function away(to: readonly string[], rtt: number): NetworkRule {
  return { to, direction: 'fromServer', action: 'delay', delayMs: Math.max(0, rtt - 1) };
}
