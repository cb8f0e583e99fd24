/**
 * Races of the connect jobs (HEv2: TcpConnectJob; legacy: TransportConnectJob) and the QUIC jobs
 * beside them.
 *
 * No event links the TCP side of such a race to its QUIC side, nor a losing or a backup connect job
 * to a request. What is common to all of them is the key: scheme, host, port, privacy mode, network
 * anonymization key, and the way there (proxy or direct). A race is a stretch of time in which jobs
 * of one key overlap. Where the main job waits for the QUIC job, its waiting bridges the gap.
 */
import { familyOf } from '../../address.ts';
import type { RaceEngine } from '../common.ts';
import type { ConnectJobHandler, ConnectJobRecord } from '../handlers/connect-jobs.ts';
import type { Moment } from '../handlers/handler.ts';
import type { Http2SessionHandler } from '../handlers/http2-sessions.ts';
import type { PoolingVerdicts } from '../handlers/pooling.ts';
import type { QuicJobHandler, QuicJobRecord } from '../handlers/quic-jobs.ts';
import type { StreamJobHandler, StreamJobRecord } from '../handlers/stream-jobs.ts';
import type { Race } from '../race.ts';
import { type AttemptDraft, settle, winnerOf, winnerView } from './attempt-draft.ts';
import { connectJobDrafts } from './connect-job-attempts.ts';
import { ABORTED, type Context, compareMoments, earliest, evidenceOf, latest } from './context.ts';
import { isForResolver, parseHost, originText } from './destination.ts';
import { fallbackOf } from './fallback.ts';
import { addTo } from '../grouping.ts';
import { countUpTo } from '../ascending.ts';
import { type RaceKey, type RaceKeys, createRaceKeys } from './race-keys.ts';
import { type QuicParts, quicAttempts } from './quic-attempts.ts';
import type { RaceDns, RaceResolutions, StageOf } from './race-resolutions.ts';
import type { SocketsOf } from './socket-owners.ts';

export interface ConnectJobRaceParts extends QuicParts {
  readonly connectJobs: ConnectJobHandler;
  readonly quicJobs: QuicJobHandler;
  readonly streamJobs: StreamJobHandler;
  readonly http2Sessions: Http2SessionHandler;
  readonly raceResolutions: RaceResolutions;
  readonly socketsOf: SocketsOf;
  readonly pooling: PoolingVerdicts;
}

/** Something of one key with a beginning and an end. */
type Part = { readonly key: RaceKey; readonly start: Moment; readonly end: Moment | undefined } & (
  | { readonly kind: 'connect'; readonly job: ConnectJobRecord }
  | { readonly kind: 'quic'; readonly job: QuicJobRecord }
  | { readonly kind: 'stream'; readonly job: StreamJobRecord }
);

interface Group {
  readonly key: RaceKey;
  readonly connectJobs: ConnectJobRecord[];
  readonly quicJobs: QuicJobRecord[];
  readonly start: Moment;
  /** Of the last of its jobs; `undefined`: some job had not ended when the log did. */
  end: Moment | undefined;
}

export function buildConnectJobRaces(parts: ConnectJobRaceParts, context: Context): Race[] {
  const keys = createRaceKeys(parts.streamJobs, parts.socketsOf);
  const groups = groupsOf(parts, keys);
  const askers = askersOf(parts, keys);
  const races = groups.map((group) => raceOf(group, streamJobsOf(group, askers), parts, context));
  return races.filter((race) => race !== undefined);
}

function groupsOf(parts: ConnectJobRaceParts, keys: RaceKeys): Group[] {
  const all: Part[] = [];
  for (const job of parts.connectJobs.jobs.values()) all.push({ kind: 'connect', job, key: keys.ofConnectJob(job), start: job.start, end: job.end });
  for (const job of parts.quicJobs.jobs.values()) {
    if (job.type !== 'HTTP_STREAM_POOL_QUIC_ATTEMPT') all.push({ kind: 'quic', job, key: keys.ofQuicJob(job), start: job.start, end: job.end });
  }
  for (const job of parts.streamJobs.jobs.values()) {
    const key = streamKey(job, keys, parts);
    if (key !== undefined && job.waiting !== undefined) all.push({ kind: 'stream', job, key, start: job.waiting.begin, end: job.pooled ?? job.group?.at ?? job.waiting.end });
  }
  const byKey = new Map<string, Part[]>();
  for (const part of all) addTo(byKey, part.key.text, part);
  return [...byKey.values()].flatMap(overlapping).toSorted((a, b) => a.start.index - b.start.index);
}

