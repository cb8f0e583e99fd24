/** What `probe` was asked for, checked. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Parameters } from '../../engine/profiles/parameters.ts';
import { type MachineNetwork, machineNetwork, readDnsServer } from '../../live/probe/machine-network.ts';
import type { Trust } from '../../live/probe/tcp-connection.ts';
import type { Millis } from '../../units.ts';
import { UsageError } from '../exit-code.ts';
import { readPageUrl, withoutCredentials } from '../page-url.ts';
import { readPolicies } from '../whatif/read-policies.ts';

export interface ProbeArguments {
  readonly url: string;
  readonly profile: string;
  readonly set?: readonly string[] | undefined;
  readonly runs: number;
  /** Seconds. */
  readonly timeout: number;
  readonly insecure: boolean;
  readonly ca?: string | undefined;
  readonly dns?: readonly string[] | undefined;
  readonly ipv4?: boolean | undefined;
  readonly ipv6?: boolean | undefined;
}

export interface AskedProbe {
  readonly url: URL;
  readonly profile: string;
  readonly parameters: Parameters;
  /** By an option, beyond what the profile does. */
  readonly asksForQuic: boolean;
  readonly runs: number;
  readonly network: MachineNetwork;
  readonly trust: Trust;
  readonly timeoutMs: Millis;
}

const MOST_RUNS = 1000;

/** @throws UsageError */
export async function readProbeOptions(args: ProbeArguments): Promise<AskedProbe> {
  const { runs, timeout, insecure } = args;
  if (!Number.isInteger(runs) || runs < 1 || runs > MOST_RUNS) throw new UsageError(`--runs takes a whole number, 1 to ${MOST_RUNS}`);
  if (!(timeout > 0 && timeout <= 3600)) throw new UsageError('--timeout takes seconds, up to 3600');
  const url = withoutCredentials(readPageUrl(args.url));
  url.hash = '';
  const [policy, ...others] = readPolicies(args.profile, args.set);
  if (policy === undefined || others.length > 0) throw new UsageError('--profile takes one profile: each probe is one client');
  if (args.dns !== undefined && !policy.parameters.builtInResolver) throw new UsageError(`--dns does not reach profile ${policy.profile}, which asks the system's resolver; --set builtInResolver=true gives it one of its own`);
  if (args.set?.includes('ech=true') === true) throw new UsageError('--set: there is no ECH here, so that probes are without');
  const authorities = args.ca === undefined ? undefined : await authoritiesIn(args.ca);
  const trust = { insecure, ...(authorities !== undefined && { authorities }) };
  return { url, ...policy, asksForQuic: policy.parameters.quic && args.set?.includes('quic=true') === true, runs, network: await networkFor(args), trust, timeoutMs: timeout * 1000 };
}

async function networkFor({ dns, ipv4, ipv6 }: ProbeArguments): Promise<MachineNetwork> {
  const found = await machineNetwork();
  const network = { ...found, ipv4: ipv4 ?? found.ipv4, ipv6: ipv6 ?? found.ipv6, dnsServers: dns?.map(dnsServer) ?? found.dnsServers };
  if (!network.ipv4 && !network.ipv6) throw new UsageError('there is no route to the Internet, over IPv4 or IPv6; --ipv4 or --ipv6 probes all the same');
  return network;
}

function dnsServer(text: string): MachineNetwork['dnsServers'][number] {
  const server = readDnsServer(text);
  if (server === undefined) throw new UsageError(`--dns takes the address of a server, such as 192.0.2.53 or [2001:db8::53]:5353, found ${text}`);
  return server;
}

async function authoritiesIn(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`--ca ${path}: ${(error as Error).message}`, { cause: error });
  });
  try {
    // Node takes anything for authorities, and trusts nobody then.
    new X509Certificate(text);
  } catch (error) {
    throw new UsageError(`--ca ${path}: expected certificates in PEM`, { cause: error });
  }
  return text;
}
