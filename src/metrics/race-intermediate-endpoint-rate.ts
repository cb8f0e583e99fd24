/**
 * The share of races won on an endpoint that was known before resolution finished.
 *
 * Counted: each connected race whose winner took its endpoint from an intermediate update (1) or from the finished
 * resolution (0); unused preconnects too, since they race like all others.
 * Left out: winners on cached endpoints, with which no resolution was waited for; winners of which the log does not
 * tell; pooled, failed, cancelled and unfinished races; connections to a DNS-over-HTTPS server.
 * Neutral: it falls as well when all answers come at once.
 */
import type { MetricDefinition } from './metric.ts';
import { pageRaces, won } from './subjects/page-races.ts';
import { rate } from './subjects/values.ts';

export const raceIntermediateEndpointRate: MetricDefinition = {
  id: 'race.intermediate_endpoint_rate',
  title: 'Races won before resolution finished',
  unit: 'ratio',
  better: 'neutral',
  statistic: 'rate',
  values: (trace) =>
    rate(
      won(pageRaces(trace)).filter(({ winner }) => ['intermediate', 'final'].includes(winner.endpointStage)),
      ({ winner }) => winner.endpointStage === 'intermediate',
    ),
};
