/** The histograms recomputed from each sample's log are those that the browser itself counted in that run. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { disagreements, hasCounters, readCounters } from './counters.ts';
import { SAMPLES } from './truth.ts';

const samples = readdirSync(SAMPLES).filter(hasCounters);
const page = readFileSync(new URL('../../docs/histograms.md', import.meta.url), 'utf8');

/** The names in the tables' first columns as tests of a whole name: `{a,b}` is either, `*` a word. */
const described = [...page.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => {
  const alternatives = name.replaceAll('.', '\\.').replaceAll('*', '[A-Za-z]+').replaceAll(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.replaceAll(',', '|')})`);
  return new RegExp(`^${alternatives}$`);
});

test('there are samples with counters', () => {
  expect(samples.length).toBeGreaterThan(30);
});

describe('counts, sums and buckets are the browser’s', () => {
  test.each(samples)('%s', async (sample) => {
    const { readMs, histograms } = readCounters(sample);
    const report = await analyze(join(SAMPLES, sample, 'netlog.json.gz'), { window: { toMs: readMs } });
    expect(disagreements(report.histograms, histograms)).toEqual([]);
    const names = report.histograms.map(({ name }) => name);
    expect(names.filter((name) => !described.some((pattern) => pattern.test(name))), 'not in docs/histograms.md').toEqual([]);
  });
});
