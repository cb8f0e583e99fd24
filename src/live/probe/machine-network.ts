/** What this machine knows of the network it is in: address families with a route, its own addresses, its DNS servers. */
import { createSocket } from 'node:dgram';
import { getServers } from 'node:dns';
import { networkInterfaces } from 'node:os';
import { type Family, type IpEndpoint, canonicalAddress, parseEndpoint } from '../../address.ts';
import type { SourceAddress } from '../../engine/addresses/source-selection.ts';

export interface MachineNetwork {
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  readonly sources: readonly SourceAddress[];
  readonly dnsServers: readonly IpEndpoint[];
}

const DNS_PORT = 53;
/** Any address of the Internet would do: connecting a UDP socket sends nothing. These are the ones that Chromium takes. */
const FAR_AWAY = { ipv4: { type: 'udp4', address: '8.8.8.8' }, ipv6: { type: 'udp6', address: '2001:4860:4860::8888' } } as const;

export async function machineNetwork(): Promise<MachineNetwork> {
  const [ipv4, ipv6] = await Promise.all([hasRoute('ipv4'), hasRoute('ipv6')]);
  return { ipv4, ipv6, sources: [...sourcesOf('ipv4'), ...sourcesOf('ipv6')], dnsServers: getServers().flatMap((server) => readDnsServer(server) ?? []) };
}

/** `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53` or `[2001:db8::53]:5353`. */
export function readDnsServer(text: string): IpEndpoint | undefined {
  const address = canonicalAddress(text);
  return address === undefined ? parseEndpoint(text) : { address, port: DNS_PORT };
}

function hasRoute(family: Family): Promise<boolean> {
  const { type, address } = FAR_AWAY[family];
  const socket = createSocket(type);
  return new Promise((resolve) => {
    socket.connect(443, address, (error?: Error | null) => {
      socket.close();
      resolve(error === undefined || error === null);
    });
  });
}

/** Those of the loopback only where there are no others: from there nothing but this machine can be reached. */
function sourcesOf(family: Family): readonly SourceAddress[] {
  const all = Object.values(networkInterfaces())
    .flatMap((addresses = []) => addresses)
    .filter((address) => address.family === (family === 'ipv4' ? 'IPv4' : 'IPv6') && !/^fe[89ab]/i.test(address.address));
  const outer = all.filter(({ internal }) => !internal);
  return (outer.length > 0 ? outer : all).map(({ address, cidr }) => ({ address: canonicalAddress(address) ?? address, prefixLength: Number(cidr?.split('/')[1] ?? (family === 'ipv4' ? 32 : 128)) }));
}
