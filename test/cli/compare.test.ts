/** `compare BASE… --against NEW…`: sides, outputs, exit codes and what is said of mistakes. */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparisonSchema } from '../../src/compare/comparison.ts';
import type { Comparison } from '../../src/compare/comparison.ts';
import { savedReport, temporaryFolder, type Ended, type Folder } from './compare-files.ts';

let folder: Folder;
const compare = (words: string, env?: Readonly<Record<string, string>>): Promise<Ended> => folder.netlogAnalyze(`compare ${words}`, env);
const asJson = async (words: string): Promise<Comparison> => JSON.parse((await compare(`${words} -f json`)).stdout) as Comparison;

const SLOWER = 'thresholds:\n  race.duration: ["delta(median) < max(10%, 20ms)"]\n';

beforeAll(async () => {
  folder = await temporaryFolder();
  for (const [i, ms] of [100, 101, 102, 103, 104, 105].entries()) {
    await folder.write(`base/run-${i}.json`, savedReport([ms]));
    await folder.write(`slow/run-${i}.json`, savedReport([ms + 100]));
  }
  await folder.write('empty/readme.txt', 'no trace');
  await folder.write('mixed/notes.json', '{"a": 1}');
  await folder.write('mixed/run-1.json', savedReport([100]));
  await folder.write('cut.json', savedReport([100], { complete: false }));
  await folder.write('bad.json', '"hello"');
  await folder.write('future.json', { ...savedReport([1]), schemaVersion: 2 });
  await folder.write('damaged.json', `${JSON.stringify(savedReport([1]), null, 2).slice(0, 400)}`);
  await folder.write('array.json', [savedReport([100]), savedReport([300])]);
  await folder.write('packed.json.gz', gzipSync(JSON.stringify(savedReport([100]))));
  await folder.write('comparison.json', { schemaVersion: 1, kind: 'comparison' });
  await folder.write('slower.yaml', SLOWER);
});
afterAll(() => folder.remove());

describe('a side', () => {
  test.each([
    ['a file', '@base/run-0.json', 1],
    ['several files', '@base/run-0.json @base/run-1.json', 2],
    ['a directory', '@base', 6],
    ['a glob', '@base/*.json', 6],
    ['a glob of directories', '@b*e', 6],
    ['any depth', '@**/run-3.json', 2],
    ['a file named twice', '@base/run-0.json @base', 6],
    ['an array of reports', '@array.json', 2],
    ['a compressed report', '@packed.json.gz', 1],
    ['a NetLog', 'samples/dual-hev3/netlog.json.gz', 1],
  ])('is %s', async (_what, words, runs) => {
    expect((await asJson(`${words} --against @slow`)).base.runs).toHaveLength(runs);
  });

  test('takes all words after --against, as an unquoted glob gives them', async () => {
    const { base, new: next } = await asJson('@base --against @slow/run-0.json @slow/run-1.json');
    expect([base.runs.length, next.runs.length]).toEqual([6, 2]);
  });

  test('leaves out what is no trace in a directory, and says so', async () => {
    const { exitCode, stderr } = await compare('@mixed --against @slow');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'netlog-analyze: left out, because it is no trace: mixed/notes.json\n' });
  });
});

describe('the outcome', () => {
  test('tells a regression, which fails nothing by itself', async () => {
    const { exitCode, stdout } = await compare('@base --against @slow');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/regressed +race\.duration +102\.5 ms +202\.5 ms +\+100 ms/);
  });

  test.each([
    ['a threshold is breached', '@base --against @slow -t @slower.yaml', 1],
    ['it is an improvement', '@slow --against @base -t @slower.yaml', 0],
    ['a regression is to fail', '@base --against @slow --fail-on-regression', 1],
    ['an improvement is not', '@slow --against @base --fail-on-regression', 0],
    ['too few runs are to fail', '@base/run-0.json --against @slow/run-0.json --fail-on-inconclusive', 1],
    ['too few runs are not', '@base/run-0.json --against @slow/run-0.json', 0],
    ['a test is asked for with two runs', '@base/run-0.json @base/run-1.json --against @slow --min-runs 2', 0],
    ['a log is incomplete', '@cut.json --against @slow', 0],
    ['a log is incomplete under --strict', '@cut.json --against @slow --strict', 4],
  ])('where %s: %s ends with %i', async (_why, words, expected) => {
    expect((await compare(words)).exitCode).toBe(expected);
  });

  test('is the same for the same seed', async () => {
    expect((await compare('@base --against @slow -f json --seed 7')).stdout).toBe((await compare('@base --against @slow -f json --seed 7')).stdout);
  });
});

