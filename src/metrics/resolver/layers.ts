/**
 * The layers of host resolution, from resolver requests down to single exchanges with a server: how many things each
 * layer had, what became of them, and how long they took.
 *
 * Left out: lookups of a DNS-over-HTTPS server's own name, for which no page asked.
 */
import type { Outcome } from '../../model/common.ts';
import type { DnsAttempt, DnsTransaction, Resolution } from '../../model/resolution.ts';
import type { Summary } from '../metric.ts';
import { isAnswered } from '../subjects/page-resolutions.ts';
import { elapsed, measure } from '../subjects/values.ts';
import { summaryOf } from './summary-of.ts';

export type LayerName = 'resolver request' | 'resolver job' | 'resolver task' | 'DNS transaction' | 'DNS attempt';

/** One kind of thing in a layer. */
export interface LayerRow {
  readonly layer: LayerName;
  /** `cache`, `secure-dns`, `AAAA`, `udp`, …; what a layer has is its own vocabulary. */
  readonly kind: string;
  readonly n: number;
  /** Of a transaction, NXDOMAIN is an answer. Absent where the layer has no outcomes. */
  readonly outcomes?: Readonly<Record<Outcome, number>>;
  /** Of those that ended by themselves; absent if there are none. */
  readonly duration?: Summary;
}

/** In order of the layers; kinds in the order in which they first come. */
export function resolverLayers(resolutions: readonly Resolution[]): readonly LayerRow[] {
  const jobs = resolutions.filter(({ source }) => source === 'network');
  const transactions = jobs.flatMap((job) => job.transactions);
  return [
    ...requestRows(resolutions),
    ...rows('resolver job', jobs, () => 'network', ({ outcome }) => outcome),
    ...rows('resolver task', jobs.flatMap(({ tasks }) => tasks), ({ kind }) => kind, ({ outcome }) => outcome),
    ...rows('DNS transaction', transactions, ({ type }) => type, transactionOutcome),
    ...rows('DNS attempt', transactions.flatMap(({ attempts }) => attempts), ({ transport }) => transport, attemptOutcome),
  ];
}

/** What answered requests: a job that they had, or shared; the cache, the hosts file, configuration, or an IP literal. */
function requestRows(resolutions: readonly Resolution[]): LayerRow[] {
  const counts = new Map<string, number>();
  for (const { source, requesterIds } of resolutions) {
    const kind = source === 'network' ? 'answered by a job' : `answered by ${source}`;
    counts.set(kind, (counts.get(kind) ?? 0) + requesterIds.length);
  }
  return Array.from(counts, ([kind, n]): LayerRow => ({ layer: 'resolver request', kind, n }));
}

interface Span {
  readonly startMs: number;
  readonly endMs?: number | undefined;
}

function rows<Item extends Span>(layer: LayerName, items: readonly Item[], kindOf: (item: Item) => string, outcomeOf: (item: Item) => Outcome): LayerRow[] {
  const byKind = new Map<string, Item[]>();
  for (const item of items) {
    const own = byKind.get(kindOf(item));
    if (own === undefined) byKind.set(kindOf(item), [item]);
    else own.push(item);
  }
  return Array.from(byKind, ([kind, own]) => {
    const outcomes: Record<Outcome, number> = { ok: 0, failed: 0, cancelled: 0, unfinished: 0 };
    for (const item of own) outcomes[outcomeOf(item)] += 1;
    const decided = own.filter((item) => ['ok', 'failed'].includes(outcomeOf(item)));
    const duration = summaryOf(measure(decided, ({ startMs, endMs }) => elapsed(startMs, endMs)));
    return { layer, kind, n: own.length, outcomes, ...(duration !== undefined && { duration }) };
  });
}

function transactionOutcome(transaction: DnsTransaction): Outcome {
  return isAnswered(transaction) ? 'ok' : transaction.outcome;
}

/** An exchange without an end, of a transaction that is over, was given up with it. */
function attemptOutcome({ endMs, timedOut }: DnsAttempt): Outcome {
  if (timedOut === true) return 'failed';
  return endMs === undefined ? 'cancelled' : 'ok';
}
