/** The columns of a judged threshold. */
import type { LimitOutcome } from '../../compare/thresholds/judge-thresholds.ts';
import type { LimitState } from '../../compare/verdict.ts';
import type { Column } from '../column.ts';
import { formatMetricValue } from '../format.ts';
import { plainText } from '../plain-text.ts';
import { cutMiddle } from '../terminal/text-width.ts';
import type { Tone } from '../view.ts';
import { formatDifference, formatPValue } from './difference-text.ts';

const LIMIT_TONES: Readonly<Record<LimitState, Tone | undefined>> = {
  failed: 'bad',
  inconclusive: 'warning',
  'not comparable': 'warning',
  skipped: 'dim',
  passed: 'good',
};

const ORDER: readonly LimitState[] = ['failed', 'inconclusive', 'not comparable', 'skipped', 'passed'];

/** The failed first, among those the errors before the warnings; ties keep the order of the file. */
export function failedFirst(limits: readonly LimitOutcome[]): LimitOutcome[] {
  return limits.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || Number(a.level === 'warn') - Number(b.level === 'warn'));
}

function isDifference({ condition }: LimitOutcome): boolean {
  return /^\s*delta|\bbase\s*$/i.test(condition);
}

/** What was held against the limit, in the metric's unit. */
export function formatObserved(row: LimitOutcome, value: number | undefined): string {
  return isDifference(row) ? formatDifference(value, row.unit) : formatMetricValue(value, row.unit);
}

/** How many hosts are named; a page full of ads contacts hundreds. */
const MOST_HOSTS = 8;
const WIDEST_HOST = 60;

/** Why it is as it is; `''` if there is nothing to add. */
export function limitNote({ reason, hosts = [] }: LimitOutcome): string {
  const more = hosts.length > MOST_HOSTS ? ` and ${hosts.length - MOST_HOSTS} more` : '';
  return [...(reason === undefined ? [] : [reason]), ...(hosts.length === 0 ? [] : [`${hosts.slice(0, MOST_HOSTS).map((host) => cutMiddle(plainText(host), WIDEST_HOST)).join(', ')}${more}`])].join('; ');
}

export const limitColumns: readonly Column<LimitOutcome>[] = [
  { id: 'state', title: 'Threshold', rank: 0, value: ({ state, level }) => (state === 'failed' && level === 'warn' ? 'failed (warn)' : state), tone: ({ state, level }) => (level === 'warn' && state === 'failed' ? 'warning' : LIMIT_TONES[state]) },
  { id: 'metric', title: 'Metric', rank: 0, shrinkTo: 24, value: ({ metric }) => metric },
  { id: 'condition', title: 'Condition', rank: 0, shrinkTo: 34, verbatim: true, value: ({ condition }) => condition },
  { id: 'observed', title: 'Found', align: 'right', rank: 0, value: ({ observed }) => observed, text: (row) => formatObserved(row, row.observed) },
  { id: 'limit', title: 'Limit', align: 'right', rank: 2, value: ({ limit }) => limit, text: (row) => formatObserved(row, row.limit) },
  { id: 'pValue', title: 'p', align: 'right', rank: 3, value: ({ pValue }) => pValue, text: ({ pValue }) => formatPValue(pValue) },
];
