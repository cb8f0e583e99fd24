/** `netlog-analyze chart`: which files come to be, under which names, and what is refused. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aReport, blackholeRace, cryptoWaitRace, failedRace } from '../report/builders.ts';
import { COMMAND_NAMES } from '../../src/cli/commands.ts';
import { netlogAnalyze } from './harness.ts';

const stories = [blackholeRace(), cryptoWaitRace(), failedRace()];
const three = aReport({ races: stories.map(({ race }) => race), resolutions: stories.map(({ resolution }) => resolution) });
const evil = aReport({ races: [{ ...blackholeRace().race, destination: { scheme: 'https', host: '../../evil', port: 443 } }] });
const reports = { 'a.json': three, 'b.json': aReport({ races: [cryptoWaitRace().race] }), 'empty.json': aReport(), 'evil.json': evil, 'cut.json': aReport({ trace: { complete: false } }) };

const SCENARIO = `
version: 1
name: dual
link: {rttMs: 20}
dns:
  servers: [{address: 10.0.0.53}]
  zone: |
    dual.test. 60 IN A    10.0.0.1
    dual.test. 60 IN AAAA 2001:db8::1
servers:
  - {addresses: [10.0.0.1, "2001:db8::1"], port: 443, protocols: [h2], names: [dual.test], issuer: ca}
requests:
  - {atMs: 0, url: "https://dual.test/"}
`;

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'charts-'));
});
afterEach(() => rm(directory, { recursive: true }));

const chart = (...words: string[]) => netlogAnalyze(['chart', ...words, '-o', join(directory, 'out')], { reports });
const files = async (): Promise<string[]> => (await readdir(join(directory, 'out'))).toSorted();
const specification = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(directory, 'out', `${name}.vl.json`), 'utf8'));
async function scenario(): Promise<string> {
  const path = join(directory, 'scenario.yaml');
  await writeFile(path, SCENARIO);
  return path;
}

describe('of traces', () => {
  test('draws every kind without --kind, and prints the paths of the files', async () => {
    const { exitCode, stdout, stderr } = await chart('a.json', '-f', 'vl.json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const names = ['attempt-start', 'connect-phases', 'fallbacks', 'https-records', 'race-waterfall-112', 'race-waterfall-126', 'race-waterfall-200', 'races-timeline', 'resolve-time', 'sessions', 'winners'];
    expect(await files()).toEqual(names.map((name) => `${name}.vl.json`));
    expect(stdout.trimEnd().split('\n').toSorted()).toEqual(names.map((name) => join(directory, 'out', `${name}.vl.json`)));
  });

  test.each([
    { format: 'svg', begins: '<svg ' },
    { format: 'html', begins: '<!doctype html>' },
    { format: 'png', begins: '\u0089PNG' },
  ])('writes $format', async ({ format, begins }) => {
    expect(await chart('a.json', '--kind', 'winners', '-f', format)).toMatchObject({ exitCode: 0, stderr: '' });
    const bytes = await readFile(join(directory, 'out', `winners.${format}`), 'latin1');
    expect(bytes.slice(0, begins.length)).toBe(begins);
  });

  test('counts several traces together, and numbers what is drawn for each', async () => {
    await chart('a.json', 'b.json', '--kind', 'winners', '--kind', 'races-timeline', '--kind', 'race-waterfall', '--top', '1', '-f', 'vl.json');
    expect(await files()).toEqual(['race-waterfall-1-200.vl.json', 'race-waterfall-2-126.vl.json', 'races-timeline-1.vl.json', 'races-timeline-2.vl.json', 'winners.vl.json']);
    // Two winners in the first, one in the second; the failed race has none.
    expect(await specification('winners')).toMatchObject({ title: { subtitle: [expect.stringMatching(/^n = 3 races with a winner; 1 without/)] } });
  });

  test('draws the races that are asked for, by id, host or glob, each once', async () => {
    await chart('a.json', '--kind', 'race-waterfall', '--race', '112', '--race', 'a.test', '--race', 'svc.*', '-f', 'vl.json');
    expect(await files()).toEqual(['race-waterfall-112.vl.json', 'race-waterfall-126.vl.json']);
  });

  test('draws only what the filters let through', async () => {
    await chart('a.json', '--kind', 'winners', '--host', 'svc.a.test', '-f', 'vl.json');
    expect(await specification('winners')).toMatchObject({ title: { subtitle: [expect.stringContaining('n = 1 race with a winner')] } });
  });

  test('writes a chart that says why it is empty', async () => {
    expect(await chart('empty.json', '-f', 'vl.json')).toMatchObject({ exitCode: 0 });
    expect(await specification('race-waterfall')).toMatchObject({ data: { values: [{ reason: 'The trace has no races: nothing needed a new connection.' }] } });
  });

  test('names no file after text from a log', async () => {
    await chart('evil.json', '--kind', 'race-waterfall', '-f', 'vl.json');
    expect(await files()).toEqual(['race-waterfall-112.vl.json']);
  });

  test('has a dark theme', async () => {
    await chart('a.json', '--kind', 'winners', '--theme', 'dark', '-f', 'vl.json');
    expect(await specification('winners')).toMatchObject({ background: '#1b1e23' });
  });

  test('ends with exit code 4 under --strict if a log is incomplete, and draws it', async () => {
    expect(await chart('cut.json', '--strict', '--kind', 'winners')).toMatchObject({ exitCode: 4 });
    expect(await files()).toEqual(['winners.svg']);
  });
});

describe('a file that exists', () => {
  test('is not replaced, and no other is written either', async () => {
    await chart('a.json', '--kind', 'winners');
    await writeFile(join(directory, 'out', 'winners.svg'), 'mine');
    const { exitCode, stderr } = await chart('a.json', '--kind', 'fallbacks', '--kind', 'winners');
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('winners.svg: the file exists; --force replaces it') });
    expect(await files()).toEqual(['winners.svg']);
    expect(await readFile(join(directory, 'out', 'winners.svg'), 'utf8')).toBe('mine');
  });

  test('is replaced with --force', async () => {
    await chart('a.json', '--kind', 'winners');
    await writeFile(join(directory, 'out', 'winners.svg'), 'mine');
    expect(await chart('a.json', '--kind', 'winners', '--force')).toMatchObject({ exitCode: 0 });
    expect(await readFile(join(directory, 'out', 'winners.svg'), 'utf8')).toContain('<svg');
  });
});

describe('of simulations', () => {
  test('compares profiles in one scenario', async () => {
    expect(await chart(await scenario(), '--kind', 'profile-comparison', '--profile', 'draft-v3,none', '-f', 'vl.json')).toMatchObject({ exitCode: 0, stderr: '' });
    // DNS, TCP and TLS take a round trip of 20 ms each.
    expect(JSON.stringify(await specification('profile-comparison'))).toContain('"left":"draft-v3","right":"60 ms  IPv6 TCP, 1 attempt"');
  });

  test('sweeps a delay of IPv6: IPv4 wins once the connection attempt delay is over (HE §5: 250 ms)', async () => {
    expect(await chart(await scenario(), '--kind', 'sweep', '--sweep', 'ipv6DelayMs=0..400:400', '--profile', 'draft-v3', '-f', 'vl.json')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await specification('sweep')).toMatchObject({
      data: {
        values: [
          { profile: 'draft-v3', value: 0, result: 60, winner: 'IPv6' },
          // 20 ms for DNS, 250 ms of delay, 40 ms for TCP and TLS over IPv4.
          { profile: 'draft-v3', value: 400, result: 310, winner: 'IPv4' },
        ],
      },
    });
  });

  test('sweeps a parameter of the profile, and other quantities', async () => {
    await chart(await scenario(), '--kind', 'sweep', '--sweep', 'connectionAttemptDelayMs=100..200:50', '--quantity', 'attempts', '-f', 'vl.json');
    expect(await specification('sweep')).toMatchObject({ data: { values: [100, 150, 200].map((value) => expect.objectContaining({ value, result: 1 })) } });
  });
});

describe('a mistake ends with exit code 2 and one line', () => {
  test.each([
    { words: ['a.json', '--kind', 'pie'], says: 'Choices: "race-waterfall"' },
    { words: ['a.json', '--kind', 'winners', '--kind', 'sweep', '--sweep', 'rttMs=1..2:1'], says: '--kind sweep takes a scenario, and --kind winners takes traces' },
    { words: ['a.yaml', 'b.yaml', '--kind', 'profile-comparison'], says: '--kind profile-comparison takes one scenario, and there are 2' },
    { words: ['a.yaml', '--kind', 'sweep'], says: '--kind sweep and --sweep NAME=FROM..TO:STEP go together' },
    { words: ['a.yaml', '--kind', 'sweep', '--sweep', 'ipv6DelayMs'], says: 'expected NAME=FROM..TO:STEP, such as ipv6DelayMs=0..400:25, found "ipv6DelayMs"' },
    { words: ['a.yaml', '--kind', 'sweep', '--sweep', 'rttMs=5..1:1'], says: 'TO must not be below FROM' },
    { words: ['a.yaml', '--kind', 'sweep', '--sweep', 'rttMs=0..9999:1'], says: 'at most 1000 values, found 10000' },
    { words: ['a.json', '--kind', 'winners', '--profile', 'go'], says: '--profile and --seed are for' },
    { words: ['a.json', '--kind', 'winners', '--race', '112'], says: '--race is for --kind race-waterfall' },
    { words: ['a.json', '--race', 'aa.test'], says: 'no race aa.test; nearest: a.test' },
  ])('$words', async ({ words, says }) => {
    const { exitCode, stdout, stderr } = await chart(...words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('a sweep over a parameter that there is not', async () => {
    const { exitCode, stderr } = await chart(await scenario(), '--kind', 'sweep', '--sweep', 'ipv6DelaysMs=0..1:1');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('did you mean ipv6DelayMs?');
  });

  test('a share of loss above 1', async () => {
    expect((await chart(await scenario(), '--kind', 'sweep', '--sweep', 'lossRate=0..2:1')).stderr).toContain('expected shares from 0 to 1, found 2');
  });

  test('a directory that is a file', async () => {
    await writeFile(join(directory, 'out'), '');
    expect((await chart('a.json')).stderr).toContain('is a file, and charts go into a directory');
  });
});

test('a trace that cannot be read ends with exit code 3, and nothing is written', async () => {
  expect(await chart('a.json', 'missing.json')).toMatchObject({ exitCode: 3, stdout: '' });
  await expect(files()).rejects.toThrow('ENOENT');
});

test('no command leads to Vega or a renderer of PNG before it draws', async () => {
  /** What a module brings with it when it is loaded: not its types, and not what it loads by `import()` later. */
  const importsOf = async (path: string): Promise<string[]> => [...(await readFile(path, 'utf8')).matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';$/gm)].map(([, specifier = '']) => specifier);
  const packages = new Set<string>();
  const reached = new Set<string>();
  const waiting = [join('src', 'cli', 'main.ts'), ...COMMAND_NAMES.map((name) => join('src', 'cli', `${name}.ts`))];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const specifier of await importsOf(path)) {
      if (specifier.startsWith('.')) waiting.push(join(path, '..', specifier));
      else packages.add(specifier);
    }
  }
  expect([...packages].filter((name) => /vega|resvg/.test(name))).toEqual([]);
});