/** By the group it asked for; a log without that event still binds it to a connect job. */
function streamKey(job: StreamJobRecord, keys: RaceKeys, { connectJobs }: ConnectJobRaceParts): RaceKey | undefined {
  if (job.group !== undefined) return keys.ofGroup(job.group.id, job.group.at);
  const bound = job.connectJobIds.map((id) => connectJobs.jobs.get(id)).find((j) => j !== undefined);
  return bound && keys.ofConnectJob(bound);
}

function overlapping(parts: readonly Part[]): Group[] {
  const groups: Group[] = [];
  let open: { group: Group; reach: Moment | undefined } | undefined;
  for (const part of parts.toSorted((a, b) => a.start.index - b.start.index)) {
    const joins = open !== undefined && (open.reach === undefined || follows(part.start, open.reach));
    if (open === undefined || !joins) {
      open = { group: { key: part.key, connectJobs: [], quicJobs: [], start: part.start, end: undefined }, reach: part.end };
      groups.push(open.group);
    } else if (open.reach !== undefined) {
      open.reach = part.end && latest([open.reach, part.end]);
    }
    if (part.kind === 'connect') open.group.connectJobs.push(part.job);
    else if (part.kind === 'quic') open.group.quicJobs.push(part.job);
    open.group.end = open.reach;
  }
  return groups.filter((g) => g.connectJobs.length + g.quicJobs.length > 0);
}

/** Begins before the other ends, in the same tick, or as the very next event: what the end has caused. */
function follows(start: Moment, end: Moment): boolean {
  return start.index <= end.index + 1 || start.time <= end.time;
}

/** A stream job that has a key, and its place among all of them. */
interface Asker {
  readonly job: StreamJobRecord;
  readonly key: string;
  readonly place: number;
}

/** Stream jobs by what can lead from a race to them. */
interface Askers {
  /** Those that asked a group of the key and got no socket that was there already, in the order in which they asked. */
  readonly byKey: ReadonlyMap<string, readonly (Asker & { readonly at: Moment })[]>;
  readonly byConnectJob: ReadonlyMap<number, readonly Asker[]>;
  readonly byQuicJob: ReadonlyMap<number, readonly StreamJobRecord[]>;
}

function askersOf(parts: ConnectJobRaceParts, keys: RaceKeys): Askers {
  const byKey = new Map<string, (Asker & { readonly at: Moment })[]>();
  const byConnectJob = new Map<number, Asker[]>();
  const byQuicJob = new Map<number, StreamJobRecord[]>();
  let place = 0;
  for (const job of parts.streamJobs.jobs.values()) {
    for (const id of job.quicJobIds) addTo(byQuicJob, id, job);
    const key = streamKey(job, keys, parts)?.text;
    if (key === undefined) continue;
    const asker = { job, key, place: place++ };
    for (const id of job.connectJobIds) addTo(byConnectJob, id, asker);
    if (job.group !== undefined && !job.socketReused) addTo(byKey, key, { ...asker, at: job.group.at });
  }
  for (const asking of byKey.values()) asking.sort((a, b) => a.at.index - b.at.index);
  return { byKey, byConnectJob, byQuicJob };
}

/** Stream jobs that wanted this race's result: bound to one of its jobs, or asking its group meanwhile. */
function streamJobsOf(group: Group, { byKey, byConnectJob, byQuicJob }: Askers): StreamJobRecord[] {
  const bound = group.connectJobs.flatMap((job) => byConnectJob.get(job.id) ?? []).filter(({ key }) => key === group.key.text);
  const asking = byKey.get(group.key.text) ?? [];
  const [from, to] = [countUpTo(asking, group.start.index - 1), group.end === undefined ? asking.length : countUpTo(asking, group.end.index)];
  const inOrder = [...bound, ...asking.slice(from, to)].toSorted((a, b) => a.place - b.place);
  return [...new Set([...inOrder.map(({ job }) => job), ...group.quicJobs.flatMap((j) => byQuicJob.get(j.id) ?? [])])];
}

