/** `check TRACE… --thresholds FILE`: limits of one side, outputs, exit codes, and every mistake a thresholds file can hold. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkSchema } from '../../src/compare/comparison.ts';
import { savedReport, temporaryFolder, type Ended, type Folder } from './compare-files.ts';

let folder: Folder;
beforeAll(async () => {
  folder = await temporaryFolder();
  await folder.write('one.json', savedReport([100, 120, 300]));
  await folder.write('cut.json', savedReport([100], { complete: false }));
});
afterAll(() => folder.remove());

/** Holds thresholds of this text against `traces`. */
async function check(thresholds: string, words = '@one.json', env?: Readonly<Record<string, string>>): Promise<Ended> {
  await folder.write('limits.yaml', thresholds);
  return folder.netlogAnalyze(`check ${words} --thresholds @limits.yaml`, env);
}

const ROOMY = 'thresholds:\n  race.duration: p95 < 2s\n';
const TIGHT = 'thresholds:\n  race.duration:\n    - error\n    - p95 < 2s\n    - median < 100ms\n';

describe('the outcome', () => {
  test.each([
    ['all limits hold', ROOMY, '@one.json', 0],
    ['one does not', TIGHT, '@one.json', 1],
    ['one does not that only warns', TIGHT.replace('error', 'warn'), '@one.json', 0],
    ['a log is incomplete', ROOMY, '@cut.json', 0],
    ['a log is incomplete under --strict', ROOMY, '@cut.json --strict', 4],
    ['the trace is none', ROOMY, 'package.json', 3],
    ['JSON instead of YAML says the same', '{"thresholds": {"race.duration": ["error", "median < 100"]}}', '@one.json', 1],
    ['what is optional is missing', 'thresholds:\n  connect.quic.duration: [median < 5ms, {optional: true}]\n', '@one.json', 0],
    ['differences are beside limits', 'thresholds:\n  race.duration: [p95 < 2s, "delta(median) < 5ms"]\n', '@one.json', 0],
  ])('where %s', async (_why, thresholds, words, expected) => {
    expect((await check(thresholds, words)).exitCode).toBe(expected);
  });

  test('is told with what failed first', async () => {
    expect((await check(TIGHT)).stdout).toBe(
      [
        '  Checked       one.json: 1 run',
        '  Outcome       FAILED: 1 threshold breached (1 of 2 thresholds passed)',
        '',
        'Thresholds',
        '  Threshold  Metric         Condition        Found    Limit',
        '  failed     race.duration  median < 100ms  120 ms   100 ms',
        '  passed     race.duration  p95 < 2s        282 ms  2.000 s',
        '',
      ].join('\n'),
    );
  });

  test('of a difference is that it was skipped', async () => {
    const { stdout } = await check('thresholds:\n  race.duration: [p95 < 2s, "delta(median) < 5ms"]\n');
    expect(stdout).toContain('skipped    race.duration  delta(median) < 5ms');
    expect(stdout).toContain('Line 2: a difference needs two sides; compare has them');
  });
});

describe('hosts.unexpected', () => {
  const limits = (...allow: string[]): string => `thresholds:\n  hosts.unexpected: [count == 0, {allow: [${allow.map((host) => `"${host}"`).join(', ')}]}]\n`;

  test('fails a build that contacts other hosts, and names them', async () => {
    const { exitCode, stdout } = await check(limits('*.lab.test'), 'samples/dual-hev3/netlog.json.gz');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/Line 2: .*google/);
  });

  test('passes if all are allowed', async () => {
    expect((await check(limits('*'), 'samples/dual-hev3/netlog.json.gz')).exitCode).toBe(0);
  });

  test('allows nothing by an empty list', async () => {
    expect((await check(limits(), 'samples/dual-hev3/netlog.json.gz')).exitCode).toBe(1);
  });
});

describe('outputs', () => {
  test('JSON has a schema', async () => {
    const json: unknown = JSON.parse((await check(TIGHT, '@one.json -f json')).stdout);
    expect(checkSchema.parse(json)).toEqual(json);
  });

  test('markdown has a marker of its own and folds what passed', async () => {
    expect((await check(TIGHT, '@one.json -f markdown')).stdout).toBe(
      [
        '<!-- netlog-analyze:check:default -->',
        '## Connections: FAILED: 1 threshold breached',
        '',
        'one.json: 1 run',
        '',
        '### Thresholds',
        '',
        '| Threshold | Metric | Condition | Found | Limit |',
        '| --- | --- | --- | ---: | ---: |',
        '| failed | `race.duration` | `median < 100ms` | 120 ms | 100 ms |',
        '',
        '<details><summary>1 row passed</summary>',
        '',
        '| Threshold | Metric | Condition | Found | Limit |',
        '| --- | --- | --- | ---: | ---: |',
        '| passed | `race.duration` | `p95 < 2s` | 282 ms | 2.000 s |',
        '',
        '</details>',
        '',
      ].join('\n'),
    );
  });

  test('JUnit has a test case for each threshold', async () => {
    expect((await check(TIGHT, '@one.json -f junit')).stdout).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites name="netlog-analyze" tests="2" failures="1" errors="0" skipped="0">',
        '  <testsuite name="netlog-analyze check" tests="2" failures="1" errors="0" skipped="0">',
        '    <testcase classname="race.duration" name="p95 &lt; 2s"/>',
        '    <testcase classname="race.duration" name="median &lt; 100ms"><failure message="failed; found 120 ms, limit 100 ms"/></testcase>',
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n'),
    );
  });

  test('on GitHub a breach is an annotation at its line', async () => {
    const { stderr } = await check(TIGHT.replace('error', 'warn'), '@one.json', { GITHUB_ACTIONS: 'true' });
    expect(stderr).toBe('::warning file=limits.yaml,line=5,title=race.duration%3A median < 100ms::failed; found 120 ms, limit 100 ms\n');
  });

  test('--save-baseline keeps the numbers', async () => {
    await check(ROOMY, '@one.json --save-baseline @kept.json');
    expect(JSON.parse(readFileSync(folder.path('kept.json'), 'utf8'))).toMatchObject({ kind: 'baseline', runs: [{ values: { 'race.duration': [3, 3, 120, 100, 110, 120, 210, 264, 282, 296.4, 300, 20] } }] });
  });
});

