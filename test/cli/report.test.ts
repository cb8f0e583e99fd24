/** `report TRACE…`: which traces, rows and events the page gets, and where the page goes. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NetLogEvent } from '../../src/netlog/event.ts';
import type { PageData } from '../../src/report/html/page-data.ts';
import { aReport, blackholeRace, cryptoWaitRace, failedRace } from '../report/builders.ts';
import { netlogAnalyze, type Surroundings } from './harness.ts';

const [blackhole, cryptoWait, failed] = [blackholeRace(), cryptoWaitRace(), failedRace()];
const report = aReport({
  trace: { file: 'a.json' },
  races: [blackhole.race, cryptoWait.race, failed.race],
  resolutions: [blackhole.resolution, cryptoWait.resolution, failed.resolution],
});
const reports = { 'a.json': report, 'b.json': aReport({ trace: { file: 'b.json', complete: false } }) };

const run = (words: readonly string[], surroundings: Surroundings = {}) => netlogAnalyze(['report', ...words], { reports, ...surroundings });
const pageIn = (html: string): PageData => JSON.parse(/<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html)?.[1] ?? '');

describe('the page', () => {
  test('goes to a pipe as one document', async () => {
    const { exitCode, stdout, stderr } = await run(['a.json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
    expect(pageIn(stdout).traces.map(({ file, races }) => [file, races.rows.map(({ id }) => id)])).toEqual([['a.json', [200, 112, 126]]]);
  });

  test('has several traces in the order given', async () => {
    const { stdout } = await run(['b.json', 'a.json']);
    expect(pageIn(stdout).traces.map(({ file, complete }) => ({ file, complete }))).toEqual([
      { file: 'b.json', complete: false },
      { file: 'a.json', complete: true },
    ]);
  });

  test('has what the filters choose, and says which they were', async () => {
    const [trace] = pageIn((await run(['a.json', '--host', 'svc.*'])).stdout).traces;
    expect({ filters: trace?.filters, races: trace?.races }).toMatchObject({ filters: '--host svc.*', races: { rows: [{ id: 126 }], total: 1 } });
  });

  test('has at most --top races, those that matter, and the user is told', async () => {
    const { stdout, stderr } = await run(['a.json', '--top', '1']);
    expect(pageIn(stdout).traces[0]?.races).toMatchObject({ rows: [{ id: 200 }], total: 3 });
    expect(stderr).toBe('netlog-analyze: a.json: the page shows 1 of 3 races; --top 0 shows all\n');
  });

  test('has the events of the races’ sources, with codes in words, and no others', async () => {
    const event = (index: number, id: number, params: Record<string, unknown>): NetLogEvent => ({
      index,
      time: 5000 + index,
      type: 'TCP_CONNECT',
      loggedType: 'TCP_CONNECT',
      phase: 'END',
      source: { id, type: 'SOCKET' },
      params,
    });
    const events = [event(0, 77_000, {}), event(1, 112, { net_error: -102 }), event(2, 77_000, {}), event(3, 112, { source_dependency: { id: 138, type: 9 } })];
    const { stdout } = await run(['a.json'], { events });
    expect(pageIn(stdout).traces[0]?.sources).toEqual([
      {
        id: 112,
        type: 'SOCKET',
        eventCount: 2,
        events: [
          { index: 1, position: 0, atMs: 1, type: 'TCP_CONNECT', phase: 'END', params: ['net_error = -102 (ERR_CONNECTION_REFUSED)'] },
          { index: 3, position: 1, atMs: 3, type: 'TCP_CONNECT', phase: 'END', params: ['source_dependency = 138 (SOCKET)'] },
        ],
      },
    ]);
  });

  test('reads both times the window that was asked for', async () => {
    const windows: unknown[] = [];
    await run(['a.json', '--from', '5', '--to', '50'], { onRead: (_, options) => windows.push((options as { window?: unknown }).window) });
    expect(windows).toEqual([{ fromMs: 5, toMs: 50 }, { fromMs: 5, toMs: 50 }]);
  });
});

describe('the file', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netlog-analyze-report-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('is written whole, and not over another one without --force', async () => {
    const path = join(folder, 'report.html');
    expect(await run(['a.json', '-o', path])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    writeFileSync(path, 'kept');
    expect(await run(['a.json', '-o', path])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('the file exists; --force replaces it') });
    expect(readFileSync(path, 'utf8')).toBe('kept');
    expect((await run(['a.json', '-o', path, '--force'])).exitCode).toBe(0);
    expect(readFileSync(path, 'utf8')).toMatch(/^<!doctype html>/);
  });

  test('is not made if no trace can be read', async () => {
    const before = readdirSync(folder);
    const { exitCode, stderr } = await run(['text.txt', '-o', join(folder, 'none.html')]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: 'netlog-analyze: text.txt: Expected a NetLog, found "hello" at byte 0.\n' });
    expect(readdirSync(folder)).toEqual(before);
  });
});

test('the same log gives the same bytes', async () => {
  expect((await run(['a.json'])).stdout).toBe((await run(['a.json'])).stdout);
});

test('of several traces one that cannot be read is told and left out', async () => {
  const { exitCode, stdout, stderr } = await run(['missing.json', 'a.json']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: 'netlog-analyze: missing.json: no such file\n' });
  expect(pageIn(stdout).traces).toHaveLength(1);
});

test('--strict ends with exit code 4 for an incomplete log, and still makes the page', async () => {
  const { exitCode, stdout } = await run(['b.json', '--strict']);
  expect(exitCode).toBe(4);
  expect(pageIn(stdout).traces).toHaveLength(1);
});

test('a terminal is no place for a page, unless asked for with -o -', async () => {
  expect(await run(['a.json'], { columns: 80 })).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('-o report.html writes it to a file') });
  expect((await run(['a.json', '-o', '-'], { columns: 80 })).stdout).toMatch(/^<!doctype html>/);
});
