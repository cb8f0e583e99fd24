/**
 * The same questions over the same data set, asked in DuckDB and in ClickHouse. ClickHouse in process (npm `chdb`) takes half a
 * gigabyte and is no dependency: `CHDB` names a folder that it is installed in, and without it only DuckDB is asked.
 */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../src/dataset/sql/open-database.ts';
import { READY_VIEWS } from '../../src/dataset/sql/ready-views.ts';
import { runQuery } from '../../src/dataset/sql/run-query.ts';
import { ALL_TABLES } from '../../src/dataset/tables/all-tables.ts';
import { useSampleDataset } from './sample-dataset.ts';

type Row = Record<string, unknown>;

const { path, folder } = useSampleDataset();
const chdbFolder = process.env['CHDB'] ?? '';

const QUERIES: readonly (readonly [what: string, query: string])[] = [
  ...READY_VIEWS.map(({ name }) => [`the view ${name}`, `SELECT * FROM ${name} ORDER BY ALL`] as const),
  ...ALL_TABLES.map(({ name }) => [`the number of rows of ${name}, by run`, `SELECT run, count(*) AS n FROM ${name} GROUP BY run ORDER BY run`] as const),
  ['sketches merged', 'SELECT id, bin, max(value) AS value, sum(count) AS n FROM sketches GROUP BY id, bin ORDER BY id, bin'],
  ['text, numbers, truth and NULL of races', 'SELECT run, id, host, port, engine, outcome, net_error, start_ms, end_ms, winner_family, winner_ip_endpoint, dual_stack, fallback_family, crypto_wait_ms, avoidable FROM races ORDER BY run, id'],
  ['a join of attempts and races', "SELECT races.host AS host, attempts.family AS family, count(*) AS n, sum(attempts.connect_ms) AS ms FROM attempts JOIN races ON attempts.run = races.run AND attempts.race_id = races.id WHERE attempts.transport = 'tcp' GROUP BY races.host, attempts.family ORDER BY host, family"],
  ['lists', 'SELECT run, id, hosts, pooled_hosts FROM sessions ORDER BY run, id'],
];

/** A sum of doubles depends on the order, so they agree to nine digits. */
function rounded(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value]));
}

let database: Database;
beforeAll(async () => {
  database = await openDatabase([path], { temporaryFolder: join(folder, 'spilled') });
});
afterAll(() => {
  database.close();
});

async function inDuckDb(query: string): Promise<Row[]> {
  const { columns, rows } = await runQuery(database.connection, query);
  const records: Row[] = [];
  for await (const row of rows) records.push(rounded(Object.fromEntries(columns.map(({ name }, i) => [name, row[i]]))));
  return records;
}

describe('DuckDB', () => {
  test.each(QUERIES)('answers: %s', async (_, query) => {
    expect((await inDuckDb(query)).length).toBeGreaterThan(0);
  });
});

describe.skipIf(chdbFolder === '')('ClickHouse', () => {
  interface Session {
    query(text: string, format?: string): string;
    close(): void;
  }
  let session: Session;

  beforeAll(() => {
    const { Session: ChdbSession } = createRequire(join(resolve(chdbFolder), 'index.js'))('chdb') as { Session: new (folder: string) => Session };
    session = new ChdbSession(join(folder, 'clickhouse'));
    for (const { name } of ALL_TABLES) session.query(`CREATE VIEW ${name} AS SELECT * FROM file('${path}/run=*/${name}.parquet', 'Parquet')`);
    for (const { name, query } of READY_VIEWS) session.query(`CREATE VIEW ${name} AS ${inClickHouseWords(query)}`);
  });
  afterAll(() => {
    session.close();
  });

  test.each(QUERIES)('gives the same answer: %s', async (_, query) => {
    const lines = session.query(`${query} SETTINGS output_format_json_quote_64bit_integers = 0`, 'JSONEachRow').trimEnd().split('\n');
    const answer = lines.filter((line) => line !== '').map((line) => rounded(JSON.parse(line) as Row));
    // The two put NULL at different ends.
    const order = (rows: Row[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();
    expect(order(answer)).toEqual(order(await inDuckDb(query)));
  });
});

/** The one name that differs. */
function inClickHouseWords(query: string): string {
  return query.replaceAll(/quantile_cont\(((?:[^()]|\([^()]*\))*), (0\.\d+)\)/g, 'quantileExactInclusive($2)($1)');
}