describe('--group-by', () => {
  beforeAll(async () => {
    for (const i of [1, 2, 3, 4]) {
      await folder.write(`trial/control-${i}.json`, savedReport([100 + i], { fieldTrials: ['HappyEyeballsV3:Control'], raceEngines: ['legacy'] }));
      await folder.write(`trial/enabled-${i}.json`, savedReport([300 + i], { fieldTrials: ['HappyEyeballsV3:Enabled'], raceEngines: ['hev3'] }));
    }
    await folder.write('three/hev2.json', savedReport([1], { raceEngines: ['hev2'] }));
    await folder.write('three/hev3.json', savedReport([1], { raceEngines: ['hev3'] }));
    await folder.write('three/legacy.json', savedReport([1], { raceEngines: ['legacy'] }));
    await folder.write('unclear/a.json', savedReport([1], { fieldTrials: ['A:1', 'B:1'] }));
    await folder.write('unclear/b.json', savedReport([1], { fieldTrials: ['A:2', 'B:1'] }));
    await folder.write('unclear/c.json', savedReport([1], { fieldTrials: ['A:2', 'B:2'] }));
  });

  test.each([
    ['field-trial', 'HappyEyeballsV3:Control', 'HappyEyeballsV3:Enabled'],
    ['field-trial:HappyEyeballsV3', 'HappyEyeballsV3:Control', 'HappyEyeballsV3:Enabled'],
    ['engine', 'legacy', 'hev3'],
    ['file', 'control', 'enabled'],
  ])('%s makes two arms of a folder', async (by, base, next) => {
    const comparison = await asJson(`@trial --group-by ${by}`);
    expect([comparison.base.label, comparison.new.label]).toEqual([base, next]);
    expect([comparison.base.runs.length, comparison.new.runs.length]).toEqual([4, 4]);
    expect(comparison.metrics.find(({ id }) => id === 'race.duration')?.difference?.shift).toBe(200);
  });

  test('--arms turns them round, or chooses among more', async () => {
    expect((await asJson('@trial --group-by engine --arms hev3,legacy')).base.label).toBe('hev3');
    expect((await asJson('@three --group-by engine --arms hev2,hev3')).base.label).toBe('hev2');
    expect((await asJson('@trial --group-by field-trial --arms Enabled,Control')).base.label).toBe('HappyEyeballsV3:Enabled');
  });

  test.each([
    ['three arms', '@three --group-by engine', 'expected two groups of runs, found 3: legacy (1), hev2 (1), hev3 (1); choose with --arms BASE,NEW'],
    ['one arm', '@base --group-by engine', 'expected two groups of runs, found one: hev3 (6)'],
    ['trials that divide differently', '@unclear --group-by field-trial', 'name one: field-trial:A, field-trial:B'],
    ['an unknown arm', '@three --group-by engine --arms hev2,hevv3', '--arms: expected groups of runs, found "hevv3"; there are legacy (1), hev2 (1), hev3 (1); did you mean hev3?'],
    ['one name', '@three --group-by engine --arms hev2', '--arms takes two different groups'],
    ['the same arm twice', '@three --group-by engine --arms hev2,hev2', '--arms takes two different groups'],
    ['another grouping', '@three --group-by colour', '--group-by takes engine, file, field-trial or field-trial:NAME, found "colour"'],
  ])('of %s says what to do', async (_what, words, says) => {
    const { exitCode, stderr } = await compare(words);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
  });
});

describe('outputs', () => {
  test('JSON has a schema of its own', async () => {
    const comparison = await asJson('@base --against @slow -t @slower.yaml');
    expect(comparisonSchema.parse(comparison)).toEqual(comparison);
  });

  test('--also writes further forms beside the one on stdout', async () => {
    const { exitCode, stdout } = await compare('@base --against @slow -t @slower.yaml --also junit=@out.xml markdown=@out.md json=@out.json chart=@out.vl.json');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('FAILED: 1 threshold breached');
    expect(readFileSync(folder.path('out.xml'), 'utf8')).toContain('<testcase classname="race.duration" name="delta(median) &lt; max(10%, 20ms)"><failure message="failed; found +100 ms, limit +20 ms"/>');
    expect(readFileSync(folder.path('out.md'), 'utf8')).toMatch(/^<!-- netlog-analyze:compare:default -->\n## Connections: FAILED: 1 threshold breached\n/);
    expect(comparisonSchema.parse(JSON.parse(readFileSync(folder.path('out.json'), 'utf8'))).outcome).toBe('failed');
    expect(JSON.parse(readFileSync(folder.path('out.vl.json'), 'utf8'))).toMatchObject({ $schema: expect.stringContaining('vega-lite') });
  });

  test('--key names the comment', async () => {
    expect((await compare('@base --against @slow -f markdown --key pr.main')).stdout).toContain('<!-- netlog-analyze:compare:pr.main -->');
  });

  test('--save-baseline keeps the new runs, to compare against later', async () => {
    await compare('@base --against @slow --save-baseline @kept.json');
    const text = readFileSync(folder.path('kept.json'), 'utf8');
    expect(text.length).toBeLessThan(6 * 2000);
    const comparison = await asJson('@kept.json --against @base');
    expect(comparison.base.runs).toHaveLength(6);
    expect(comparison.metrics.find(({ id }) => id === 'race.duration')).toMatchObject({ verdict: 'improved', difference: { shift: -100 } });
    expect(comparison.comparability.find(({ fact }) => fact === 'hosts')).toMatchObject({ consequence: 'not known: a baseline names no hosts' });
  });

  test('--save-baseline alone only saves', async () => {
    expect(await compare('@base --save-baseline @alone.json')).toEqual({ exitCode: 0, stdout: '', stderr: expect.stringMatching(/alone\.json: 6 runs kept\n$/) });
    expect((await asJson('@alone.json --against @base')).metrics.find(({ id }) => id === 'race.duration')?.verdict).toBe('unchanged');
  });

  test('nothing is left behind when a run cannot be read', async () => {
    expect((await compare('@base --against @bad.json --also junit=@never.xml -o @never.txt')).exitCode).toBe(3);
    expect(existsSync(folder.path('never.xml')) || existsSync(folder.path('never.txt'))).toBe(false);
  });

  test('an existing file is replaced only with --force', async () => {
    await folder.write('there.xml', 'old');
    const { exitCode, stderr } = await compare('@base --against @slow --also junit=@there.xml');
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('--force replaces it') });
    expect((await compare('@base --against @slow --also junit=@there.xml --force')).exitCode).toBe(0);
  });
});

