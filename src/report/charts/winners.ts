/** Who wins: the connected races by family and transport of the winner, and by what was known of its endpoint then. */
import type { EndpointStage, Race } from '../../model/race.ts';
import { formatFamily, formatPlural, formatRatio, formatTransport } from '../format.ts';
import { emptyChart, framed, PLOT_WIDTH, tooltip, type ChartSpecification } from './chart-specification.ts';
import { countBy } from './counts.ts';
import { meaningScale, type Meaning, type Theme } from './palette.ts';

const STAGES = { intermediate: 'intermediate', final: 'final', cached: 'cached', unknown: 'unknown' } as const satisfies Record<EndpointStage, Meaning>;

/** In the order in which a client prefers them; all are shown, so that none is seen as none. */
const WINNERS = (['ipv6', 'ipv4'] as const).flatMap((family) => (['quic', 'tcp'] as const).map((transport) => `${formatFamily(family)} ${formatTransport(transport)}`));

export function winners(races: readonly Race[], theme: Theme): ChartSpecification {
  const title = 'Winners of races';
  const counted = races.filter(({ forResolver }) => forResolver !== true);
  const won = counted.flatMap(({ winner }) => (winner === undefined ? [] : [winner]));
  if (won.length === 0) return emptyChart(theme, title, counted.length === 0 ? 'The trace has no races.' : `None of the ${formatPlural(counted.length, 'race')} has a winner.`);
  const nameOf = ({ family, transport }: (typeof won)[number]): string => `${formatFamily(family)} ${formatTransport(transport)}`;
  const counts = countBy(won, (winner) => `${nameOf(winner)}|${winner.endpointStage}`);
  const stages = Object.keys(STAGES) as EndpointStage[];
  const bars = WINNERS.flatMap((winner) => stages.map((stage, order) => ({ winner, stage, order, races: counts.get(`${winner}|${stage}`) ?? 0 }))).filter(({ races: n }) => n > 0);
  const totals = countBy(won, nameOf);
  const labels = WINNERS.map((winner) => {
    const n = totals.get(winner) ?? 0;
    return { winner, races: n, label: `${n}  (${formatRatio(n / won.length)})` };
  });
  const y = { field: 'winner', type: 'nominal', scale: { domain: WINNERS }, axis: { title: null, ticks: false, domain: false, labelFontSize: 12 } } as const;
  const without = counted.length - won.length;
  return framed(theme, { title, subtitle: [`n = ${formatPlural(won.length, 'race')} with a winner; ${without} without one (failed, pooled, cancelled or unfinished) not drawn`] }, {
    width: PLOT_WIDTH,
    height: { step: 40 },
    layer: [
      {
        data: { values: bars },
        mark: { type: 'bar', height: { band: 0.7 } },
        encoding: {
          y,
          x: { field: 'races', type: 'quantitative', stack: 'zero', axis: { title: 'races won (count)', tickMinStep: 1 } },
          order: { field: 'order', type: 'quantitative' },
          color: { field: 'stage', type: 'nominal', title: 'the winning endpoint was then', scale: meaningScale(theme, STAGES, new Set(bars.map(({ stage }) => stage))) },
          tooltip: tooltip('winner', 'stage', 'races'),
        },
      },
      { data: { values: labels }, mark: { type: 'text', align: 'left', dx: 6 }, encoding: { y, x: { field: 'races', type: 'quantitative' }, text: { field: 'label', type: 'nominal' } } },
    ],
  });
}
