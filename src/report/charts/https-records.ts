/**
 * HTTPS records (RFC 9460): what became of the queries for them, what the records that arrived advertise, and how many
 * were used or ignored and why. A log shows dropped records only where it holds raw DNS answers or a note that all were dropped.
 */
import type { DnsTransaction, HttpsRecord, Resolution } from '../../model/resolution.ts';
import { formatCount, formatNetError, formatPlural } from '../format.ts';
import { emptyChart, framed, PLOT_WIDTH, tooltip, type ChartSpecification } from './chart-specification.ts';
import { chartText } from './chart-text.ts';
import { tally } from './counts.ts';
import { meaningScale, type Meaning, type Theme } from './palette.ts';
import { ROW, rowLabels } from './row-labels.ts';

const STATES = { used: 'used', 'ignored by the client': 'ignored', 'no record': 'absent', 'cut off': 'lost', 'no answer': 'failed' } as const satisfies Record<string, Meaning>;
type State = keyof typeof STATES;

interface Bar {
  readonly group: 'queries' | 'records advertise' | 'ignored because';
  readonly what: string;
  readonly state: State;
}

/** Different reasons and errors; the rest is gathered in one bar. */
const MOST_BARS = 30;

export function httpsRecords(resolutions: readonly Resolution[], theme: Theme): ChartSpecification {
  const title = 'HTTPS records: advertised, used, ignored';
  const counted = resolutions.filter(({ forResolver }) => forResolver !== true);
  const bars = counted.flatMap((resolution) => [...queryBars(resolution), ...resolution.httpsRecords.flatMap(recordBars)]);
  if (bars.length === 0) return emptyChart(theme, title, counted.length === 0 ? 'The trace has no resolutions.' : `None of the ${formatPlural(counted.length, 'resolution')} asked for HTTPS records.`);
  const counts = tally(bars, ({ group, what, state }) => `${group} ${what} ${state}`);
  const lanes = [...new Set(counts.toSorted((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) || b.count - a.count).map(laneOf))];
  const shown = lanes.slice(0, MOST_BARS);
  const values = counts.flatMap((count) => (shown.includes(laneOf(count)) ? [{ row: shown.indexOf(laneOf(count)), ...count }] : []));
  const labels = shown.map((lane, row) => ({ row, left: lane, right: formatCount(values.filter((value) => value.row === row).reduce((sum, { count }) => sum + count, 0)) }));
  const queried = counted.filter(({ transactions }) => transactions.some(({ type }) => type === 'HTTPS')).length;
  return framed(
    theme,
    {
      title,
      subtitle: [
        `n = ${formatPlural(queried, 'resolution')} that asked for HTTPS records, of ${formatCount(counted.length)}; ${formatPlural(counted.flatMap((resolution) => resolution.httpsRecords).length, 'record')} seen`,
        'Records are those that the log shows: of what the client dropped, a log without raw DNS answers tells little.',
        ...(lanes.length > shown.length ? [`${formatCount(lanes.length - shown.length)} rarer errors and reasons are not drawn.`] : []),
      ],
    },
    {
      width: PLOT_WIDTH,
      height: { step: 24 },
      layer: [
        {
          data: { values },
          mark: { type: 'bar', height: { band: 0.65 } },
          encoding: {
            y: ROW,
            x: { field: 'count', type: 'quantitative', stack: 'zero', axis: { title: 'queries or records (count)', tickMinStep: 1 } },
            color: { field: 'state', type: 'nominal', title: null, scale: meaningScale(theme, STATES, new Set(values.map(({ state }) => state))) },
            tooltip: tooltip('group', 'what', 'state', 'count'),
          },
        },
        rowLabels(labels, theme.quietText),
      ],
    },
  );
}

const GROUPS: readonly string[] = ['queries', 'records advertise', 'ignored because'] satisfies Bar['group'][];

function laneOf({ group, what }: { readonly group: string; readonly what: string }): string {
  return `${group}: ${what}`;
}

function queryBars({ transactions, httpsRecords: records }: Resolution): Bar[] {
  return transactions.filter(({ type }) => type === 'HTTPS').map((transaction) => ({ group: 'queries' as const, ...queryOutcome(transaction, records) }));
}

function queryOutcome({ outcome, rcode, netError }: DnsTransaction, records: readonly HttpsRecord[]): Pick<Bar, 'what' | 'state'> {
  switch (outcome) {
    case 'ok':
      if (records.length === 0) return { what: 'answered, no record shown', state: 'no record' };
      return records.some(({ used }) => used === true) ? { what: 'answered, a record used', state: 'used' } : { what: 'answered, records ignored', state: 'ignored by the client' };
    case 'failed':
      if (rcode === 'NXDOMAIN') return { what: 'NXDOMAIN', state: 'no record' };
      return { what: chartText(rcode === undefined || rcode === 'NOERROR' ? formatNetError(netError) || 'failed' : rcode, 40), state: 'no answer' };
    case 'cancelled':
      return { what: 'cut off by the client', state: 'cut off' };
    case 'unfinished':
      return { what: 'unfinished', state: 'no answer' };
  }
}

function recordBars(record: HttpsRecord): Bar[] {
  const state: State = record.used === true ? 'used' : 'ignored by the client';
  const features = [
    ...record.alpn.map((protocol) => `ALPN ${chartText(protocol, 20)}`),
    ...(record.ech ? ['ECH'] : []),
    ...(record.ipv4Hint.length > 0 ? ['ipv4hint'] : []),
    ...(record.ipv6Hint.length > 0 ? ['ipv6hint'] : []),
    ...(record.mode === 'alias' ? ['AliasMode'] : []),
    ...(record.targetName === undefined || record.targetName === record.ownerName || record.targetName === '.' ? [] : ['another TargetName']),
  ];
  return [
    ...features.map((what) => ({ group: 'records advertise' as const, what, state })),
    ...(record.used === true ? [] : [{ group: 'ignored because' as const, what: chartText(record.ignoredBecause ?? 'the log does not say', 60), state }]),
  ];
}