describe('on GitHub Actions', () => {
  test('a breach is an annotation at its line, and the step has a summary', async () => {
    const summary = await folder.write('summary.md', 'before\n');
    const { stdout, stderr } = await compare('@base --against @slow -t @slower.yaml', { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary });
    expect(stderr).toBe('::error file=slower.yaml,line=2,title=race.duration%3A delta(median) < max(10%25%2C 20ms)::failed; found +100 ms, limit +20 ms\n');
    expect(stdout).not.toContain('::error');
    expect(readFileSync(summary, 'utf8')).toMatch(/^before\n<!-- netlog-analyze:compare:default -->/);
  });

  test('without a summary file there is none', async () => {
    expect((await compare('@base --against @slow -t @slower.yaml', { GITHUB_ACTIONS: 'true' })).exitCode).toBe(1);
  });

  test('a summary that cannot be written is told, and decides nothing', async () => {
    const { exitCode, stderr } = await compare('@base --against @base', { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: folder.path('no/such/file.md') });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('GITHUB_STEP_SUMMARY: ENOENT') });
  });

  test('elsewhere nothing of it is written', async () => {
    expect((await compare('@base --against @slow -t @slower.yaml')).stderr).toBe('');
  });
});

describe('a mistake', () => {
  test.each([
    ['one side', '@base', 2, 'expected a second side, found none: add --against NEW, or --group-by engine, file or field-trial'],
    ['no side', '--against @base', 2, 'Not enough non-option arguments'],
    ['both ways of naming sides', '@base --against @slow --group-by engine', 2, '--against and --group-by exclude each other'],
    ['--arms without --group-by', '@base --against @slow --arms a,b', 2, '--arms chooses among the groups of --group-by'],
    ['stdin twice', '- --against -', 2, '- stands for stdin, which can be read only once'],
    ['a glob that matches nothing', '@base --against @nothing*.json', 2, 'nothing*.json: expected files that match, found none'],
    ['a directory without traces', '@base --against @empty', 2, 'expected a directory with traces, found no file that ends in'],
    ['a file that is not there', '@base --against @missing.json', 3, 'found no file "missing.json"'],
    ['a file that is no trace', '@base --against @bad.json', 3, 'bad.json: Expected a NetLog'],
    ['a report of another version', '@base --against @future.json', 3, 'future.json: expected a saved report of schema version 1, found another shape at schemaVersion'],
    ['a report that is cut off', '@base --against @damaged.json', 3, 'damaged.json: expected a saved report or baseline, found JSON that is cut off or damaged'],
    ['a comparison in place of a run', '@base --against @comparison.json', 3, 'comparison.json: expected a saved baseline of schema version 1, found another shape at kind'],
    ['no thresholds file', '@base --against @slow -t @missing.yaml', 2, 'missing.yaml: no such file'],
    ['an alpha out of range', '@base --against @slow --alpha 2', 2, '--alpha takes a chance'],
    ['too few runs for any test', '@base --against @slow --min-runs 1', 2, '--min-runs takes a whole number from 2 on'],
    ['a seed that is none', '@base --against @slow --seed x', 2, '--seed takes a whole number'],
    ['a key that would end its marker', '@base --against @slow --key a-->b', 2, '--key takes letters'],
    ['an unknown form', '@base --against @slow --also sarif=x', 2, '--also takes FORMAT=FILE with one of text, json, markdown, junit, chart'],
    ['a form without a file', '@base --against @slow --also junit', 2, 'found "junit"'],
    ['a width too small', '@base --against @slow --width 3', 2, '--width takes a whole number from 40 on'],
  ])('such as %s is told in one line', async (_what, words, expected, says) => {
    const { exitCode, stdout, stderr } = await compare(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: expected, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
