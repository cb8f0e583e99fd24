/** Quantities in words. */
import { expect, test } from 'vitest';
import { formatAddress, formatBytes, formatDuration, formatMetricValue, formatOrigin, formatWallClock } from '../../src/report/format.ts';

test.each([
  [0, '0 ms'],
  [0.5, '0.5 ms'],
  [999, '999 ms'],
  [1371, '1.371 s'],
  [17_984, '17.984 s'],
  [123_000, '2 min 03 s'],
  [3_725_000, '1 h 02 min'],
  [-12, '-12 ms'],
  [undefined, '–'],
])('%s ms is written %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test('sizes are in decimal units', () => {
  expect([999, 18_214, 326_251_426].map(formatBytes)).toEqual(['999 B', '18.2 kB', '326.3 MB']);
});

test('a wall clock is in UTC, and missing if there can be none', () => {
  expect(formatWallClock(Date.UTC(2026, 10, 20, 14, 3, 22, 120))).toBe('2026-11-20 14:03:22.120 UTC');
  expect(formatWallClock(1e20)).toBe('–');
});

test('an origin shows its port only if it is not the scheme’s own', () => {
  expect(formatOrigin({ scheme: 'https', host: 'a.test', port: 443 })).toBe('https://a.test');
  expect(formatOrigin({ scheme: 'http', host: '2001:db8::1', port: 8080 })).toBe('http://[2001:db8::1]:8080');
  expect(formatOrigin({ host: 'a.test', port: 443 })).toBe('a.test:443');
  expect(formatOrigin({})).toBe('');
});

test('an address goes without the port that is expected, and only without that', () => {
  expect(formatAddress('[2001:db8::1]:443', 443)).toBe('2001:db8::1');
  expect(formatAddress('10.0.0.1:8443', 443)).toBe('10.0.0.1:8443');
  expect(formatAddress('10.0.0.1:443')).toBe('10.0.0.1:443');
});

test('a metric is written in its unit', () => {
  expect(formatMetricValue(0.125, 'ratio')).toBe('12.5 %');
  expect(formatMetricValue(2, 'count')).toBe('2');
  expect(formatMetricValue(1.5, 'count')).toBe('1.50');
  expect(formatMetricValue(undefined, 'ms')).toBe('–');
});
