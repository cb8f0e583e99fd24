/** JUnit and GitHub annotations. */
import { describe, expect, test } from 'vitest';
import type { LimitOutcome } from '../../../src/compare/thresholds/judge-thresholds.ts';
import { githubAnnotations } from '../../../src/report/compare/github-annotations.ts';
import { junitXml } from '../../../src/report/compare/junit.ts';
import { slowBranch } from './comparisons.ts';

const limit = (parts: Partial<LimitOutcome>): LimitOutcome => ({ metric: 'race.duration', unit: 'ms', condition: 'p95 < 1s', level: 'error', line: 3, state: 'passed', ...parts });
const withLimits = (...limits: LimitOutcome[]) => ({ ...slowBranch(), limits });

describe('JUnit', () => {
  test('has a case for each threshold: passed, failed, warned, skipped', () => {
    const xml = junitXml(slowBranch());
    expect(xml).toContain('<testsuite name="netlog-analyze compare" tests="4" failures="1" errors="0" skipped="0">');
    expect(xml).toContain('<testcase classname="race.duration" name="p95 &lt; 1s"/>');
    expect(xml).toContain('name="delta(median) &lt; max(10%, 20ms)"><failure message="failed; found +100 ms, limit +20 ms"/></testcase>');
    expect(xml).toContain('<system-out>warning: failed; found 5.0 %, limit 2.0 %</system-out>');
    expect(junitXml(withLimits(limit({ state: 'inconclusive', reason: 'nothing to count' })))).toContain('<skipped message="inconclusive; nothing to count"/>');
  });

  test('is XML whatever a log holds', () => {
    const xml = junitXml(withLimits(limit({ state: 'failed', hosts: ['"/><x a=\'&\u0000\u001B'], metric: 'hosts.unexpected' })));
    expect(xml).toContain(String.raw`&quot;/&gt;&lt;x a=&apos;&amp;\x00\x1b`);
    // oxlint-disable-next-line no-control-regex -- XML 1.0 has no such characters
    expect(xml).not.toMatch(/[\u0000-\u0008\u001B]/);
  });
});

describe('annotations', () => {
  const states = [limit({ state: 'failed', observed: 2000, limit: 1000 }), limit({ state: 'failed', level: 'warn' }), limit({ state: 'inconclusive' }), limit({ state: 'skipped' }), limit({})];

  test.each([
    ['pass', ['error', 'warning']],
    ['warn', ['error', 'warning', 'warning']],
    ['fail', ['error', 'warning', 'error']],
  ] as const)('with onInconclusive %s are %j', (onInconclusive, levels) => {
    const lines = githubAnnotations(withLimits(...states), 'limits.yaml', onInconclusive).trimEnd().split('\n');
    expect(lines.map((line) => /^::(\w+) /.exec(line)?.[1])).toEqual(levels);
    expect(lines[0]).toBe('::error file=limits.yaml,line=3,title=race.duration%3A p95 < 1s::failed; found 2.000 s, limit 1.000 s');
  });

  test('cannot be forged by a host or a file name', () => {
    const text = githubAnnotations(withLimits(limit({ state: 'failed', hosts: ['a\n::error::b', '50%'] })), 'a,b:c\n.yaml', 'warn');
    expect(text).toBe(String.raw`::error file=a%2Cb%3Ac\n.yaml,line=3,title=race.duration%3A p95 < 1s::failed; a\n::error::b, 50%25` + '\n');
  });
});
