/** The key that all jobs of one connect-job race have in common. */
import type { ConnectJobRecord } from '../handlers/connect-jobs.ts';
import type { Moment } from '../handlers/handler.ts';
import type { QuicJobRecord } from '../handlers/quic-jobs.ts';
import type { StreamJobHandler } from '../handlers/stream-jobs.ts';
import { isTunnel, socketsOfJob } from './connect-job-sockets.ts';
import { type Destination, type SocketGroup, destinationOfSockets, parseDestination, parseGroup, proxyOf } from './destination.ts';
import { addTo } from '../grouping.ts';
import { lastUpTo } from '../ascending.ts';
import type { SocketsOf } from './socket-owners.ts';

export interface RaceKey {
  readonly text: string;
  readonly destination?: Destination | undefined;
  readonly privacyMode?: string | undefined;
  readonly networkKey?: string | undefined;
  readonly proxy?: string | undefined;
}

export interface RaceKeys {
  ofGroup(groupId: string, at: Moment): RaceKey | undefined;
  ofConnectJob(job: ConnectJobRecord): RaceKey;
  ofQuicJob(job: QuicJobRecord): RaceKey;
}

export function createRaceKeys({ controllers, jobs: streamJobs }: StreamJobHandler, socketsOf: SocketsOf): RaceKeys {
  // A group names the target, not the way there. A controller resolves its proxy just before its jobs
  // ask the pool, so the latest answer for a destination holds.
  const resolved = new Map<string, { readonly at: Moment; readonly chain: string; readonly proxy: string | undefined }[]>();
  for (const { url, proxyChains } of controllers.values()) {
    const destination = parseDestination(url);
    if (destination === undefined) continue;
    const text = destinationText(destination);
    for (const { at, chain } of proxyChains) addTo(resolved, text, { at, chain, proxy: proxyOf(chain) });
  }
  for (const [text, chains] of resolved) {
    const sorted = chains.toSorted((a, b) => a.at.index - b.at.index);
    resolved.set(text, sorted.filter(({ chain }, i) => chain !== sorted[i - 1]?.chain));
  }

  const proxyFor = (destination: Destination, at: Moment): string | undefined =>
    lastUpTo(resolved.get(destinationText(destination)) ?? [], at.index)?.proxy;

  // WebSocket connect jobs log no group; the stream job that got one does.
  const groupOfJob = new Map<number, string>();
  for (const { group, connectJobIds } of streamJobs.values()) {
    if (group !== undefined) for (const id of connectJobIds) groupOfJob.set(id, group.id);
  }

  // Many jobs ask one group, and many stream jobs are bound to one connect job.
  const groups = new Map<string, SocketGroup | undefined>();
  const keysOfGroups = new Map<SocketGroup, Map<string | undefined, RaceKey>>();
  const keysOfJobs = new Map<ConnectJobRecord, RaceKey>();

  function ofGroup(groupId: string, at: Moment): RaceKey | undefined {
    if (!groups.has(groupId)) groups.set(groupId, parseGroup(groupId));
    const group = groups.get(groupId);
    if (group === undefined) return undefined;
    const proxy = proxyFor(group.destination, at);
    const byProxy = keysOfGroups.get(group) ?? new Map<string | undefined, RaceKey>();
    keysOfGroups.set(group, byProxy);
    const key = byProxy.get(proxy) ?? keyOf(group.destination, group.privacyMode, group.networkKey, proxy);
    byProxy.set(proxy, key);
    return key;
  }

  function newKey(job: ConnectJobRecord): RaceKey {
    const groupId = job.groupId ?? groupOfJob.get(job.id);
    return (groupId === undefined ? undefined : ofGroup(groupId, job.start)) ?? keyFromSockets(job) ?? { text: `connect job ${job.id}` };
  }

  /** With the head of the log lost: what the job's sockets said in their ClientHellos. Partition and privacy mode stay unknown. */
  function keyFromSockets(job: ConnectJobRecord): RaceKey | undefined {
    const destination = isTunnel(job) ? undefined : destinationOfSockets(socketsOfJob(job, socketsOf));
    return destination && { text: `${destinationText(destination)} | head lost`, destination };
  }

  return {
    ofGroup,
    ofConnectJob(job) {
      const key = keysOfJobs.get(job) ?? newKey(job);
      keysOfJobs.set(job, key);
      return key;
    },
    ofQuicJob(job) {
      const port = job.port === undefined || job.host?.includes('://') ? '' : `:${job.port}`;
      const host = job.host?.includes(':') === true && port !== '' && !job.host.startsWith('[') ? `[${job.host}]` : job.host;
      const destination = parseDestination(host?.includes('://') ? host : `https://${host ?? ''}${port}`);
      if (destination === undefined) return { text: `QUIC job ${job.id}` };
      return keyOf(destination, job.privacyMode ?? 'disabled', job.networkKey, proxyOf(job.proxyChain));
    },
  };
}

function keyOf(destination: Destination, privacyMode: string, networkKey: string | undefined, proxy: string | undefined): RaceKey {
  const text = [destinationText(destination), privacyMode, networkKey ?? '', proxy ?? ''].join(' | ');
  return { text, destination, privacyMode, networkKey, proxy };
}

function destinationText({ scheme, host, port }: Destination): string {
  return `${scheme}://${host}:${port}`;
}
