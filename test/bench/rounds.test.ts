/** How the benchmark measures and judges; with processes that do next to nothing, as it is not their time that counts here. */
import { describe, expect, it } from 'vitest';
import { Failed, measure } from '../../bench/measure.mjs';
import { type Result, type Row, isReached, runRounds } from '../../bench/rounds.mjs';
import { resultTable } from '../../bench/table.mjs';

const { signal } = new AbortController();
const node = (script: string, bytes?: number) => ({ args: ['-e', script], ...(bytes !== undefined && { bytes }) });

const ROW: Row = { title: 'twice', unit: '×', clock: 'wall and CPU', goal: { is: 'at least', limit: 2 }, value: () => 0 };
const spread = (median: number) => ({ median, low: median - 1, high: median + 1 });
const result = (row: Row, wall: number, cpu?: number): Result => ({ row, wall: spread(wall), cpu: cpu === undefined ? undefined : spread(cpu) });

describe('a process that is measured', () => {
  it('is told of with its peak memory and the processor time of its own', async () => {
    const [nothing, much] = [await measure(node('0').args, signal), await measure(node('Buffer.alloc(2e8, 1)').args, signal)];
    expect(much.peakMb - nothing.peakMb).toBeGreaterThan(150);
    expect(nothing.cpuMs).toBeGreaterThan(0);
  });

  it('is an error if it does not end well, with the first line of what it says', async () => {
    await expect(measure(node('throw new RangeError("too much")').args, signal)).rejects.toThrow(Failed);
    await expect(measure(node('console.error("no such thing"); process.exitCode = 3').args, signal)).rejects.toThrow('ended with 3: no such thing');
  });
});

it('takes each figure of the runs of one round, and the median over the rounds', async () => {
  const seen: string[] = [];
  const values = [7, 1, 5];
  const row: Row = { ...ROW, clock: 'wall', value: (of) => (seen.push(`${of('a').bytes} ${of('b').bytes}`), values[seen.length - 1] ?? NaN) };
  let runs = 0;
  const { results } = await runRounds({ runs: { a: node('0', 12), b: node('0') }, rows: [row] }, 3, signal, () => void runs++);
  expect(results).toEqual([{ row, wall: { median: 5, low: 1, high: 7 }, cpu: undefined }]);
  expect([seen, runs]).toEqual([['12 NaN', '12 NaN', '12 NaN'], 6]);
});

describe('a goal', () => {
  it('is reached or missed by the median on the clock', () => {
    expect([isReached(result(ROW, 2, 9), 1), isReached(result(ROW, 1.9, 9), 1)]).toEqual([true, false]);
    const atMost: Row = { ...ROW, goal: { is: 'at most', limit: 2 } };
    expect([isReached(result(atMost, 2), 1), isReached(result(atMost, 2.1), 1)]).toEqual([true, false]);
    expect(isReached(result({ ...ROW, goal: undefined }, 0), 1)).toBe(true);
  });

  it('with slack is missed only by what is far off by the processor too', () => {
    expect([isReached(result(ROW, 0.7, 0), 3), isReached(result(ROW, 0.6, 0.7), 3), isReached(result(ROW, 0.6, 0.6), 3)]).toEqual([true, true, false]);
  });
});

it('is told as a table, with what could not be measured', () => {
  const outcomes = [
    { id: 'a', results: [result(ROW, 12.34, 1.234), result({ ...ROW, title: 'memory', unit: 'MB' as const, goal: undefined }, 200)], runs: [] },
    { id: 'b', skipped: 'no room' },
    { id: 'c', failed: 'out of memory' },
  ];
  expect(resultTable(outcomes, 1)).toBe(
    [
      '|     | figure        | goal  | median (range)     | of CPU time        | verdict |',
      '| --- | ------------- | ----- | ------------------ | ------------------ | ------- |',
      '| a   | twice         | ≥ 2 × | 12.3 × (11.3–13.3) | 1.23 × (0.23–2.23) | met     |',
      '| a   | memory        |       | 200 MB (199–201)   |                    |         |',
      '| b   | no room       |       |                    |                    | skipped |',
      '| c   | out of memory |       |                    |                    | failed  |',
      '',
    ].join('\n'),
  );
});