describe('a mistake in the thresholds ends with exit code 2, file and line', () => {
  test.each([
    ['no YAML', 'thresholds: [', 'limits.yaml:1: expected YAML or JSON, found a mistake'],
    ['nothing', '', 'limits.yaml:1: expected a map with thresholds, and optionally minRuns, alpha and onInconclusive, found nothing'],
    ['a list', '- a\n', 'limits.yaml:1: expected a map with thresholds'],
    ['no thresholds', 'minRuns: 4\n', 'limits.yaml:1: thresholds: expected a map from metrics to conditions, found nothing'],
    ['empty thresholds', 'thresholds: {}\n', 'limits.yaml:1: thresholds: expected at least one metric with a condition'],
    ['an unknown field', `${ROOMY}minRun: 4\n`, 'limits.yaml:3: minRun: expected one of thresholds, minRuns, alpha, onInconclusive, found "minRun"; did you mean minRuns?'],
    ['too few runs', `${ROOMY}minRuns: 1\n`, 'limits.yaml:3: minRuns: expected a whole number from 2 on, found 1'],
    ['an impossible chance', `${ROOMY}alpha: 0\n`, 'limits.yaml:3: alpha: expected a number above 0, at most 0.5, found 0'],
    ['another word', `${ROOMY}onInconclusive: ignore\n`, 'limits.yaml:3: onInconclusive: expected one of pass, warn, fail, found "ignore"'],
    ['a number for a condition', 'thresholds:\n  race.duration: 200\n', 'limits.yaml:2: thresholds.race.duration: expected a condition such as "p95 < 200ms"'],
    ['an unknown metric', 'thresholds:\n  race.durations: p95 < 2s\n', 'limits.yaml:2: race.durations: expected a metric, found none of that name; did you mean race.duration?'],
    ['a metric of another tool', 'thresholds:\n  dns.job.duration_ms: p95 < 2s\n', 'did you mean dns.resolution.duration or '],
    ['a metric like no other', 'thresholds:\n  zzz: p95 < 2s\n', 'netlog-analyze TRACE --format json lists them'],
    ['only a level', 'thresholds:\n  race.duration: [warn]\n', 'limits.yaml:2: race.duration: expected a condition such as "p95 < 200ms", or a list: [warn, "delta(median) < max(10%, 5ms)"], found no condition'],
    ['a mistake in a condition', 'thresholds:\n  race.duration:\n    - p95 < 2s\n    - p95 << 3s\n', 'limits.yaml:4: race.duration: expected '],
    ['an unknown option', 'thresholds:\n  race.duration: [p95 < 2s, {optinal: true}]\n', 'limits.yaml:2: thresholds.race.duration'],
    ['allow elsewhere', 'thresholds:\n  race.duration: [p95 < 2s, {allow: [a.test]}]\n', 'limits.yaml:2: race.duration: expected allow for hosts.unexpected only, found it here'],
    ['no allow', 'thresholds:\n  hosts.unexpected: count == 0\n', 'limits.yaml:2: hosts.unexpected: expected the hosts that may be contacted, such as {allow: ["*.example.com"]}, found no allow'],
    ['only differences', 'thresholds:\n  race.duration: "delta(median) < 5ms"\n', 'expected a limit of one side such as "p95 < 200ms", found only differences; netlog-analyze compare holds those'],
    ['nothing to count', 'thresholds:\n  race.failure_rate: rate < 5%\n', 'limits.yaml:2: race.failure_rate: expected something to count, found nothing in any run; did you mean race.duration? Or add {optional: true}'],
    ['a finding of no rule', 'thresholds:\n  finding.ipv6.unuseable: count == 0\n', 'limits.yaml:2: finding.ipv6.unuseable: expected a metric, found none of that name; did you mean finding.ipv6.unusable'],
  ])('%s', async (_what, thresholds, says) => {
    const { exitCode, stdout, stderr } = await check(thresholds);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('and of the command line', async () => {
    expect((await folder.netlogAnalyze('check @one.json')).stderr).toContain('Missing required argument: thresholds');
    expect((await folder.netlogAnalyze('check @one.json -t @missing.yaml')).stderr).toContain('missing.yaml: no such file');
    await folder.write('folder/x', '');
    expect((await folder.netlogAnalyze('check @one.json -t @folder')).stderr).toContain('folder: is a directory, not a thresholds file');
    expect((await check(ROOMY, '@one.json --also chart=@x.json')).stderr).toContain('--also takes FORMAT=FILE with one of text, json, markdown, junit, such as');
    expect((await check('thresholds:\n  hosts.unexpected: [count == 0, {allow: ["*"]}]\n', '@kept.json')).stderr).toContain('expected runs that name their hosts, found only baselines');
  });
});
