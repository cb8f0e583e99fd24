/** Data sets on the command line: export, sql, summary and compare, as a user meets them. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../src/cli/sql/examples-text.ts';
import { allMetrics } from '../../src/metrics/all-metrics.ts';
import { RELATIVE_ERROR } from '../../src/dataset/pool/sketch.ts';
import { quantile } from '../../src/metrics/statistics/quantile.ts';
import type { DatasetSummary } from '../../src/dataset/pool/pooled-metric.ts';
import type { Report } from '../../src/report/report.ts';
import { SAMPLES, sampleFiles, useSampleDataset } from '../dataset/sample-dataset.ts';
import { sampleOf } from '../metrics/statistics/samples.ts';
import { netlogAnalyze, type Surroundings } from './harness.ts';

const { path: fleet, folder } = useSampleDataset();
const [TRACE = ''] = sampleFiles;

const call = (words: readonly string[], surroundings: Surroundings = {}) => netlogAnalyze(words, { real: true, ...surroundings });
const exported = (dataset: string, ...words: string[]) => call(['export', ...words, '-f', 'parquet', '-o', join(folder, dataset)]);
const entries = (dataset: string): string[] => readdirSync(join(folder, dataset)).toSorted();

describe('export -f parquet', () => {
  test('passes over what is there, and writes the same names and bytes again with --force', async () => {
    const bytes = (): Buffer[] => entries('fleet').map((run) => readFileSync(join(fleet, run, 'races.parquet')));
    const [names, before] = [entries('fleet'), bytes()];
    expect((await exported('fleet', ...sampleFiles)).stderr).toBe(`netlog-analyze: ${fleet}: 0 written, ${SAMPLES.length} already there\n`);
    expect((await exported('fleet', TRACE, '--force')).stderr).toBe(`netlog-analyze: ${fleet}: 1 written\n`);
    expect(entries('fleet')).toEqual(names);
    expect(bytes()).toEqual(before);
  });

  test('names a run after the bytes of its log, wherever they come from, and after the stretch that is read', async () => {
    copyFileSync(TRACE, join(folder, 'elsewhere.gz'));
    expect((await exported('named', TRACE, join(folder, 'elsewhere.gz'))).stderr).toContain('1 written, 1 already there');
    await exported('named', TRACE, '--from', '100');
    await exported('named', TRACE, '--from', '200');
    expect(entries('named')).toHaveLength(3);
    expect(entries('named').every((name) => /^run=r[0-9a-f]{16}$/.test(name))).toBe(true);
    expect(entries('fleet')).toContain(entries('named').find((name) => entries('fleet').includes(name)));
  });

  test('takes a whole directory, and says what in it is no trace', async () => {
    const logs = join(folder, 'logs');
    mkdirSync(logs);
    copyFileSync(TRACE, join(logs, '1.json.gz'));
    writeFileSync(join(logs, 'notes.json'), '{"notes": []}');
    const { exitCode, stderr } = await exported('from-directory', logs);
    expect({ exitCode, last: stderr.trimEnd().split('\n').at(-1) }).toEqual({ exitCode: 0, last: `netlog-analyze: ${join(folder, 'from-directory')}: 1 written, 1 no trace` });
  });

  test('goes on after a trace that cannot be read, and ends with 3', async () => {
    const { exitCode, stderr } = await exported('partly', 'missing.json', TRACE);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('missing.json: no such file');
    expect(entries('partly')).toHaveLength(1);
  });

  test('ends with 4 under --strict for a log that is cut off, which is written all the same', async () => {
    expect((await exported('strict', 'samples/truncated-hev3/netlog.json.gz', '--strict')).exitCode).toBe(4);
    expect(entries('strict')).toHaveLength(1);
  });

  test('leaves no partition when it is interrupted', async () => {
    const interrupted = new AbortController();
    interrupted.abort();
    const { exitCode } = await call(['export', TRACE, '-f', 'parquet', '-o', join(folder, 'interrupted')], { signal: interrupted.signal });
    expect(exitCode).toBe(130);
    expect(existsSync(join(folder, 'interrupted'))).toBe(false);
  });

  test('leaves no partition when writing is cut off by the system', () => {
    // Files may have at most 1 kB (or, where a block is 512 bytes, half of it): the first larger table ends it.
    const dataset = join(folder, 'cut-off');
    const command = `ulimit -f 1; exec node dist/cli/main.js export ${TRACE} -f parquet -o ${dataset}`;
    expect(() => execFileSync('bash', ['-c', command], { stdio: 'pipe' })).toThrow(/EFBIG|File size limit exceeded/);
    expect(existsSync(dataset) ? readdirSync(dataset).filter((name) => name.startsWith('run=')) : []).toEqual([]);
  });

  test.each([
    { words: ['-f', 'parquet'], says: 'parquet takes --output DATASET' },
    { words: ['-f', 'parquet', '-o', 'x', '--host', 'a.test'], says: 'filters do not apply to parquet' },
    { words: ['-f', 'parquet', '-o', 'x', '--table', 'races'], says: '--table belongs to csv and ndjson; parquet holds all tables' },
    { words: ['-f', 'parquet', '-o', 'package.json/x'], says: '--output package.json/x: ENOTDIR' },
    { words: [TRACE, '-f', 'csv'], says: 'csv takes one trace, found 2; parquet takes many' },
    { words: ['--network', 'home'], says: '--network belongs to parquet' },
  ])('$words ends with 2: $says', async ({ words, says }) => {
    const { exitCode, stderr } = await call(['export', TRACE, ...words]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(says) });
  });
});

describe('sql', () => {
  const sql = (query: string, ...words: string[]) => call(['sql', query, ...words]);

  test('prints a table, CSV, JSON and Markdown of the same rows', async () => {
    const query = "SELECT engine, max(port) AS port, max(winner_alpn) = 'x' AS odd, NULL AS nothing FROM races WHERE host = 'dual.lab.test' GROUP BY engine ORDER BY engine";
    expect((await sql(query, fleet)).stdout).toBe('engine  port  odd\nhev2     443  false\nhev3     443  false\nlegacy   443  false\n');
    expect((await sql(query, fleet, '-f', 'csv')).stdout).toBe('engine,port,odd,nothing\r\nhev2,443,false,\r\nhev3,443,false,\r\nlegacy,443,false,\r\n');
    expect(JSON.parse((await sql(query, fleet, '-f', 'json')).stdout)).toEqual(['hev2', 'hev3', 'legacy'].map((engine) => ({ engine, port: 443, odd: false, nothing: null })));
    expect((await sql(query, fleet, '-f', 'markdown')).stdout).toContain('| hev2 | 443 | false |\n');
  });

  test('asks traces as it asks a data set, and leaves nothing behind', async () => {
    const query = 'SELECT host, outcome, duration_ms, winner_family FROM races ORDER BY ALL';
    const { stdout, exitCode } = await sql(query, ...sampleFiles, '-f', 'csv');
    expect(exitCode).toBe(0);
    expect(stdout).toBe((await sql(query, fleet, '-f', 'csv')).stdout);
  });

  test('agrees with the report of the same trace', async () => {
    const report = JSON.parse((await call([TRACE, '-f', 'json'])).stdout) as Report;
    const rows = JSON.parse((await sql('SELECT id, start_ms, end_ms, winner_ip_endpoint, attempts FROM races ORDER BY start_ms, id', TRACE, '-f', 'json')).stdout) as unknown[];
    const expected = report.races.toSorted((a, b) => a.startMs - b.startMs || a.id - b.id).map(({ id, startMs, endMs, winner, attempts }) => ({
      id,
      start_ms: startMs,
      end_ms: endMs ?? null,
      winner_ip_endpoint: winner?.ipEndpoint ?? null,
      attempts: attempts.length,
    }));
    expect(rows).toEqual(expected);
  });

  test('makes text from a log safe to show', async () => {
    expect((await sql("SELECT chr(27) || '[2J=1+1' AS x, '=cmd()' AS y", fleet)).stdout).toContain('\\x1b[2J=1+1');
    expect((await sql("SELECT '=cmd()' AS y", fleet, '-f', 'csv')).stdout).toBe("y\r\n\"'=cmd()\"\r\n");
  });

  test.each(EXAMPLES)('answers the example: $meaning', async ({ query }) => {
    const { exitCode, stdout, stderr } = await sql(query, fleet, '-f', 'csv');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.split('\r\n').length).toBeGreaterThan(2);
  });

  test('shows its examples without a source', async () => {
    const { exitCode, stdout } = await call(['sql', '--examples'], { columns: 80, env: { NO_COLOR: '1' } });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('netlog-analyze sql "FROM fallback_by_network" fleet/');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('says that there are no rows', async () => {
    expect((await sql("SELECT * FROM races WHERE host = 'nowhere.test'", fleet)).stdout).toBe('No rows.\n');
    expect((await sql("SELECT id FROM races WHERE host = 'nowhere.test'", fleet, '-f', 'json')).stdout).toBe('[]\n');
  });

  test.each([
    { words: [], exitCode: 2, says: 'expected a query such as' },
    { words: ['FROM races'], exitCode: 2, says: 'expected data sets or traces after the query' },
    { words: ['FROM rases', TRACE], exitCode: 2, says: 'Did you mean "races"' },
    { words: ['DROP VIEW races', TRACE], exitCode: 2, says: 'expected a query that reads' },
    { words: ['FROM races', 'missing.json'], exitCode: 3, says: 'missing.json: no such file' },
  ])('$words ends with $exitCode', async ({ words, exitCode, says }) => {
    const ended = await call(['sql', ...words]);
    expect({ exitCode: ended.exitCode, stdout: ended.stdout }).toEqual({ exitCode, stdout: '' });
    expect(ended.stderr).toContain(says);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('counts no run twice', async () => {
    await exported('again', TRACE);
    expect(await sql('FROM runs', fleet, join(folder, 'again'))).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('would count twice') });
  });

  test('refuses a data set whose files are no tables', async () => {
    mkdirSync(join(folder, 'damaged/run=r1'), { recursive: true });
    writeFileSync(join(folder, 'damaged/run=r1/runs.parquet'), 'PAR1');
    expect((await sql('FROM runs', join(folder, 'damaged'))).exitCode).toBe(3);
  });
});

describe('summary of a data set', () => {
  async function summaryOf(...words: string[]): Promise<DatasetSummary> {
    return JSON.parse((await call(['summary', fleet, '-f', 'json', ...words])).stdout) as DatasetSummary;
  }

  test('is that of all samples together, within the stated error', async () => {
    const reports = JSON.parse((await call([...sampleFiles, '-f', 'json'])).stdout) as Report[];
    const { metrics, runs, incomplete } = await summaryOf();
    expect({ runs, incomplete }).toEqual({ runs: SAMPLES.length, incomplete: 1 });
    for (const { id, statistic } of allMetrics) {
      const values = reports.flatMap((report) => report.metrics.find((metric) => metric.id === id)?.values ?? []);
      const pooled = metrics.find((metric) => metric.id === id);
      expect(pooled?.n ?? 0).toBe(values.length);
      if (values.length === 0) continue;
      if (statistic === 'rate') {
        expect(pooled?.value).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 12);
        continue;
      }
      const { min, max, p50 = NaN, p95 = NaN } = pooled?.quantiles ?? {};
      expect({ min, max }).toEqual({ min: Math.min(...values), max: Math.max(...values) });
      for (const [found, p] of [[p50, 0.5], [p95, 0.95]] as const) {
        const exact = quantile(sampleOf(values), p);
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(RELATIVE_ERROR * exact * (1 + 1e-9));
      }
    }
  });

  test('fits a terminal, and goes into Markdown', async () => {
    const { stdout } = await call([fleet], { columns: 80, env: { NO_COLOR: '1' } });
    expect(stdout).toContain('8, 1 of an incomplete log');
    expect(stdout).toMatch(/Time to a usable connection +\d/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect((await call([fleet, '-f', 'markdown'])).stdout).toContain('| Time to a usable connection |');
  });

  test.each([
    { words: ['--host', 'a.test'], says: 'do not apply to a data set' },
    { words: [TRACE], says: 'traces are summed up apart' },
  ])('refuses $words', async ({ words, says }) => {
    expect(await call([fleet, ...words])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(says) });
  });
});

describe('compare and check', () => {
  test('take a data set for the traces in it', async () => {
    const compared = async (...sources: string[]) => JSON.parse((await call(['compare', ...sources, '--group-by', 'engine', '--arms', 'hev2,hev3', '-f', 'json'])).stdout) as object;
    expect(await compared(fleet)).toEqual(await compared(...sampleFiles.toSorted()));
  });

  test('hold thresholds against its runs', async () => {
    writeFileSync(join(folder, 'limits.yaml'), 'thresholds: {race.duration: ["max < 1ms"]}\n');
    expect((await call(['check', fleet, '-t', join(folder, 'limits.yaml')])).exitCode).toBe(1);
  });

  test('end with 3 for a partition that is no more what it was', async () => {
    await exported('broken', TRACE);
    const [run = ''] = entries('broken');
    writeFileSync(join(folder, 'broken', run, 'metrics.parquet'), 'PAR1');
    expect(await call(['compare', join(folder, 'broken'), '--against', fleet])).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('export the trace again') });
  });
});
