/**
 * How long names took: the distribution of DNS transactions by record type, and of resolutions by where their answer
 * came from; as a curve that can be read off exactly, and as a histogram.
 *
 * Only what ended by itself counts: what was cancelled could have taken longer. Lookups of a DNS-over-HTTPS server's own
 * name are left out.
 */
import type { Resolution } from '../../model/resolution.ts';
import { formatCount } from '../format.ts';
import { emptyChart, framed, tooltip, type ChartBody, type ChartSpecification } from './chart-specification.ts';
import { groupBy, greatest } from './counts.ts';
import { binnedDurations, binText } from './duration-bins.ts';
import { ecdf, THINNED_ERROR } from './ecdf.ts';
import { meaningScale, type Meaning, type Theme } from './palette.ts';

const RECORD_TYPES = { A: 'ipv4', AAAA: 'ipv6', HTTPS: 'https', other: 'otherRecord' } as const satisfies Record<string, Meaning>;
const SOURCES = { network: 'fresh', cache: 'cached', 'stale cache': 'intermediate', local: 'unknown' } as const satisfies Record<string, Meaning>;

interface Sample {
  readonly series: string;
  readonly ms: number;
}

/** Half of a chart's width, less the axis between. */
const PANEL_WIDTH = 300;

export function resolveTime(resolutions: readonly Resolution[], theme: Theme): ChartSpecification {
  const title = 'Time to resolve names';
  const counted = resolutions.filter(({ forResolver }) => forResolver !== true);
  const allTransactions = counted.flatMap(({ transactions }) => transactions);
  const transactions = allTransactions.flatMap((transaction) => sampleOf(recordType(transaction.type), transaction));
  const resolved = counted.flatMap((resolution) => sampleOf(sourceName(resolution.source), resolution));
  if (resolved.length === 0) return emptyChart(theme, title, counted.length === 0 ? 'The trace has no resolutions.' : 'No resolution in the trace ended by itself.');
  return framed(
    theme,
    {
      title,
      subtitle: [
        leftOut('DNS transactions', transactions.length, allTransactions.length),
        leftOut('resolutions', resolved.length, counted.length),
        ...(thinned(transactions) || thinned(resolved) ? [`Curves are thinned: they are off by less than ${THINNED_ERROR * 100} % of their n.`] : []),
      ],
    },
    {
      vconcat: [
        ...(transactions.length === 0 ? [] : [panels('record type', RECORD_TYPES, transactions, 'DNS transactions', theme)]),
        panels('answered from', SOURCES, resolved, 'resolutions', theme),
      ],
      spacing: 28,
      resolve: { scale: { color: 'independent', xOffset: 'independent' } },
    },
  );
}

function recordType(type: string): keyof typeof RECORD_TYPES {
  return type === 'A' || type === 'AAAA' || type === 'HTTPS' ? type : 'other';
}

function sourceName(source: Resolution['source']): keyof typeof SOURCES {
  switch (source) {
    case 'network':
    case 'cache':
      return source;
    case 'stale-cache':
      return 'stale cache';
    // Known without asking: no difference of time between them.
    case 'hosts':
    case 'config':
    case 'literal':
      return 'local';
  }
}

function sampleOf(series: string, { startMs, endMs, outcome }: Pick<Resolution, 'startMs' | 'endMs' | 'outcome'>): Sample[] {
  const ended = endMs !== undefined && endMs >= startMs && (outcome === 'ok' || outcome === 'failed');
  return ended ? [{ series, ms: endMs - startMs }] : [];
}

function leftOut(what: string, kept: number, all: number): string {
  return `n = ${formatCount(kept)} ${what}${kept === all ? '' : `; ${formatCount(all - kept)} cancelled, unfinished or without a time left out`}`;
}

function thinned(samples: readonly Sample[]): boolean {
  return [...groupBy(samples, ({ series }) => series).values()].some((group) => ecdf(group.map(({ ms }) => ms)).length < new Set(group.map(({ ms }) => ms)).size);
}

function panels(legend: string, meanings: Readonly<Record<string, Meaning>>, samples: readonly Sample[], what: string, theme: Theme): Panel {
  const groups = groupBy(samples, ({ series }) => series);
  const names = Object.keys(meanings).filter((name) => groups.has(name));
  const valuesOf = (name: string): number[] => groups.get(name)?.map(({ ms }) => ms) ?? [];
  const color = { field: 'series', type: 'nominal', title: legend, scale: meaningScale(theme, meanings, new Set(names)) } as const;
  const curves = names.flatMap((series) => [{ series, ms: 0, percent: 0 }, ...ecdf(valuesOf(series)).map(({ value, share }) => ({ series, ms: value, percent: share * 100 }))]);
  // All series have the bins of all of them, so that a gap in one is seen as a gap.
  const bins = binnedDurations(samples.map(({ ms }) => ms)).map(({ bin }) => bin);
  const bars = names.flatMap((series) => {
    const counts = new Map(binnedDurations(valuesOf(series)).map(({ bin, count }) => [bin.from, count]));
    return bins.map((bin, order) => ({ series, order, took: binText(bin), count: counts.get(bin.from) ?? 0, n: valuesOf(series).length }));
  });
  const slowest = greatest(samples.map(({ ms }) => ms), 1);
  return {
    hconcat: [
      {
        width: PANEL_WIDTH,
        height: 180,
        data: { values: curves },
        mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2 },
        encoding: {
          x: { field: 'ms', type: 'quantitative', scale: { type: 'symlog', constant: 5, domain: [0, slowest], nice: false }, axis: { title: `time of ${what} (ms)`, values: [0, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000], labelOverlap: 'greedy', labelSeparation: 4 } },
          y: { field: 'percent', type: 'quantitative', scale: { domain: [0, 100] }, axis: { title: '% done by then' } },
          color,
        },
      },
      {
        width: PANEL_WIDTH,
        height: 180,
        data: { values: bars },
        mark: { type: 'bar' },
        encoding: {
          x: { field: 'took', type: 'ordinal', sort: { field: 'order' }, axis: { title: 'took', labelAngle: -45 } },
          xOffset: { field: 'series', type: 'nominal', scale: { domain: names } },
          y: { field: 'count', type: 'quantitative', axis: { title: `${what} (count)`, tickMinStep: 1 } },
          color,
          tooltip: tooltip('series', 'took', 'count', 'n'),
        },
      },
    ],
    spacing: 32,
    resolve: { scale: { color: 'shared' } },
  };
}

type Panel = Extract<ChartBody, { vconcat: unknown }>['vconcat'][number];
