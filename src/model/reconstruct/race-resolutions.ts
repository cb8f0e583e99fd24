/**
 * What a race knew of its host's endpoints, and when: the resolver requests of its sources, the
 * jobs behind them, and for each attempt whether its endpoint was intermediate, final or cached.
 */
import { parseEndpoint } from '../../address.ts';
import type { ManagerUpdate } from '../handlers/attempt-managers.ts';
import type { Moment } from '../handlers/handler.ts';
import type { ResolverJobHandler, ResolverJobRecord } from '../handlers/resolver-jobs.ts';
import type { ResolverRequestHandler, ResolverRequestRecord } from '../handlers/resolver-requests.ts';
import type { Ticks } from '../../units.ts';
import type { EndpointStage, Race } from '../race.ts';
import { type Context, earliest, latest } from './context.ts';
import { createHeard, firstNamed } from './heard-of-jobs.ts';
import type { ServiceRank } from './service-rank.ts';

export type StageOf = (ipEndpoint: string, start: Moment) => EndpointStage;

export interface RaceDns {
  readonly ids: number[];
  readonly times: Race['dns'];
  /** The times, where an attempt shows that an endpoint was known before the manager was told. */
  timesFor(attempts: readonly { readonly start: { readonly time: Ticks } }[]): Race['dns'];
  readonly resolutionDelayMs: number | undefined;
  /** Whether a connection used a service less preferred than others that were on offer when resolution finished; by the last update where it did not. */
  readonly isLesser: ServiceRank;
  /** A later resolver task answered. */
  readonly laterTask: boolean;
  readonly failed: boolean;
  readonly error: number | undefined;
  readonly stageOf: StageOf;
}

export interface RaceResolutions {
  /** `updates`: what an attempt manager was told; empty for the engines that log no such thing. */
  of(requesterIds: readonly number[], from: Moment, updates: readonly ManagerUpdate[]): RaceDns;
}

export function createRaceResolutions(requests: ResolverRequestHandler, jobs: ResolverJobHandler, context: Context): RaceResolutions {
  const heard = createHeard();
  return {
    of(requesterIds, from, updates) {
      const own = requesterIds.flatMap((id) => requests.of(id));
      const ownJobs = [...new Set(own.map((r) => r.jobId))].map((id) => jobs.jobs.get(id ?? Number.NaN)).filter((j) => j !== undefined);
      const hits = own.filter((r) => r.jobId === undefined && (r.hit ?? r.stale) !== undefined);
      const told = updates.filter((u) => u.endpoints.length > 0);
      const final = updates.findLast((u) => u.stage === 'final');
      const first = updates.length > 0 ? earliest(told.map((u) => u.at)) : earliest([...own.map((r) => answeredAt(r, jobs)), ...ownJobs.map(heard.firstAt)]);
      const ready = updates.find((u) => u.cryptoReady === true)?.at ?? final?.at ?? (updates.length > 0 ? undefined : earliest(own.map((r) => answeredAt(r, jobs))));
      const finished = final?.at ?? (updates.length > 0 ? undefined : (earliest(own.map((r) => answeredAt(r, jobs))) ?? latest(own.map((r) => endOf(r, jobs)))));
      const start = earliest(own.map((r) => r.begin)) ?? (updates.length > 0 ? from : undefined);
      const delay = ownJobs.find((j) => j.resolutionDelay !== undefined)?.resolutionDelay;
      const errors = own.map((r) => errorOf(r, jobs)).filter((e) => e !== undefined);
      const times: Race['dns'] = {
        startMs: start && context.at(start),
        firstEndpointsMs: first && context.at(first),
        cryptoReadyMs: first && ready && context.at(ready),
        finalMs: finished && context.at(finished),
      };
      return {
        ids: [...new Set([...ownJobs.map((j) => j.id), ...hits.map((r) => r.requesterId)])],
        times,
        timesFor(attempts) {
          const early = earliest(ownJobs.map(heard.firstAt));
          const isEarly = first !== undefined && early !== undefined && attempts.some((a) => a.start.time < first.time);
          return isEarly ? { ...times, firstEndpointsMs: context.at(early) } : times;
        },
        resolutionDelayMs: delay?.end && context.between(delay.begin, delay.end),
        isLesser: heard.rankIn((final ?? told.at(-1))?.endpoints ?? ownJobs.findLast((j) => j.updates.length > 0)?.updates.at(-1)?.endpoints ?? []),
        laterTask: ownJobs.some(heard.answeredByLaterTask),
        failed: errors.length > 0 && errors.length === own.length,
        error: errors.at(-1),
        stageOf: updates.length > 0 ? stageByUpdates(updates, heard.naming(ownJobs), hits.length > 0 && ownJobs.length === 0) : stageByJobs(ownJobs, hits, from, context),
      };
    },
  };
}

