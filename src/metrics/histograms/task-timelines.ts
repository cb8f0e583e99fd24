/**
 * DNS tasks of resolver jobs: the transactions that each started, and which of them were answered.
 *
 * A transaction counts as answered if its results were taken over (…EXTRACTION_RESULTS on the job): addresses, or that
 * there are none. A failed HTTPS query of plain DNS counts too, because it is ignored.
 */
import type { JournalEvent } from '../../model/journal.ts';
import { dependency, flag, netError, number, objects } from '../../model/handlers/params.ts';
import { ABORTED, NAME_NOT_RESOLVED } from './net-errors.ts';
import { type Timelines, firstAfter } from './timelines.ts';

export interface TaskTransaction {
  /** DNS_TRANSACTION on the job: the transaction got its turn. */
  readonly link: JournalEvent;
  readonly type: 'A' | 'AAAA' | 'HTTPS' | undefined;
  readonly end: JournalEvent | undefined;
  /** Net error of `end`. */
  readonly error: number | undefined;
  readonly answer: { readonly taken: JournalEvent; readonly hasMetadata: boolean } | undefined;
}

export interface DnsTaskTimeline {
  readonly begin: JournalEvent;
  /** Absent if the job dropped the task. */
  readonly end: JournalEvent | undefined;
  readonly jobEnd: JournalEvent | undefined;
  readonly secure: boolean;
  readonly transactions: readonly TaskTransaction[];
  /** The job gave up waiting for HTTPS. */
  readonly timeout: JournalEvent | undefined;
}

const TYPES: ReadonlyMap<number | undefined, 'A' | 'AAAA' | 'HTTPS'> = new Map([
  [1, 'A'],
  [28, 'AAAA'],
  [65, 'HTTPS'],
]);

export function dnsTasksOf(timelines: Timelines, job: readonly JournalEvent[]): DnsTaskTimeline[] {
  const begins = job.flatMap((begin, at) => (begin.type === 'HOST_RESOLVER_DNS_TASK' && begin.phase === 'BEGIN' ? [{ begin, at }] : []));
  const jobEnd = job.find(({ type, phase }) => type === 'HOST_RESOLVER_MANAGER_JOB' && phase === 'END');
  return begins.map(({ begin, at }, i) => {
    const own = job.slice(at + 1, begins[i + 1]?.at);
    return {
      begin,
      end: own.find(({ type, phase }) => type === 'HOST_RESOLVER_DNS_TASK' && phase === 'END'),
      jobEnd,
      secure: flag(begin.params, 'secure') === true,
      transactions: transactionsOf(timelines, own),
      timeout: own.find(({ type }) => type === 'HOST_RESOLVER_DNS_TASK_TIMEOUT'),
    };
  });
}

function transactionsOf(timelines: Timelines, own: readonly JournalEvent[]): TaskTransaction[] {
  const extractions = own.filter(({ type }) => type.startsWith('HOST_RESOLVER_DNS_TASK_EXTRACTION_'));
  const links = own.filter(({ type, phase }) => type === 'DNS_TRANSACTION' && phase === 'NONE');
  const ended = links.map((link) => {
    const id = dependency(link.params);
    const [question] = timelines.ofType(id, 'DNS_TRANSACTION', 'BEGIN');
    const [end] = timelines.ofType(id, 'DNS_TRANSACTION', 'END');
    return { link, type: TYPES.get(number(question?.params, 'query_type')), end, error: netError(end?.params) };
  });
  const ends = ended.flatMap(({ end }) => end ?? []).toSorted((a, b) => a.index - b.index);
  const withMetadata = new Map<JournalEvent, boolean>();
  function hasMetadata(taken: JournalEvent): boolean {
    const has = withMetadata.get(taken) ?? objects(taken.params, 'results').some((result) => result['type'] === 'metadata');
    withMetadata.set(taken, has);
    return has;
  }
  return ended.map((transaction) => {
    const { end, error, type } = transaction;
    const usable = end !== undefined && (type === 'HTTPS' ? error !== ABORTED : error === undefined || error === NAME_NOT_RESOLVED);
    const taken = usable ? firstAfter(extractions, end.index) : undefined;
    // What is taken over next belongs to the transaction that ended last.
    const overtaken = end !== undefined && taken !== undefined && (firstAfter(ends, end.index)?.index ?? Number.POSITIVE_INFINITY) < taken.index;
    if (taken?.type !== 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS' || overtaken) return { ...transaction, answer: undefined };
    return { ...transaction, answer: { taken, hasMetadata: hasMetadata(taken) } };
  });
}
