/**
 * The share of new HTTP/2 and HTTP/3 connections that an open session could have spared: its certificate covered the
 * host, and only its address was another.
 *
 * Counted: each race won by such a connection, preconnects too, of which the log tells what the certificates of the
 * sessions then open cover.
 * Left out: HTTP/1.1 connections, those through a proxy or to a DNS-over-HTTPS server, and those of which the log does
 * not tell.
 */
import type { MetricDefinition } from './metric.ts';
import { judgedForPooling } from './subjects/judged-for-pooling.ts';
import { rate } from './subjects/values.ts';

export const sessionAvoidableRate: MetricDefinition = {
  id: 'session.avoidable_rate',
  title: 'New HTTP/2 and HTTP/3 connections that an open session could have spared',
  unit: 'ratio',
  better: 'lower',
  statistic: 'rate',
  values: (trace) => rate(judgedForPooling(trace), ({ avoidable }) => avoidable),
};
