/** Partitions: whole or not at all, the same bytes for the same run, and everything read back as it was. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runOfReport } from '../../src/report/run-of-report.ts';
import type { AnalyzedRun } from '../../src/dataset/analyzed-run.ts';
import { readTable } from '../../src/dataset/parquet/read-table.ts';
import { isDataset, partitionOf, partitionsIn, tableFile } from '../../src/dataset/partitions.ts';
import { readRun } from '../../src/dataset/read-run.ts';
import { ALL_TABLES } from '../../src/dataset/tables/all-tables.ts';
import { isWritten, writePartition } from '../../src/dataset/write-partition.ts';
import type { Session } from '../../src/model/session.ts';
import { TOOL } from '../../src/report/tool.ts';
import { aMetric, anAttempt, aRace, aReport, aRequest, aResolution, aSession, aTransaction, blackholeRace } from '../report/builders.ts';

let dataset: string;
beforeEach(() => {
  dataset = mkdtempSync(join(tmpdir(), 'partitions-'));
});
afterEach(() => {
  rmSync(dataset, { recursive: true, force: true });
});

function analyzed(report = aReport(), network?: string): AnalyzedRun {
  return { ...report, run: runOfReport(report, report.trace.file), network };
}

const everyTable = aReport({
  races: [blackholeRace().race],
  resolutions: [blackholeRace().resolution],
  requests: [aRequest({ url: 'https://a.test/x', raceId: 112, status: 200, endMs: 340, phases: { waitMs: 12 } })],
  sessions: [aSession({ originFrame: { origins: ['https://b.test'], atMs: 5 } })],
  metrics: [aMetric({ n: 3, value: 325, values: [325, 70, 400], summary: { min: 70, p25: 197.5, p50: 325, p75: 362.5, p90: 385, p95: 392.5, p99: 398.5, max: 400, mad: 75 } })],
});

function digest(id: string): string {
  const { folder } = partitionOf(dataset, id);
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).toSorted()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}

const read = (table: string, columns: string[], id = 'r1') => readTable(tableFile(partitionOf(dataset, id), table), columns);

describe('a partition', () => {
  test('has a file for every table, also for those without rows', async () => {
    await writePartition(dataset, 'r1', analyzed(), TOOL);
    expect(readdirSync(partitionOf(dataset, 'r1').folder).toSorted()).toEqual(ALL_TABLES.map(({ name }) => `${name}.parquet`).toSorted());
    expect(await read('races', ['id'])).toEqual([]);
  });

  test('has the same bytes each time', async () => {
    await writePartition(dataset, 'r1', analyzed(everyTable), TOOL);
    await writePartition(dataset, 'r2', analyzed(everyTable), TOOL);
    expect(digest('r1')).toBe(digest('r2'));
  });

  test('leaves nothing behind when writing fails in the middle', async () => {
    const failing: Iterable<Session> = {
      *[Symbol.iterator]() {
        yield aSession();
        throw new Error('the disk is full');
      },
    };
    const run = { ...analyzed(everyTable), sessions: failing as unknown as AnalyzedRun['sessions'] };
    await expect(writePartition(dataset, 'r1', run, TOOL)).rejects.toThrow('the disk is full');
    expect(readdirSync(dataset)).toEqual([]);
  });

  test('stays as it was when writing it again fails', async () => {
    await writePartition(dataset, 'r1', analyzed(everyTable), TOOL);
    const before = digest('r1');
    const run = { ...analyzed(everyTable), requests: undefined as unknown as AnalyzedRun['requests'] };
    await expect(writePartition(dataset, 'r1', run, TOOL)).rejects.toThrow(TypeError);
    expect(digest('r1')).toBe(before);
    expect(readdirSync(dataset)).toEqual(['run=r1']);
  });

  test('is whole when many write it at the same time', async () => {
    await Promise.all(Array.from({ length: 8 }, () => writePartition(dataset, 'r1', analyzed(everyTable), TOOL)));
    expect(readdirSync(dataset)).toEqual(['run=r1']);
    await writePartition(dataset, 'r2', analyzed(everyTable), TOOL);
    expect(digest('r1')).toBe(digest('r2'));
  });

  test('is known again by the version that wrote it, and by no other', async () => {
    await writePartition(dataset, 'r1', analyzed(), TOOL);
    expect(await isWritten(partitionOf(dataset, 'r1'), TOOL)).toBe(true);
    expect(await isWritten(partitionOf(dataset, 'r1'), { ...TOOL, version: '0.0.9' })).toBe(false);
    expect(await isWritten(partitionOf(dataset, 'r2'), TOOL)).toBe(false);
    writeFileSync(tableFile(partitionOf(dataset, 'r1'), 'runs'), 'not parquet');
    expect(await isWritten(partitionOf(dataset, 'r1'), TOOL)).toBe(false);
  });
});

describe('a data set', () => {
  test('does not count what was being written when a process was killed', async () => {
    mkdirSync(join(dataset, '.run=r1.0.tmp'));
    expect(await isDataset(dataset)).toBe(false);
    await writePartition(dataset, 'r2', analyzed(), TOOL);
    expect((await partitionsIn(dataset)).map(({ id }) => id)).toEqual(['r2']);
  });
});

describe('what is read back', () => {
  test('is the run that a comparison keeps of the trace', async () => {
    const run = analyzed(everyTable);
    await writePartition(dataset, 'r1', run, TOOL);
    expect(await readRun(partitionOf(dataset, 'r1'))).toEqual(run.run);
  });

  test('is NULL where the log does not tell, never a zero', async () => {
    await writePartition(dataset, 'r1', analyzed(aReport({ races: [aRace({ outcome: 'unfinished' })] })), TOOL);
    expect(await read('races', ['id', 'outcome', 'end_ms', 'duration_ms', 'winner_family', 'fallback_family', 'attempts', 'resolution_ids'])).toEqual([
      { id: 112, outcome: 'unfinished', fallback_family: false, attempts: 0, resolution_ids: [] },
    ]);
  });

  test('counts times within a race from its start, and leaves out steps of the clock', async () => {
    const attempts = [anAttempt({ id: 1, ipEndpoint: '192.0.2.1:443', startMs: 130, connectedMs: 152 }), anAttempt({ id: 2, ipEndpoint: '192.0.2.1:443', startMs: 90, connectedMs: 80 })];
    await writePartition(dataset, 'r1', analyzed(aReport({ races: [aRace({ startMs: 100, attempts })] })), TOOL);
    expect(await read('attempts', ['id', 'since_race_start_ms', 'connect_ms'])).toEqual([{ id: 1, since_race_start_ms: 30, connect_ms: 22 }, { id: 2 }]);
  });

  test('tells of each DNS transaction its exchanges and the last server', async () => {
    const transaction = aTransaction({
      type: 'AAAA',
      startMs: 1,
      endMs: 1024,
      attempts: [
        { transport: 'udp', server: '192.0.2.53:53', startMs: 1, timedOut: true },
        { transport: 'tcp', server: '[2001:db8::53]:53', startMs: 1001, endMs: 1024 },
      ],
    });
    await writePartition(dataset, 'r1', analyzed(aReport({ resolutions: [aResolution({ transactions: [transaction] })] })), TOOL);
    expect(await read('transactions', ['type', 'duration_ms', 'attempts', 'timed_out', 'transport', 'server'])).toEqual([
      { type: 'AAAA', duration_ms: 1023, attempts: 2, timed_out: 1, transport: 'tcp', server: '[2001:db8::53]:53' },
    ]);
    expect(await read('runs', ['name_servers'])).toEqual([{ name_servers: '192.0.2.53 2001:db8::53' }]);
  });

  test('holds any text of a log as data', async () => {
    const host = "a'); DROP TABLE races; --\u0000\u202e\n🦊";
    await writePartition(dataset, 'r1', analyzed(aReport({ races: [aRace({ destination: { scheme: 'https', host, port: 443 } })] }), host), TOOL);
    expect(await read('races', ['host'])).toEqual([{ host }]);
    expect(await read('runs', ['network'])).toEqual([{ network: host }]);
  });

  test('keeps integers that a double holds, and no others', async () => {
    await writePartition(dataset, 'r1', analyzed(aReport({ requests: [aRequest({ id: 2 ** 53 - 1 }), aRequest({ id: 2 ** 60, status: 200 })] })), TOOL);
    expect(await read('requests', ['id', 'status'])).toEqual([{ id: 9_007_199_254_740_991 }, { status: 200 }]);
  });

  test('counts the sample of a metric in bins', async () => {
    await writePartition(dataset, 'r1', analyzed(aReport({ metrics: [aMetric({ n: 4, value: 1, values: [1, 0, 1, 100] })] })), TOOL);
    // 1 ends bin 0, 100 lies in bin 231; zeros have a bin of their own.
    expect(await read('sketches', ['id', 'bin', 'count'])).toEqual([
      { id: 'race.duration', bin: -1_000_000, count: 1 },
      { id: 'race.duration', bin: 0, count: 2 },
      { id: 'race.duration', bin: 231, count: 1 },
    ]);
  });

  test('is refused, with what to do, where it is something else', async () => {
    await writePartition(dataset, 'r1', analyzed(), TOOL);
    writeFileSync(tableFile(partitionOf(dataset, 'r1'), 'metrics'), readFileSync(tableFile(partitionOf(dataset, 'r1'), 'races')));
    await expect(readRun(partitionOf(dataset, 'r1'))).rejects.toThrow(/metrics\.parquet: expected .*export the trace again/);
  });
});
