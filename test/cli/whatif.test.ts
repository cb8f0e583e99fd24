/** `infer TRACE` and `whatif TRACE` on real recordings: files, tables, charts, and what is said of mistakes. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { netlogAnalyze, type Outcome } from './harness.ts';

const DEAD_V6 = 'samples/v6-blackhole-hev2/netlog.json.gz';
const command = (...words: readonly string[]): Promise<Outcome> => netlogAnalyze(words, { real: true });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whatif-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('infer', () => {
  test('writes a scenario that simulate runs', async () => {
    const file = join(folder, 'inferred.yaml');
    expect(await command('infer', DEAD_V6, '--race', 'dual.lab.test', '-o', file)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(await readFile(file, 'utf8')).toContain('action: drop} # assumed: no answer within');
    const simulated = await command('simulate', file, '--profile', 'chromium-hev2,chromium-hev3', '--format', 'json');
    const rows = JSON.parse(simulated.stdout) as { purpose: string; connection?: { afterMs: number; endpoint: { ip: { address: string } } } }[];
    const connections = rows.filter(({ purpose }) => purpose === 'preconnect').map(({ connection }) => connection);
    expect(connections.map((connection) => connection?.endpoint.ip.address)).toEqual(['10.77.0.21', '10.77.0.21']);
    // The second address is tried after 300 and after 250 ms.
    expect((connections[0]?.afterMs ?? 0) - (connections[1]?.afterMs ?? 0)).toBe(50);
  });

  test('says what it leaves out, and what there is not', async () => {
    expect((await command('infer', DEAD_V6)).stderr).toMatch(/: 1 race made no attempt, left out\n$/);
    expect(await command('infer', DEAD_V6, '--race', 'dual.lab.tset')).toEqual({ exitCode: 2, stdout: '', stderr: expect.stringContaining('nearest: dual.lab.test') });
  });
});

describe('whatif', () => {
  test.each([80, 140])('in %i columns', async (width) => {
    const { stdout, exitCode } = await command('whatif', DEAD_V6, '--race', 'dual.lab.test', '--width', String(width));
    expect(exitCode).toBe(0);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
    await expect(stdout).toMatchFileSnapshot(`__golden__/whatif-${width}.txt`);
  });

  test('takes parameters, and tells everything as JSON', async () => {
    const { stdout } = await command('whatif', DEAD_V6, '--race', 'dual.lab.test', '--profile', 'chromium-hev3', '--set', 'connectionAttemptDelayMs=150', '-f', 'json');
    const [totals, race] = JSON.parse(stdout) as [{ kind: string; profile: string; connect: { differenceMs: number } }, { kind: string; assumed: string[] }];
    // The second address is tried after 300 and after 150 ms.
    expect(totals).toMatchObject({ kind: 'policy', profile: 'chromium-hev3', connect: { differenceMs: -150 } });
    expect(race).toMatchObject({ kind: 'race', assumed: [expect.stringContaining('slow and dead look the same'), expect.any(String)] });
  });

  test('draws a chart', async () => {
    const file = join(folder, 'difference.vl.json');
    expect((await command('whatif', DEAD_V6, '--race', 'dual.lab.test', '--profile', 'chromium-hev3', '-o', file)).exitCode).toBe(0);
    const { data, title } = JSON.parse(await readFile(file, 'utf8')) as { data: { values: object[] }; title: { subtitle: string[] } };
    expect(data.values).toEqual([
      { policy: 'chromium-hev3', kind: 'race', difference: -50 },
      { policy: 'chromium-hev3', kind: 'median', difference: -50 },
    ]);
    expect(title.subtitle[0]).toBe('n = 1 race; 0 races not used, as the replay did not give what was recorded');
  });

  test.each([
    [['--profile', 'chromium-hev4'], 'did you mean chromium-hev3?'],
    [['--set', 'connectionAttemptDelay=1'], '--set: connectionAttemptDelay: expected one of'],
    [['--set', 'connectionAttemptDelayMs'], '--set takes NAME=VALUE'],
    [['--seeds', '0'], '--seeds takes a whole number, 1 to 1000'],
    [['-o', 'chart.gif'], '--output takes a file that ends in .svg'],
  ])('%j is a mistake', async (words, says) => {
    const { exitCode, stdout, stderr } = await command('whatif', DEAD_V6, ...words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(says);
  });
});
