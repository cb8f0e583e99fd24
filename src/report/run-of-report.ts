/** What a comparison keeps of a report. */
import { hostOfUrl } from '../address.ts';
import { allMetrics } from '../metrics/all-metrics.ts';
import type { Metric } from '../metrics/metric.ts';
import { isSample } from '../metrics/statistics/sample.ts';
import { quantile } from '../metrics/statistics/quantile.ts';
import type { MetricTraits, Run, RunFacts, RunHost, RunMetric } from '../compare/run.ts';
import type { Report } from './report.ts';

export function runOfReport(report: Report, name: string): Run {
  return { name, facts: factsOf(report), metrics: [...report.metrics.flatMap(runMetric), ...findingCounts(report)], hosts: hostsOf(report) };
}

/** The numbers of findings by severity, which every run has, and of each kind of finding. */
export const FINDING_TOTALS: readonly MetricTraits[] = [
  { id: 'findings.error', unit: 'count', better: 'lower', kind: 'total' },
  { id: 'findings.warning', unit: 'count', better: 'lower', kind: 'total' },
];

const KINDS = new Map(allMetrics.map(({ id, statistic }) => [id, statistic]));

function runMetric({ values = [], n, value, ...metric }: Metric): RunMetric[] {
  if (n === 0 || value === undefined) return [];
  const kind = KINDS.get(metric.id) ?? (metric.unit === 'ratio' && values.every((one) => one === 0 || one === 1) ? 'rate' : 'median');
  // Of a rate the sum is how many were so; of counts it is their total; a sum of times says nothing.
  const count = kind === 'rate' || metric.unit === 'count' ? values.reduce((sum, one) => sum + one, 0) : n;
  return [{ ...metric, kind, n, value, count }];
}

function findingCounts({ findings }: Report): RunMetric[] {
  const total = (id: string, title: string, better: Metric['better'], count: number): RunMetric => ({ id, title, unit: 'count', better, kind: 'total', n: count, count, value: count });
  const kinds = new Map(findings.map((finding) => [finding.id, finding]));
  return [
    total('findings.error', 'Findings that are errors', 'lower', findings.filter(({ severity }) => severity === 'error').length),
    total('findings.warning', 'Findings that are warnings', 'lower', findings.filter(({ severity }) => severity === 'warning').length),
    ...Array.from(kinds.values(), ({ id, title, severity }) =>
      total(`finding.${id}`, `Finding: ${title}`, severity === 'info' ? 'neutral' : 'lower', findings.filter((finding) => finding.id === id).length),
    ),
  ];
}

function factsOf({ trace, races }: Report): RunFacts {
  const { client, captureMode, fieldTrials, complete, durationMs } = trace;
  const browser = [client?.name, client?.version].filter((part) => part !== undefined).join(' ');
  const racesOf = (engine: string): number => races.filter((race) => race.engine === engine).length;
  return {
    ...(browser === '' ? {} : { client: browser }),
    ...(client?.os === undefined ? {} : { system: client.os }),
    ...(captureMode === undefined ? {} : { captureMode }),
    engines: trace.raceEngines.toSorted((a, b) => racesOf(b) - racesOf(a)),
    ...(fieldTrials === undefined ? {} : { fieldTrials }),
    ...(client?.commandLine === undefined ? {} : { features: featuresOf(client.commandLine) }),
    complete,
    durationMs,
  };
}

/** `--enable-features=A<Trial:x/y,B` gives `+A`, `+B`. Parameters may hold URLs and are left out. */
function featuresOf(commandLine: string): string[] {
  const features = Array.from(commandLine.matchAll(/--(enable|disable)-features=(\S+)/g), ([, state, list = '']) =>
    list
      .replaceAll(/["']/g, '')
      .split(',')
      .map((feature) => feature.replace(/[:<].*$/, ''))
      .filter((feature) => feature !== '')
      .map((feature) => `${state === 'enable' ? '+' : '-'}${feature}`),
  );
  return [...new Set(features.flat())].toSorted();
}

/** Hosts resolved over the network, connected to, or sent a request. */
function hostsOf(report: Report): RunHost[] {
  const times = new Map<string, { race: number[]; resolution: number[] }>();
  const timesOf = (host: string) => {
    const found = times.get(host) ?? { race: [], resolution: [] };
    times.set(host, found);
    return found;
  };
  for (const { host, source, outcome, durationMs, forResolver } of report.resolutions) {
    if (host === undefined || source !== 'network') continue;
    const { resolution } = timesOf(host);
    if (outcome === 'ok' && durationMs !== undefined && forResolver !== true) resolution.push(durationMs);
  }
  for (const { destination, outcome, durationMs, preconnect, requestIds, forResolver } of report.races) {
    if (destination === undefined) continue;
    const { race } = timesOf(destination.host);
    const isAwaited = !preconnect || requestIds.length > 0;
    if (outcome === 'connected' && durationMs !== undefined && isAwaited && forResolver !== true) race.push(durationMs);
  }
  for (const { url, connection } of report.requests) {
    const host = hostOfUrl(url);
    if (host !== undefined && (connection === 'new' || connection === 'reused' || connection === 'pooled')) timesOf(host);
  }
  return Array.from(times, ([host, { race, resolution }]) => ({
    host,
    medians: {
      ...(isSample(race) ? { 'race.duration': quantile(race, 0.5) } : {}),
      ...(isSample(resolution) ? { 'dns.resolution.duration': quantile(resolution, 0.5) } : {}),
    },
  }));
}