function raceOf(group: Group, streamJobs: readonly StreamJobRecord[], parts: ConnectJobRaceParts, context: Context): Race | undefined {
  const { connectJobs, quicJobs, key } = group;
  const jobs = [...connectJobs, ...quicJobs].toSorted((a, b) => a.start.index - b.start.index);
  const first = jobs[0];
  if (first === undefined) return undefined;
  const dns = parts.raceResolutions.of(jobs.map((j) => j.id), first.start, []);
  const stageOf: StageOf = key.destination !== undefined && familyOf(key.destination.host) !== undefined ? () => 'final' : dns.stageOf;
  const drafts = [
    ...connectJobs.flatMap((job) => connectJobDrafts(job, key, stageOf, parts.socketsOf)),
    ...quicJobs.flatMap((job) => quicAttempts(job, { stageOf }, parts, context)),
  ];
  const winner = winnerOf(drafts);
  const pooled = winner === undefined ? pooledOnto(group, streamJobs, parts) : undefined;
  const failure = winner === undefined && pooled === undefined ? failureOf(group, streamJobs, dns) : undefined;
  const ended = group.end !== undefined;
  // QUIC jobs that found no QUIC endpoint while a connection to the host was there already: nothing was raced.
  if (drafts.length === 0 && connectJobs.length === 0 && ended && pooled === undefined && failure === undefined) return undefined;
  // Of a race begun before the log, jobs may be missing, and their result with them.
  const headLost = context.at(first.start) < 0;
  if (headLost && drafts.length === 0 && key.destination === undefined) return undefined;
  const outcome =
    winner !== undefined ? 'connected' : pooled !== undefined ? 'pooled' : !ended || (headLost && connectJobs.length === 0) ? 'unfinished' : failure !== undefined ? 'failed' : 'cancelled';
  const end = winner?.usable ?? pooled?.at ?? (outcome === 'unfinished' ? undefined : (failure?.at ?? group.end));
  const requests = requestsOf(streamJobs, parts.streamJobs, end);
  return {
    id: first.id,
    engine: engineOf(connectJobs),
    destination: key.destination,
    privacyMode: key.privacyMode,
    networkAnonymizationKey: key.networkKey,
    preconnect: requests.length === 0 && streamJobs.length > 0 && streamJobs.every((job) => isPreconnect(job) && context.at(job.start) >= 0),
    proxy: key.proxy,
    forResolver: isForResolver(key.networkKey) || undefined,
    startMs: context.at(first.start),
    endMs: end && context.at(end),
    durationMs: end && context.between(first.start, end),
    outcome,
    netError: outcome === 'failed' && failure?.code !== undefined ? context.netError(failure.code) : undefined,
    resolutionIds: dns.ids,
    dns: dns.times,
    requestIds: requests,
    attempts: settle(drafts, winner, end, context),
    winner: winnerView(winner),
    pooledOnto: pooled && { sessionId: pooled.sessionId, by: pooled.by },
    fallback: fallbackOf(drafts, winner, dns),
    delays: {
      resolutionDelayMs: dns.resolutionDelayMs,
      connectionAttemptDelayMs: observedAttemptDelay(connectJobs, drafts, context),
      ...tcpDelays(streamJobs, parts.streamJobs, context),
    },
    evidence: evidenceOf(jobs.map((j) => j.id), [...jobs.map((j) => j.start), end, group.end]),
  };
}

function engineOf(jobs: readonly ConnectJobRecord[]): RaceEngine | undefined {
  const layers = jobs.flatMap((j) => [...j.layers]);
  if (layers.includes('tcp')) return 'hev2';
  return layers.includes('transport') || jobs.some((j) => j.type === 'TRANSPORT_CONNECT_JOB') ? 'legacy' : undefined;
}

