/** The `sweep` command in this process. Times are those of a link of 20 ms: DNS, TCP and TLS take 20 each. */
import { EventEmitter } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CellAnswer, type CellTask, type GridWorker, runOnWorkers } from '../../src/cli/sweep/run-grid.ts';
import { netlogAnalyze, type Outcome } from './harness.ts';

const SCENARIO = `
version: 1
name: dual
client: {sources: [192.0.2.100, "2001:db8::100"]}
dns:
  servers: [{address: 192.0.2.53}]
  zone: |
    www.example. 300 IN A    192.0.2.1
    www.example. 300 IN AAAA 2001:db8::1
servers:
  - {addresses: [192.0.2.1, "2001:db8::1"], port: 443, protocols: [h2], names: [www.example], issuer: root}
requests:
  - {url: "https://www.example/"}
`;

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sweep-'));
});
afterEach(() => rm(directory, { recursive: true }));

const sweep = (...words: string[]): Promise<Outcome> => netlogAnalyze(['sweep', '-', ...words], { stdin: SCENARIO });
const csv = async (...words: string[]): Promise<string[]> => (await sweep(...words, '-f', 'csv')).stdout.trim().split('\r\n');

describe('a sweep', () => {
  test('has a column for each profile and a row for each value', async () => {
    const { exitCode, stdout } = await sweep('--vary', 'ipv6DelayMs=0:400:400', '--profile', 'draft-v3,curl-8');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Time to a connection \(ms\), dual, seed 1\n\n/);
    expect(stdout.split('\n').slice(2).map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ['ipv6DelayMs (ms)', 'draft-v3', 'curl-8'],
      ['0', '60 IPv6', '60 IPv6'],
      // 20 for DNS, the attempt delay of 250 or 200, 40 for TCP and TLS over IPv4.
      ['400', '310 IPv4', '260 IPv4'],
      [''],
    ]);
  });

  test('varies a field of the scenario, be it in the file or not', async () => {
    expect(await csv('--vary', 'link.rttMs=10:30:10', '--profile', 'draft-v3')).toEqual([
      'link.rttMs,profile,connect-time,family',
      '10,draft-v3,30,ipv6',
      '20,draft-v3,60,ipv6',
      '30,draft-v3,90,ipv6',
    ]);
  });

  test('runs every value with every other, the last fastest', async () => {
    const rows = await csv('--vary', 'aaaaDelayMs=0:100:100', '--vary', 'resolutionDelayMs=25:50:25', '--profile', 'draft-v3', '--metric', 'first-attempt');
    expect(rows.slice(1)).toEqual(['0,25,draft-v3,20,ipv6', '0,50,draft-v3,20,ipv6', '100,25,draft-v3,45,ipv4', '100,50,draft-v3,70,ipv4']);
  });

  test('is the same as JSON, with what was asked', async () => {
    const { stdout } = await sweep('--vary', 'rttMs=20:20:1', '--profile', 'draft-v3', '-f', 'json');
    expect(JSON.parse(stdout)).toEqual({ scenario: 'dual', seed: 1, metric: 'connect-time', varied: ['rttMs'], profiles: ['draft-v3'], runs: [{ values: { rttMs: 20 }, profile: 'draft-v3', result: 60, family: 'ipv6' }] });
  });

  test('writes a chart or data as the name of the file says', async () => {
    await sweep('--vary', 'ipv6DelayMs=0:400:100', '--vary', 'rttMs=20:40:20', '--profile', 'draft-v3', '-o', join(directory, 'a.svg'));
    const svg = await readFile(join(directory, 'a.svg'), 'utf8');
    expect(svg).toContain('<svg');
    expect(svg).toContain('draft-v3, rttMs 40');
    await sweep('--vary', 'ipv6DelayMs=0:400:200', '--profile', 'draft-v3', '-o', join(directory, 'a.vl.json'));
    expect(JSON.parse(await readFile(join(directory, 'a.vl.json'), 'utf8'))).toHaveProperty('$schema', expect.stringContaining('vega-lite'));
    await sweep('--vary', 'rttMs=20:40:20', '-o', join(directory, 'a.csv'));
    expect(await readFile(join(directory, 'a.csv'), 'utf8')).toContain('rttMs,profile,connect-time,family');
  });
});

