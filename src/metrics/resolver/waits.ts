/** What waiting cost: for a turn, for the HTTPS record, for the other family, for a second way to ask. */
import type { DnsTransaction, Resolution } from '../../model/resolution.ts';
import type { Summary } from '../metric.ts';
import { isAnswered } from '../subjects/page-resolutions.ts';
import { measure } from '../subjects/values.ts';
import { summaryOf } from './summary-of.ts';

export interface Wait {
  /** Jobs that waited. */
  readonly n: number;
  /** Jobs that could have. */
  readonly of: number;
  /** Of those that waited. */
  readonly duration?: Summary;
}

export interface ResolverWaits {
  /** Resolver requests that had no job of their own, because another's was under way. */
  readonly requestsSharing: number;
  /** Jobs that were not started at once. */
  readonly queued: Wait;
  /** The HTTPS answer, or the end of the job without one, came after the last address answer. */
  readonly https: Wait;
  /** AAAA was answered after A, and the reverse. */
  readonly aaaaAfterA: Wait;
  readonly aAfterAaaa: Wait;
  /** A later resolver task answered; the time that the tasks before it took. */
  readonly laterTask: Wait;
}

export function resolverWaits(resolutions: readonly Resolution[]): ResolverWaits {
  const jobs = resolutions.filter(({ source }) => source === 'network');
  const ofFamilies = jobs.flatMap((job) => {
    const [a, aaaa] = [answeredAt(job, 'A'), answeredAt(job, 'AAAA')];
    return a === undefined || aaaa === undefined ? [] : [aaaa - a];
  });
  const withHttps = jobs.filter(({ transactions }) => transactions.some(({ type }) => type === 'HTTPS') && transactions.some(isForAddresses));
  return {
    requestsSharing: jobs.reduce((sum, { requesterIds }) => sum + Math.max(0, requesterIds.length - 1), 0),
    queued: waitOf(measure(jobs, ({ queuedMs }) => queuedMs), jobs.length),
    https: waitOf(measure(withHttps, httpsWait), withHttps.length),
    aaaaAfterA: waitOf(ofFamilies, ofFamilies.length),
    aAfterAaaa: waitOf(ofFamilies.map((gap) => -gap), ofFamilies.length),
    laterTask: waitOf(measure(jobs, laterTaskWait), jobs.length),
  };
}

/** Waits of 0, or less than that, are none. */
function waitOf(values: readonly number[], of: number): Wait {
  const waits = values.filter((value) => value > 0);
  const duration = summaryOf(waits);
  return { n: waits.length, of, ...(duration !== undefined && { duration }) };
}

function isForAddresses({ type }: DnsTransaction): boolean {
  return type === 'A' || type === 'AAAA';
}

function answeredAt({ transactions }: Resolution, type: string): number | undefined {
  return transactions.find((transaction) => transaction.type === type && isAnswered(transaction))?.endMs;
}

/** `undefined` if an address query never ended, or the job has no end to count to. */
function httpsWait({ transactions, endMs }: Resolution): number | undefined {
  const ends = transactions.filter(isForAddresses).map((transaction) => transaction.endMs);
  const https = transactions.find(({ type }) => type === 'HTTPS')?.endMs ?? endMs;
  if (https === undefined || ends.some((end) => end === undefined)) return undefined;
  return Math.max(0, https - ends.reduce<number>((last, end = 0) => Math.max(last, end), Number.NEGATIVE_INFINITY));
}

function laterTaskWait({ tasks }: Resolution): number | undefined {
  const answered = tasks.findIndex(({ outcome }) => outcome === 'ok');
  const [first] = tasks;
  const task = tasks[answered];
  return answered > 0 && first !== undefined && task !== undefined ? task.startMs - first.startMs : undefined;
}
