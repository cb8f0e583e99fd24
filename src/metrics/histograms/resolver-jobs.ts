/** Resolver jobs: how they ended, from HOST_RESOLVER_MANAGER_JOB_STARTED to HOST_RESOLVER_MANAGER_JOB END. */
import type { JournalEvent } from '../../model/journal.ts';
import { dependency, flag, netError, number, texts } from '../../model/handlers/params.ts';
import type { Count } from './counters.ts';
import { CODES, LONG_TIMES } from './layouts.ts';
import { NETWORK_CHANGED, QUEUE_TOO_LARGE, ABORTED } from './net-errors.ts';
import { type Timelines, elapsed, lastBefore } from './timelines.ts';

/** A job that failed in less time was never on the network. */
const SLOW_FROM_MS = 10;

const HTTPS = 65;

/** Net.DNS.ResolveCategory. */
const CATEGORY = { success: 0, failure: 1, speculativeSuccess: 2, speculativeFailure: 3, abort: 4, speculativeAbort: 5 } as const;

/** Net.DNS.ResolveFallbackPath, as far as its values are known. */
const PATH = { secure: 0, insecure: 6, systemAfterInsecure: 8, system: 10 } as const;

export function countResolverJobs(timelines: Timelines, count: Count): void {
  for (const timeline of timelines.having('HOST_RESOLVER_MANAGER_JOB')) {
    const end = timeline.find(({ type, phase }) => type === 'HOST_RESOLVER_MANAGER_JOB' && phase === 'END');
    if (end === undefined) continue;
    const error = netError(end.params);
    const cancelled = timeline.some(({ type, index }) => type === 'CANCELLED' && index < end.index);
    if (!cancelled && error !== ABORTED) countJob(count, { timelines, timeline, end, error });
  }
}

interface EndedJob {
  readonly timelines: Timelines;
  readonly timeline: readonly JournalEvent[];
  readonly end: JournalEvent;
  readonly error: number | undefined;
}

function countJob(count: Count, job: EndedJob): void {
  const { timelines, timeline, end, error } = job;
  const wanted = timeline.some((event) => event.type === 'HOST_RESOLVER_MANAGER_JOB_REQUEST_ATTACH' && !isSpeculative(timelines, event));
  const started = timeline.find(({ type }) => type === 'HOST_RESOLVER_MANAGER_JOB_STARTED');
  const time = started === undefined ? undefined : elapsed(started, end);
  count('Net.DNS.ResolveCategory', CODES, categoryOf(error, wanted));
  if (!wanted) return;
  if (error === undefined) {
    countTime(count, 'Net.DNS.ResolveSuccessTime', time, timeline);
    countSuccess(count, job);
    return;
  }
  if (!isAbort(error)) countTime(count, 'Net.DNS.ResolveFailureTime', time, timeline);
  if (time !== undefined) count(`Net.DNS.ResolveError.${time < SLOW_FROM_MS ? 'Fast' : 'Slow'}`, CODES, Math.abs(error));
}

function countTime(count: Count, name: string, time: number | undefined, timeline: readonly JournalEvent[]): void {
  if (time === undefined) return;
  count(name, LONG_TIMES, time);
  const families = familiesOf(timeline);
  if (families !== undefined) count(`${name}.${families}`, LONG_TIMES, time);
}

function countSuccess(count: Count, { timelines, timeline }: EndedJob): void {
  const askedHttps = timeline.some(
    ({ type, phase, params }) => type === 'DNS_TRANSACTION' && phase === 'NONE' && queryType(timelines, dependency(params)) === HTTPS,
  );
  count('Net.DNS.JobAttemptedHttps', CODES, askedHttps ? 1 : 0);
  const path = pathOf(timeline);
  if (path !== undefined) count('Net.DNS.ResolveFallbackPath', CODES, path);
}

/** Whoever asked without a BEGIN wants service endpoints, and those are never speculative. */
function isSpeculative(timelines: Timelines, attach: JournalEvent): boolean {
  const asked = lastBefore(timelines.ofType(dependency(attach.params), 'HOST_RESOLVER_MANAGER_REQUEST', 'BEGIN'), attach.index);
  return flag(asked?.params, 'is_speculative') === true;
}

function isAbort(error: number): boolean {
  return error === NETWORK_CHANGED || error === QUEUE_TOO_LARGE;
}

function categoryOf(error: number | undefined, wanted: boolean): number {
  if (error === undefined) return wanted ? CATEGORY.success : CATEGORY.speculativeSuccess;
  if (isAbort(error)) return wanted ? CATEGORY.abort : CATEGORY.speculativeAbort;
  return wanted ? CATEGORY.failure : CATEGORY.speculativeFailure;
}

/** The last task answered; those before it had failed. `undefined`: a path whose value is not known, or no such task. */
function pathOf(timeline: readonly JournalEvent[]): number | undefined {
  const tasks = timeline.filter(({ type, phase }) => phase === 'BEGIN' && (type === 'HOST_RESOLVER_DNS_TASK' || type === 'HOST_RESOLVER_SYSTEM_TASK'));
  const kinds = tasks.map(({ type, params }) => (type === 'HOST_RESOLVER_SYSTEM_TASK' ? 'system' : flag(params, 'secure') === true ? 'secure' : 'insecure'));
  switch (kinds.join(' ')) {
    case 'secure':
      return PATH.secure;
    case 'insecure':
      return PATH.insecure;
    case 'insecure system':
      return PATH.systemAfterInsecure;
    case 'system':
      return PATH.system;
    default:
      return undefined;
  }
}

/** The suffix of the older names: which addresses were asked for. */
function familiesOf(timeline: readonly JournalEvent[]): 'IPV4' | 'IPV6' | 'UNSPEC' | undefined {
  const begin = timeline.find(({ type, phase }) => type === 'HOST_RESOLVER_MANAGER_JOB' && phase === 'BEGIN');
  const types = texts(begin?.params, 'dns_query_types');
  const [ipv4, ipv6] = [types.includes('A'), types.includes('AAAA')];
  if (types.includes('UNSPECIFIED') || (ipv4 && ipv6)) return 'UNSPEC';
  if (ipv4) return 'IPV4';
  return ipv6 ? 'IPV6' : undefined;
}

/** RR type number of a transaction's question. */
function queryType(timelines: Timelines, transactionId: number | undefined): number | undefined {
  return number(timelines.ofType(transactionId, 'DNS_TRANSACTION', 'BEGIN')[0]?.params, 'query_type');
}