/**
 * HEv3: an endpoint is intermediate if an update before the end of resolution named it. An attempt
 * begun later to such an endpoint is still one on an endpoint known early.
 */
function stageByUpdates(updates: readonly ManagerUpdate[], heardAt: (address: string) => number, cached: boolean): StageOf {
  if (cached) return () => 'cached';
  const told = firstNamed(updates);
  return (ipEndpoint, start) => {
    const address = parseEndpoint(ipEndpoint)?.address ?? '';
    const first = told.get(address);
    if (first !== undefined && first.at.index < start.index) return first.stage;
    // A request that comes while resolution goes on is served before the manager is told again.
    return heardAt(address) < start.index ? 'intermediate' : 'unknown';
  };
}

/**
 * HEv2 and legacy log no updates on the connect job, so the job's own end decides: an attempt begun
 * before it used what was known by then. A cache entry that this race's own resolution has just made
 * counts as that resolution; one from before the race is cached.
 */
function stageByJobs(jobs: readonly ResolverJobRecord[], hits: readonly ResolverRequestRecord[], from: Moment, context: Context): StageOf {
  let [final, intermediate, cached] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { start, end, netError, updates } of jobs) {
    if (end !== undefined && netError === undefined) final = Math.min(final, Math.max(start.index, end.index));
    if (updates[0] !== undefined) intermediate = Math.min(intermediate, Math.max(start.index, updates[0].at.index));
  }
  // A race begun before the log may have resolved before it.
  if (context.at(from) >= 0) for (const { begin } of hits) cached = Math.min(cached, begin.index);
  return (_, { index }) => {
    if (final < index) return 'final';
    if (intermediate < index) return 'intermediate';
    return cached < index ? 'cached' : 'unknown';
  };
}

function endOf(request: ResolverRequestRecord, jobs: ResolverJobHandler): Moment | undefined {
  return request.end ?? jobs.jobs.get(request.jobId ?? Number.NaN)?.end;
}

function answeredAt(request: ResolverRequestRecord, jobs: ResolverJobHandler): Moment | undefined {
  if (request.hit !== undefined) return request.hit.answer.error === undefined ? request.hit.at : undefined;
  if (request.stale !== undefined) return request.stale.at;
  if (request.cancelled !== undefined || request.netError !== undefined) return undefined;
  if (!request.serviceEndpoints) return request.end;
  const job = request.jobId === undefined ? undefined : jobs.jobs.get(request.jobId);
  return job?.netError === undefined && job?.cancelled === undefined ? job?.end : undefined;
}

/** A request for service endpoints logs no error of its own; once it is cancelled, what its job comes to is no concern of it. */
function errorOf(request: ResolverRequestRecord, jobs: ResolverJobHandler): number | undefined {
  const own = request.netError ?? request.hit?.answer.error;
  if (own !== undefined || !request.serviceEndpoints || request.cancelled !== undefined || request.jobId === undefined) return own;
  return jobs.jobs.get(request.jobId)?.netError;
}
