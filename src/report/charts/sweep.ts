/** One quantity of a simulation while one parameter of its scenario is varied: a line for each profile. */
import { formatCount, formatFamily, formatPlural } from '../format.ts';
import { emptyChart, framed, PLOT_WIDTH, tooltip, type ChartSpecification } from './chart-specification.ts';
import { chartText } from './chart-text.ts';
import type { Theme } from './palette.ts';

export interface SweepRow {
  readonly profile: string;
  /** Of the parameter. */
  readonly value: number;
  /** Of the quantity; absent: there was none, such as no connection. */
  readonly result?: number;
  /** Of the winner. */
  readonly family?: 'ipv4' | 'ipv6';
}

export interface Sweep {
  readonly scenario: string;
  /** With its unit: `ipv6DelayMs (ms)`. */
  readonly parameter: string;
  /** With its unit: `time to a connection (ms)`. */
  readonly quantity: string;
  readonly rows: readonly SweepRow[];
}

const WITHOUT = 'none';
const WINNERS = [formatFamily('ipv6'), formatFamily('ipv4'), 'not known', WITHOUT];
const SHAPES = ['circle', 'triangle-up', 'square', 'M-1,-0.6L-0.6,-1L0,-0.4L0.6,-1L1,-0.6L0.4,0L1,0.6L0.6,1L0,0.4L-0.6,1L-1,0.6L-0.4,0Z'];
/** Lines that run over each other are told apart by their dashes. */
const DASHES = [[1, 0], [8, 4], [3, 3], [10, 3, 2, 3], [14, 6], [2, 6], [6, 2, 2, 2], [12, 2], [4, 8], [1, 3]];

/** Values along the axis, for each profile, at most. */
const MOST_VALUES = 200;

export function sweep({ scenario, parameter, quantity, rows }: Sweep, theme: Theme): ChartSpecification {
  const title = `${chartText(quantity, 60)} by ${chartText(parameter, 60)}`;
  if (rows.length === 0) return emptyChart(theme, title, 'Nothing was simulated: the sweep has no values.');
  const every = [...new Set(rows.map(({ value }) => value))].toSorted((a, b) => a - b);
  const stride = Math.ceil(every.length / MOST_VALUES);
  const kept = new Set(every.filter((_, i) => i % stride === 0));
  const all = [...new Set(rows.map(({ profile }) => profile))];
  // As many as there are colours to tell lines apart by.
  const profiles = all.slice(0, theme.series.length);
  const values = rows
    .filter(({ value, profile }) => kept.has(value) && profiles.includes(profile))
    .map(({ profile, value, result, family }) => ({ profile: chartText(profile, 30), value, ...(result === undefined ? {} : { result }), winner: result === undefined ? WITHOUT : family === undefined ? 'not known' : formatFamily(family) }));
  const names = profiles.map((profile) => chartText(profile, 30));
  const without = values.filter(({ winner }) => winner === WITHOUT).length;
  const winners = WINNERS.filter((winner) => values.some((value) => value.winner === winner));
  const x = { field: 'value', type: 'quantitative', scale: { nice: false, zero: false, padding: 8 }, axis: { title: chartText(parameter, 60) } } as const;
  const color = { field: 'profile', type: 'nominal', title: 'profile', scale: { domain: names, range: theme.series.slice(0, names.length) }, legend: { symbolType: 'stroke', symbolSize: 500, symbolStrokeWidth: 2 } } as const;
  const shape = { field: 'winner', type: 'nominal', title: 'winner', scale: { domain: winners, range: winners.map((winner) => SHAPES[WINNERS.indexOf(winner)] ?? 'circle') } } as const;
  return framed(
    theme,
    {
      title,
      subtitle: [
        `Scenario ${chartText(scenario, 60)}; n = ${formatPlural(every.length, 'value')} for each of ${formatPlural(all.length, 'profile')}, simulated once each`,
        ...(without > 0 ? [`A cross at the bottom: no connection (${formatCount(without)} times); lines go past it.`] : []),
        ...(all.length > profiles.length ? [`The first ${profiles.length} profiles are drawn.`] : []),
        ...(stride > 1 ? [`Every ${stride}th value is drawn.`] : []),
      ],
    },
    {
      width: PLOT_WIDTH,
      height: 320,
      data: { values },
      layer: [
        {
          transform: [{ filter: 'isValid(datum.result)' }],
          mark: { type: 'line', strokeWidth: 2 },
          encoding: { x, y: { field: 'result', type: 'quantitative', scale: { zero: true }, axis: { title: chartText(quantity, 60) } }, color, strokeDash: { field: 'profile', type: 'nominal', title: 'profile', scale: { domain: names, range: DASHES.slice(0, names.length) }, legend: { symbolType: 'stroke', symbolSize: 500 } } },
        },
        { transform: [{ filter: 'isValid(datum.result)' }], mark: { type: 'point', filled: true, size: 36, opacity: 1 }, encoding: { x, y: { field: 'result', type: 'quantitative' }, color, shape, tooltip: tooltip('profile', 'value', 'result', 'winner') } },
        { transform: [{ filter: '!isValid(datum.result)' }], mark: { type: 'point', filled: true, size: 50, opacity: 1 }, encoding: { x, y: { value: 314 }, color, shape, tooltip: tooltip('profile', 'value', 'winner') } },
      ],
    },
  );
}
