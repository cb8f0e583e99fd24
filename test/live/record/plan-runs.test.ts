/** The order of runs, and the names of their logs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planRuns } from '../../../src/live/record/plan-runs.ts';
import { RECORDED_ENGINES } from '../../../src/live/record/recorded-engine.ts';

const urls = (...texts: readonly string[]): URL[] => texts.map((text) => new URL(text));
const files = (...texts: readonly string[]): string[] => planRuns(urls(...texts), ['hev3'], 1).map(({ file }) => file);

describe('planRuns', () => {
  test('lets arms take turns, and each begin a round', () => {
    const planned = planRuns(urls('https://a.test'), ['hev3', 'hev2', 'legacy'], 4);
    const rounds = ['hev3 1, hev2 1, legacy 1', 'hev2 2, legacy 2, hev3 2', 'legacy 3, hev3 3, hev2 3', 'hev3 4, hev2 4, legacy 4'];
    expect(planned.map(({ engine, run }) => `${engine} ${run}`).join(', ')).toBe(rounds.join(', '));
  });

  test('runs a page under all arms before the next page', () => {
    const planned = planRuns(urls('https://a.test', 'https://b.test'), ['hev3', 'hev2'], 1);
    expect(planned.map(({ file }) => file)).toEqual(['hev3/a.test-1.json', 'hev2/a.test-1.json', 'hev3/b.test-1.json', 'hev2/b.test-1.json']);
  });

  test.each([
    ['https://a.test/x?secret', 'hev3/a.test-1.json'],
    ['https://a.test:443', 'hev3/a.test-1.json'],
    ['http://a.test:8080', 'hev3/a.test_8080-1.json'],
    ['https://[2001:db8::1]:8443/', 'hev3/_2001_db8_1_8443-1.json'],
    ['https://bücher.test', 'hev3/xn--bcher-kva.test-1.json'],
    ['https://con.test', 'hev3/_con.test-1.json'],
    ['https://console.test', 'hev3/console.test-1.json'],
  ])('names the log of %s', (url, file) => {
    expect(files(url)).toEqual([file]);
  });

  test('tells apart pages of one host', () => {
    expect(files('https://a.test/x', 'https://b.test', 'https://a.test/y')).toEqual(['hev3/a.test-1.json', 'hev3/b.test-1.json', 'hev3/a.test_2-1.json']);
    expect(files('https://a.test_2', 'https://a.test/x', 'https://a.test/y')).toEqual(['hev3/a.test_2-1.json', 'hev3/a.test-1.json', 'hev3/a.test_3-1.json']);
  });

  test('gives every log a name of its own, short and of harmless characters', () => {
    fc.assert(
      fc.property(fc.array(fc.webUrl(), { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 3 }), (texts, runs) => {
        const names = planRuns(urls(...texts), RECORDED_ENGINES, runs).map(({ file }) => file);
        expect(new Set(names).size).toBe(texts.length * RECORDED_ENGINES.length * runs);
        for (const name of names) expect(name).toMatch(/^(?:hev3|hev2|legacy)\/[\w.-]{1,230}\.json$/);
      }),
    );
  });
});