/** A session made for another host that took the place of a connection. */
function pooledOnto(
  group: Group,
  streamJobs: readonly StreamJobRecord[],
  { pooling, quicSessions, http2Sessions }: ConnectJobRaceParts,
): { sessionId: number; at: Moment; by: NonNullable<Race['pooledOnto']>['by'] } | undefined {
  const { destination } = group.key;
  if (destination === undefined) return undefined;
  const origin = originText(destination);
  const verdict = pooling.matchedWithin(origin, group.start, group.end);
  if (verdict !== undefined) return verdict;
  for (const { existingSession } of streamJobs) {
    if (existingSession === undefined) continue;
    const { id: sessionId, at, fromIpPool } = existingSession;
    const session = quicSessions.sessions.get(sessionId);
    // Other than by the addresses just resolved, an HTTP/2 session serves no other host.
    const http2Host = parseHost(http2Sessions.sessions.get(sessionId)?.host)?.host;
    if (fromIpPool || (http2Host !== undefined && http2Host !== destination.host)) return { sessionId, at, by: 'ip' };
    if (session !== undefined && session.host !== destination.host) {
      return { sessionId, at, by: session.originFrame?.origins.has(origin) === true ? 'origin-frame' : 'alias' };
    }
  }
  return undefined;
}

/** Preconnect jobs log no HTTP_STREAM_JOB BEGIN, and nothing starts them by name. */
function isPreconnect(job: StreamJobRecord): boolean {
  return !job.begun && job.controllerId === undefined;
}

/**
 * The last error that a job ended with, unless another job was still at work and ended later without
 * one: then nobody wanted the result any more. Where no job had an error, that of the stream jobs
 * (a network change), or of the resolution that all needed.
 */
function failureOf(
  { connectJobs, quicJobs }: Group,
  streamJobs: readonly StreamJobRecord[],
  dns: RaceDns,
): { at: Moment | undefined; code: number } | undefined {
  const ends = [
    ...connectJobs.map((j) => ({ at: j.outermost?.end, code: j.outermost?.netError })),
    ...quicJobs.map((j) => ({ at: j.connect?.end, code: j.connect?.netError })),
  ];
  const errors = ends
    .flatMap(({ at, code }) => (at === undefined || code === undefined || code === ABORTED ? [] : [{ at, code }]))
    .toSorted((a, b) => compareMoments(a.at, b.at));
  const last = errors.at(-1);
  if (last !== undefined) return connectJobs.some((j) => j.end !== undefined && j.end.time > last.at.time) ? undefined : last;
  const refused = streamJobs.find((j) => j.poolError !== undefined && j.poolError.code !== ABORTED)?.poolError;
  return refused ?? (dns.failed && dns.error !== undefined && dns.error !== ABORTED ? { at: undefined, code: dns.error } : undefined);
}

/** Requests that were waiting when the race ended. */
function requestsOf(jobs: readonly StreamJobRecord[], { controllers }: StreamJobHandler, end: Moment | undefined): number[] {
  const waiting = jobs.filter((job) => end === undefined || job.start.index <= end.index);
  const ids = waiting.flatMap(({ controllerId, requestId }) => {
    if (requestId !== undefined) return [requestId];
    if (controllerId === undefined) return [];
    const controller = controllers.get(controllerId);
    // Before controllers were logged, a job's dependency was the request itself.
    if (controller === undefined) return [controllerId];
    return controller.preconnect || controller.requestId === undefined ? [] : [controller.requestId];
  });
  return [...new Set(ids)];
}

function observedAttemptDelay(jobs: readonly ConnectJobRecord[], drafts: readonly AttemptDraft[], context: Context): number | undefined {
  const job = jobs.find((j) => j.slow !== undefined);
  const start = job && earliest(drafts.filter((d) => d.sourceIds.includes(job.id)).map((d) => d.start));
  const delay = job?.slow && start && context.between(start, job.slow);
  // Not above 0: the first attempt is lost with the head of the log.
  return delay !== undefined && delay > 0 ? delay : undefined;
}

/** The main job's handicap for QUIC, and how long it really waited: DELAYED to RESUMED. */
function tcpDelays(jobs: readonly StreamJobRecord[], { controllers }: StreamJobHandler, context: Context): Partial<Race['delays']> {
  for (const job of jobs) {
    const delayed = controllers.get(job.controllerId ?? Number.NaN)?.delayed;
    if (delayed === undefined) continue;
    const held = delayed.delay > 0 && job.resumed !== undefined ? context.between(delayed.at, job.resumed) : undefined;
    if (job.resumed !== undefined || delayed.delay > 0) return { tcpBasedAttemptDelayMs: delayed.delay, tcpHeldBackMs: held };
  }
  return {};
}