describe('a mistake ends with exit code 2, and says what was expected', () => {
  test.each([
    [['--vary', 'rttMs=1..3:1'], '--vary: expected PATH=FROM:TO:STEP'],
    [['--vary', 'rttMs=3:1:1'], 'TO must not be below FROM'],
    [['--vary', 'rttMs=0:1e3:1'], 'expected PATH=FROM:TO:STEP'],
    [['--vary', 'rttMs=0:5000:1'], 'at most 1000 values, found 5001'],
    [['--vary', 'rttMs=1:2:1', '--vary', 'rttMs=1:2:1'], '--vary rttMs: is given twice'],
    [['--vary', 'rttms=1:2:1'], 'did you mean rttMs?'],
    [['--vary', 'link.rtt=1:2:1'], 'stdin:'],
    [['--vary', 'link.lossRate=2:3:1'], 'a share, 0 to 1'],
    [['--vary', 'name.rttMs=1:2:1'], '--vary name.rttMs: the scenario has no such field'],
    [['--vary', 'lossRate=0:5:1'], '--vary lossRate: expected shares from 0 to 1'],
    [['--vary', 'rttMs=1:2:1', '-f', 'json', '-o', 'x.svg'], "the file's name says svg"],
    [['--vary', 'rttMs=1:999:1', '--vary', 'aDelayMs=1:999:1'], 'at most 100000 runs, found 998001'],
  ])('%j', async (words, says) => {
    const { exitCode, stdout, stderr } = await sweep(...words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(says);
  });

  test('a file that exists stays', async () => {
    await writeFile(join(directory, 'a.json'), 'mine');
    expect(await sweep('--vary', 'rttMs=1:2:1', '-o', join(directory, 'a.json'))).toMatchObject({ exitCode: 2 });
    expect(await readFile(join(directory, 'a.json'), 'utf8')).toBe('mine');
  });
});

/** Answers later: the first worker slowly, so that answers come out of order. */
class FakeWorker extends EventEmitter {
  static ended = 0;
  readonly #answer: (task: CellTask) => CellAnswer;
  readonly #turns: number;

  constructor(turns: number, answer: (task: CellTask) => CellAnswer) {
    super();
    this.#turns = turns;
    this.#answer = answer;
  }

  postMessage(task: CellTask): void {
    const wait = (turns: number): unknown => (turns === 0 ? this.emit('message', this.#answer(task)) : setImmediate(() => wait(turns - 1)));
    wait(this.#turns);
  }

  terminate(): Promise<number> {
    FakeWorker.ended++;
    return Promise.resolve(0);
  }
}

describe('on several threads', () => {
  const cells = Array.from({ length: 20 }, (_, i) => [i]);
  const workers = (answer: (task: CellTask) => CellAnswer): (() => GridWorker) => {
    let started = 0;
    FakeWorker.ended = 0;
    return () => new FakeWorker(started++ === 0 ? 7 : 1, answer) as unknown as GridWorker;
  };

  test('the results stand in the order of the cells', async () => {
    const results = await runOnWorkers(workers(({ index, values }) => ({ index, results: [{ profile: 'p', result: values[0] ?? -1 }] })), 3, cells, undefined);
    expect(results.map(([row]) => row?.result)).toEqual(cells.map(([value]) => value));
    expect(FakeWorker.ended).toBe(3);
  });

  test('a mistake in one cell ends them all', async () => {
    const answers = workers(({ index }) => (index === 5 ? { index, usageError: 'no' } : { index, results: [] }));
    await expect(runOnWorkers(answers, 2, cells)).rejects.toThrow('no');
    expect(FakeWorker.ended).toBe(2);
  });

  test('an interruption does too', async () => {
    await expect(runOnWorkers(workers(({ index }) => ({ index, results: [] })), 2, cells, { signal: AbortSignal.abort(new Error('interrupted')) })).rejects.toThrow('interrupted');
    expect(FakeWorker.ended).toBe(2);
  });
});
