/**
 * What resolver jobs let their requesters know, worked out once a job: any number of races may have asked the same one.
 */
import type { Moment } from '../handlers/handler.ts';
import type { ResolverJobRecord } from '../handlers/resolver-jobs.ts';
import type { ServiceEndpoint } from '../resolution.ts';
import { type ServiceRank, serviceRank } from './service-rank.ts';

export interface Heard {
  /** The first update that named an endpoint. */
  readonly firstAt: (job: ResolverJobRecord) => Moment | undefined;
  /** Where in the log an update of one of the jobs first names an address; infinity: nowhere. */
  readonly naming: (jobs: readonly ResolverJobRecord[]) => (address: string) => number;
  /** Its first task did not answer, a later one did. */
  readonly answeredByLaterTask: (job: ResolverJobRecord) => boolean;
  readonly rankIn: (endpoints: readonly ServiceEndpoint[]) => ServiceRank;
}

/** Jobs that are asked for an address; a race asks one or two, and each connect job of it one. */
const MOST_JOBS = 64;

export function createHeard(): Heard {
  const firstNamedBy = once((job: ResolverJobRecord) => firstNamed(job.updates));
  return {
    firstAt: once((job) => job.updates.find(({ endpoints }) => endpoints.length > 0)?.at),
    naming: (jobs) => (address) =>
      jobs.slice(0, MOST_JOBS).reduce((first, job) => Math.min(first, firstNamedBy(job).get(address)?.at.index ?? first), Number.POSITIVE_INFINITY),
    answeredByLaterTask: once((job) => job.tasks.findIndex(({ end, netError }) => end !== undefined && netError === undefined) > 0),
    rankIn: once(serviceRank),
  };
}

/** For each address the first update that named it. */
export function firstNamed<Update extends { readonly at: Moment; readonly endpoints: readonly ServiceEndpoint[] }>(updates: readonly Update[]): ReadonlyMap<string, Update> {
  const first = new Map<string, Update>();
  for (const update of updates) {
    for (const address of update.endpoints.flatMap((e) => [...e.ipv4, ...e.ipv6])) {
      const known = first.get(address);
      if (known === undefined || update.at.index < known.at.index) first.set(address, update);
    }
  }
  return first;
}

function once<Of extends object, Result>(work: (of: Of) => Result): (of: Of) => Result {
  const done = new Map<Of, { readonly result: Result }>();
  return (of) => {
    const known = done.get(of) ?? { result: work(of) };
    done.set(of, known);
    return known.result;
  };
}
