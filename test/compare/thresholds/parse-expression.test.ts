/** Conditions as people write them, and what is said of those that are none. */
import { describe, expect, it } from 'vitest';
import type { MetricTraits } from '../../../src/compare/run.ts';
import { parseExpression } from '../../../src/compare/thresholds/parse-expression.ts';

const time: MetricTraits = { id: 'race.duration', unit: 'ms', better: 'lower', kind: 'median' };
const rate: MetricTraits = { id: 'race.failure_rate', unit: 'ratio', better: 'lower', kind: 'rate' };
const share: MetricTraits = { id: 'race.dns_share', unit: 'ratio', better: 'neutral', kind: 'median' };
const total: MetricTraits = { id: 'hosts.unexpected', unit: 'count', better: 'lower', kind: 'total' };

describe('a limit of one side', () => {
  it.each([
    ['p95 < 200', time, { statistic: 'p95', comparator: '<', limit: 200 }],
    ['p(95)<=200ms', time, { statistic: 'p95', comparator: '<=', limit: 200 }],
    ['med < 0.2 s', time, { statistic: 'median', comparator: '<', limit: 200 }],
    ['max<1min', time, { statistic: 'max', comparator: '<', limit: 60_000 }],
    ['n >= 20', time, { statistic: 'n', comparator: '>=', limit: 20 }],
    ['rate < 0.05', rate, { statistic: 'rate', comparator: '<', limit: 0.05 }],
    ['rate < 5%', rate, { statistic: 'rate', comparator: '<', limit: 0.05 }],
    ['p90 < 50 %', share, { statistic: 'p90', comparator: '<', limit: 0.5 }],
    ['count == 0', total, { statistic: 'count', comparator: '==', limit: 0 }],
    ['count != 3', rate, { statistic: 'count', comparator: '!=', limit: 3 }],
  ])('%s', (text, traits, expected) => {
    expect(parseExpression(text, traits)).toEqual({ kind: 'limit', ...expected });
  });
});

describe('a difference of two sides', () => {
  it.each([
    ['delta(median) < max(10%, 5ms)', time, { statistic: 'median', comparator: '<', sign: 1, relative: 0.1, absolute: 5 }],
    ['delta(p95)<max(5ms,10%)', time, { statistic: 'p95', comparator: '<', sign: 1, relative: 0.1, absolute: 5 }],
    ['delta(median) < 20 ms', time, { statistic: 'median', comparator: '<', sign: 1, absolute: 20 }],
    ['delta(median) < 10%', time, { statistic: 'median', comparator: '<', sign: 1, relative: 0.1 }],
    ['delta(rate) < 0.02', rate, { statistic: 'rate', comparator: '<', sign: 1, absolute: 0.02 }],
    ['delta(rate) > -max(5%, 0.01)', rate, { statistic: 'rate', comparator: '>', sign: -1, relative: 0.05, absolute: 0.01 }],
    ['count <= base', rate, { statistic: 'count', comparator: '<=', sign: 1, relative: 0 }],
  ])('%s', (text, traits, expected) => {
    expect(parseExpression(text, traits)).toEqual({ kind: 'delta', ...expected });
  });
});

describe('what is no condition is told with what was expected', () => {
  it.each([
    ['', time, 'expected a condition such as "p95 < 200ms"'],
    ['p95 = 200', time, 'found "p95 = 200"'],
    ['p95', time, 'found "p95"'],
    ['delta(median < 5ms', time, 'expected a condition'],
    ['p93 < 200', time, 'expected one of median, min, p25, p50, p75, p90, p95, p99, max, count, n for race.duration, found "p93"'],
    ['avg < 200', time, 'a mean is not offered'],
    ['median < 0.1', rate, 'expected one of rate, count, n for race.failure_rate, found "median"'],
    ['p95 < 200kB', time, 'expected a time such as 200ms or 0.2s, found "200kB"'],
    ['rate < 5ms', rate, 'expected a share such as 0.05 or 5%, found "5ms"'],
    ['count < 5ms', rate, 'expected a number such as 2, found "5ms"'],
    ['p95 < 10%', time, 'expected a time such as 200ms or 0.2s, found "10%"; a percentage needs delta(…)'],
    ['p95 < -3', time, 'found "-3"'],
    ['delta(median) < max(10%, 20%)', time, 'expected a difference such as 5ms, 10% or max(10%, 5ms), found "max(10%, 20%)"'],
    ['delta(median) < max(10%)', time, 'expected a difference'],
    ['delta(median) < base', time, 'expected a time such as 200ms or 0.2s, found "base"'],
  ])('%j', (text, traits, says) => {
    expect(() => parseExpression(text, traits)).toThrow(says);
  });
});
