/** One scenario under several profiles: for each request of the scenario, how long each client took to a connection, and over what. */
import type { Transport } from '../../model/race.ts';
import { formatCount, formatDuration, formatFamily, formatPlural, formatTransport } from '../format.ts';
import { emptyChart, framed, panelTitle, PLOT_WIDTH, tooltip, type ChartLayer, type ChartSpecification } from './chart-specification.ts';
import { chartText } from './chart-text.ts';
import { greatest, groupBy } from './counts.ts';
import { meaningScale, type Meaning, type Theme } from './palette.ts';
import { ROW, rowLabels } from './row-labels.ts';

/** What became of one request under one profile. */
export interface ProfileRow {
  readonly profile: string;
  /** Names the request; the same for all profiles. */
  readonly request: string;
  /** From its beginning to a connection that can carry it; absent: it got none. */
  readonly connectedMs?: number;
  readonly family?: 'ipv4' | 'ipv6';
  readonly transport?: Transport;
  /** It needed no connection of its own. */
  readonly reused?: boolean;
  /** Connection attempts of its race; absent: it had none. */
  readonly attempts?: number;
  /** From its beginning to its end without a connection; absent: it was not over when the simulation was. */
  readonly failedMs?: number;
  readonly error?: string;
}

const RESULTS = { IPv6: 'ipv6', IPv4: 'ipv4', 'no connection': 'failed' } as const satisfies Record<string, Meaning>;

/** More requests than these are not drawn. */
const MOST_REQUESTS = 12;
const MOST_PROFILES = 40;

/** `scenario`: what it is called. */
export function profileComparison(scenario: string, rows: readonly ProfileRow[], theme: Theme): ChartSpecification {
  const title = `Profiles in the scenario ${chartText(scenario, 60)}`;
  if (rows.length === 0) return emptyChart(theme, title, 'The scenario has no requests.');
  const requests = groupBy(rows, ({ request }) => request);
  const profiles = [...new Set(rows.map(({ profile }) => profile))];
  const hidden = [
    ...(requests.size > MOST_REQUESTS ? [`${formatCount(requests.size - MOST_REQUESTS)} more requests`] : []),
    ...(profiles.length > MOST_PROFILES ? [`${formatCount(profiles.length - MOST_PROFILES)} more profiles`] : []),
  ];
  const shown = [...requests].slice(0, MOST_REQUESTS).map(([request, own]) => [request, own.filter(({ profile }) => profiles.indexOf(profile) < MOST_PROFILES).slice(0, MOST_PROFILES)] as const);
  const occurring = new Set(shown.flatMap(([, own]) => own.filter((row) => endOf(row).ms !== undefined).map(resultOf)));
  const slowestMs = greatest(shown.flatMap(([, own]) => own.map((row) => endOf(row).ms ?? 0)), 1);
  return framed(
    theme,
    { title, subtitle: [`n = ${formatPlural(requests.size, 'request')} under ${formatPlural(profiles.length, 'profile')}, simulated once each; the colour is the family of the winner`, ...(hidden.length > 0 ? [`Not drawn: ${hidden.join(' and ')}.`] : [])] },
    { vconcat: shown.map(([request, own]) => panel(request, own, slowestMs, occurring, theme)), spacing: 18 },
  );
}

function resultOf({ connectedMs, family }: ProfileRow): keyof typeof RESULTS {
  if (connectedMs === undefined) return 'no connection';
  return family === 'ipv4' ? 'IPv4' : 'IPv6';
}

function noteOf({ connectedMs, family, transport, reused, attempts, failedMs, error }: ProfileRow): string {
  const count = attempts === undefined ? '' : `, ${formatPlural(attempts, 'attempt')}`;
  if (connectedMs === undefined) return `${error === undefined ? 'no connection' : chartText(error, 40)}${failedMs === undefined ? ', not over at the end' : ` after ${formatDuration(failedMs)}`}${count}`;
  const over = [family === undefined ? '' : formatFamily(family), transport === undefined ? '' : formatTransport(transport)].join(' ').trim();
  return `${formatDuration(connectedMs)}  ${over}${reused === true ? ', reused' : count}`;
}

/** When there was a connection, or none was hoped for any more; nothing where the simulation was over before. */
function endOf({ connectedMs, failedMs }: ProfileRow): { readonly ms?: number } {
  const ms = connectedMs ?? failedMs;
  return ms === undefined ? {} : { ms };
}

function panel(request: string, rows: readonly ProfileRow[], slowestMs: number, occurring: ReadonlySet<string>, theme: Theme) {
  const values = rows.map((row, index) => ({ row: index, profile: chartText(row.profile, 30), ...endOf(row), result: resultOf(row), note: noteOf(row) }));
  const y = { ...ROW, scale: { domain: rows.map((_, index) => index) } };
  const x = { field: 'ms', type: 'quantitative', scale: { domainMin: 0, domainMax: slowestMs }, axis: { title: 'ms from the beginning of the request' } } as const;
  const color = { field: 'result', type: 'nominal', title: 'winner', scale: meaningScale(theme, RESULTS, occurring) } as const;
  const layer: ChartLayer[] = [
    { data: { values: values.filter(({ result }) => result !== 'no connection') }, mark: { type: 'bar', height: { band: 0.65 }, minBandSize: 1 }, encoding: { y, x, color, tooltip: tooltip('profile', 'note') } },
    // Where a connection never came there is no bar: only the moment at which it was given up.
    { data: { values: values.filter(({ result, ms }) => result === 'no connection' && ms !== undefined) }, mark: { type: 'point', shape: 'cross', filled: true, angle: 45, size: 110, opacity: 1 }, encoding: { y, x, color, tooltip: tooltip('profile', 'note') } },
    rowLabels(values.map(({ row, profile, note }) => ({ row, left: profile, right: note })), theme.quietText),
  ];
  return { title: panelTitle(`${chartText(request, 90)}  (n = ${formatPlural(rows.length, 'profile')})`), width: PLOT_WIDTH, height: { step: 22 }, layer };
}
