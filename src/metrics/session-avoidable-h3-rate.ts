/**
 * The share of new HTTP/3 connections that an open session could have spared: its certificate covered the host, and
 * only its address was another. Chromium found nearly 20 % in the field before it took ORIGIN frames (RFC 9412).
 *
 * Counted and left out: as for `session.avoidable_rate`, of races that QUIC won.
 */
import type { MetricDefinition } from './metric.ts';
import { judgedForPooling } from './subjects/judged-for-pooling.ts';
import { rate } from './subjects/values.ts';

export const sessionAvoidableH3Rate: MetricDefinition = {
  id: 'session.avoidable_h3_rate',
  title: 'New HTTP/3 connections that an open session could have spared',
  unit: 'ratio',
  better: 'lower',
  statistic: 'rate',
  values: (trace) =>
    rate(
      judgedForPooling(trace).filter(({ winner }) => winner?.transport === 'quic'),
      ({ avoidable }) => avoidable,
    ),
};
