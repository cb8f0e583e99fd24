/** SQL: the ready views say what the metrics say, and a query reaches nothing but the data sets. */
import { cpSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDuckDb, MissingDuckDb } from '../../../src/dataset/sql/duckdb.ts';
import { openDatabase, type Database } from '../../../src/dataset/sql/open-database.ts';
import { READY_VIEWS } from '../../../src/dataset/sql/ready-views.ts';
import { runQuery, type SqlValue } from '../../../src/dataset/sql/run-query.ts';
import { useSampleDataset } from '../sample-dataset.ts';
import { summarizeDataset } from '../../../src/dataset/pool/summarize-dataset.ts';

const { path, folder } = useSampleDataset();

let database: Database;
beforeAll(async () => {
  database = await openDatabase([path], { temporaryFolder: join(folder, 'spilled') });
});
afterAll(() => {
  database.close();
});

async function ask(query: string): Promise<Record<string, SqlValue>[]> {
  const { columns, rows } = await runQuery(database.connection, query);
  const records: Record<string, SqlValue>[] = [];
  for await (const row of rows) records.push(Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? null])));
  return records;
}

describe('ready views', () => {
  test.each(READY_VIEWS.map(({ name }) => name))('%s has rows', async (name) => {
    expect((await ask(`FROM ${name}`)).length).toBeGreaterThan(0);
  });

  test('count fallbacks as the metrics do', async () => {
    const { metrics } = await summarizeDataset(path);
    const rateOf = (id: string) => metrics.find((metric) => metric.id === id);
    const [sums] = await ask('SELECT sum(dual_stack_races) AS dual, sum(family_fallbacks) AS family, sum(quic_races) AS quic, sum(transport_fallbacks) AS transport FROM fallback_by_network');
    expect(sums).toEqual({
      dual: rateOf('race.family_fallback_rate')?.n,
      family: rateOf('race.family_fallback_rate')?.count,
      quic: rateOf('race.transport_fallback_rate')?.n,
      transport: rateOf('race.transport_fallback_rate')?.count,
    });
    expect(sums?.['family']).toBeGreaterThan(0);
    expect(sums?.['transport']).toBeGreaterThan(0);
  });

  test('merge sketches in SQL to the bins of all values', async () => {
    const [merged] = await ask("SELECT sum(count) AS n FROM sketches WHERE id = 'race.duration'");
    const { metrics } = await summarizeDataset(path);
    expect(merged).toEqual({ n: metrics.find(({ id }) => id === 'race.duration')?.n });
  });
});

describe('a query', () => {
  test.each([
    ['reads a file', "SELECT * FROM read_csv('/etc/passwd')"],
    ['reads a text', "SELECT content FROM read_text('package.json')"],
    ['takes a file for a table', "SELECT * FROM 'package.json'"],
    ['goes through the folder upwards', `SELECT * FROM read_text('${path}/../secret.txt')`],
    ['lists files', "SELECT * FROM glob('/etc/*')"],
    ['fetches from the network', "SELECT * FROM read_parquet('https://example.com/x.parquet')"],
    ['copies out', "COPY (SELECT 1) TO '/tmp/written-by-sql.csv'"],
    ['copies into the data set', `COPY (SELECT 1) TO '${path}/written.csv'`],
    ['exports the database', `EXPORT DATABASE '${path}/exported'`],
    ['attaches a database', `ATTACH '${path}/attached.db'`],
    ['loads an extension', "LOAD '/tmp/x.so'"],
    ['installs an extension', 'INSTALL httpfs'],
    ['opens the door again', 'SET enable_external_access = true'],
    ['unlocks the settings', 'SET lock_configuration = false'],
    ['makes a table', 'CREATE TABLE x AS SELECT 1'],
    ['takes a view away', 'DROP VIEW races'],
    ['explains by doing', `EXPLAIN ANALYZE COPY (SELECT 1) TO '${path}/explained.csv'`],
    ['hides a statement behind another', `SELECT 1; COPY (SELECT 1) TO '${path}/second.csv'`],
    ['hides a statement in a text', `SELECT * FROM query('COPY (SELECT 1) TO ''${path}/second.csv''')`],
    ['reads the environment', "SELECT getenv('HOME')"],
    ['is none', ''],
    ['is no SQL', 'how many races are there'],
  ])('that %s is refused', async (_, query) => {
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    await expect(ask(query)).rejects.toMatchObject({ name: 'QueryError' });
    expect(['written.csv', 'exported', 'attached.db', 'explained.csv', 'second.csv'].filter((name) => existsSync(join(path, name)))).toEqual([]);
    expect(existsSync('/tmp/written-by-sql.csv')).toBe(false);
  });

  test('that looks at a table, sums it up or begins with FROM is a query like others', async () => {
    expect((await ask('DESCRIBE races')).map(({ column_name: name }) => name)).toContain('fallback_family');
    expect(await ask('FROM runs SELECT count(*) AS n')).toEqual([{ n: 8 }]);
    expect((await ask('SUMMARIZE runs')).length).toBeGreaterThan(10);
  });

  test('gives values as JSON has them', async () => {
    expect(await ask("SELECT 9007199254740993 AS big, 7::HUGEINT AS small, 1.50::DECIMAL(4, 2) AS price, TIMESTAMP '2026-11-20 14:03:22' AS at, ['a', NULL] AS list, {'x': 1::BIGINT} AS record, NULL AS nothing, true AS yes, 'x'::BLOB AS bytes")).toEqual([
      { big: '9007199254740993', small: 7, price: 1.5, at: '2026-11-20T14:03:22.000Z', list: ['a', null], record: { x: 1 }, nothing: null, yes: true, bytes: '78' },
    ]);
  });

  test('that is wrong is answered in the engine’s words, in one line', async () => {
    await expect(ask('SELECT hots FROM races')).rejects.toThrow(/^Binder Error: Referenced column "hots" not found[^\n]*$/);
  });
});

test('a folder with quotes and wildcards in its name is read like any other', async () => {
  const odd = mkdtempSync(join(folder, "o'd*[d]?-"));
  cpSync(path, join(odd, 'fleet'), { recursive: true });
  const other = await openDatabase([join(odd, 'fleet')], { temporaryFolder: join(folder, 'spilled-too') });
  const { rows } = await runQuery(other.connection, 'SELECT count(*) FROM runs');
  for await (const row of rows) expect(row).toEqual([8]);
  other.close();
});

test('without DuckDB one line says how to get it', async () => {
  await expect(loadDuckDb(() => Promise.reject(new Error('Cannot find package')))).rejects.toThrow(MissingDuckDb);
  await expect(loadDuckDb(() => Promise.reject(new Error('Cannot find package')))).rejects.toThrow(/^SQL needs .*npm install @duckdb\/node-api$/);
});
