/** What became of the queries for HTTPS records. */
import type { DnsTransaction, Resolution } from '../../model/resolution.ts';
import { isAnswered } from '../subjects/page-resolutions.ts';

/** DNS transactions; what is neither answered, cut nor failed was under way when the log ended. */
export interface QueryTally {
  readonly asked: number;
  /** With records, without, or that the name does not exist. */
  readonly answered: number;
  /** Given up by the browser, which had waited for it long enough, or no longer needed it. */
  readonly cut: number;
  readonly failed: number;
}

export function queryTally(resolutions: readonly Resolution[]): QueryTally {
  const queries = resolutions.flatMap(({ transactions }) => transactions.filter(({ type }) => type === 'HTTPS'));
  const count = (holds: (transaction: DnsTransaction) => boolean): number => queries.filter(holds).length;
  return {
    asked: queries.length,
    answered: count(isAnswered),
    cut: count(({ outcome }) => outcome === 'cancelled'),
    failed: count((transaction) => transaction.outcome === 'failed' && !isAnswered(transaction)),
  };
}
