/** One reading query, its columns, and its rows as they come. */
import type { DuckDBConnection, DuckDBResult, JS } from '@duckdb/node-api';
import { z } from 'zod';
import { loadDuckDb } from './duckdb.ts';

/** As JSON has it: integers beyond 2^53 are text, moments ISO 8601, bytes hexadecimal. */
export type SqlValue = null | boolean | number | string | readonly SqlValue[] | { readonly [key: string]: SqlValue };

export interface QueryColumn {
  readonly name: string;
  readonly isNumber: boolean;
}

export interface QueryResult {
  /** Names are distinct: of two columns of one name the second has `:1` after it. */
  readonly columns: readonly QueryColumn[];
  /** To be read once. */
  readonly rows: AsyncIterable<readonly SqlValue[]>;
}

/** The query is not one that can be run; the message says why, in the engine's words or ours. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
}

/** @throws QueryError, also while rows are read */
export async function runQuery(connection: DuckDBConnection, query: string): Promise<QueryResult> {
  const result = await asQueryError(async () => {
    await requireReading(connection, query);
    const statement = await connection.prepare(query);
    if (statement.parameterCount > 0) throw new QueryError(`expected a query without parameters, found ${statement.parameterCount}`);
    return statement.stream();
  });
  const types = await numericTypes();
  return {
    columns: result.deduplicatedColumnNames().map((name, i) => ({ name, isNumber: types.has(result.columnTypeId(i)) })),
    rows: rowsOf(result),
  };
}

const parsedSchema = z.union([z.object({ error: z.literal(false), statements: z.array(z.unknown()) }), z.object({ error: z.literal(true), error_type: z.string(), error_message: z.string() })]);

/** Only parses: to prepare an EXPORT already makes its folder. The engine writes no other kind of statement as JSON. */
async function requireReading(connection: DuckDBConnection, query: string): Promise<void> {
  const answer = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [query]);
  const parsed = parsedSchema.parse(JSON.parse(String(answer.value(0, 0))));
  if (!parsed.error) {
    if (parsed.statements.length !== 1) throw new QueryError(`expected one query, found ${parsed.statements.length}`);
    return;
  }
  if (parsed.error_type === 'parser') throw new QueryError(parsed.error_message);
  throw new QueryError('expected a query that reads, such as SELECT, FROM or DESCRIBE, found another statement; a data set is written by netlog-analyze export');
}

async function* rowsOf(result: DuckDBResult): AsyncGenerator<readonly SqlValue[]> {
  const batches = result.yieldRowsJs()[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await asQueryError(() => batches.next());
    if (done === true) return;
    for (const row of value) yield row.map(plainValue);
  }
}

async function asQueryError<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof QueryError || !(error instanceof Error)) throw error;
    // The excerpt of the query that follows is drawn over two lines, and would make no sense in one.
    const [message = ''] = error.message.split(/\n\s*LINE \d+:/);
    throw new QueryError(message.trim().replaceAll(/\s+/g, ' '), { cause: error });
  }
}

function plainValue(value: JS): SqlValue {
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? plainInteger(value) : value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plainValue);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainValue(member)]));
}

function plainInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

async function numericTypes(): Promise<ReadonlySet<number>> {
  const { DuckDBTypeId: id } = await loadDuckDb();
  return new Set<number>([id.TINYINT, id.SMALLINT, id.INTEGER, id.BIGINT, id.HUGEINT, id.UTINYINT, id.USMALLINT, id.UINTEGER, id.UBIGINT, id.UHUGEINT, id.FLOAT, id.DOUBLE, id.DECIMAL]);
}
