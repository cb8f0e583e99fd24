/** DuckDB, an optional dependency: loaded when a query runs, and missed in one line. */

type DuckDb = typeof import('@duckdb/node-api');

/** What only SQL needs is not installed. */
export class MissingDuckDb extends Error {
  override readonly name = 'MissingDuckDb';
}

export async function loadDuckDb(load: () => Promise<DuckDb> = () => import('@duckdb/node-api')): Promise<DuckDb> {
  try {
    return await load();
  } catch (error) {
    throw new MissingDuckDb('SQL needs the optional package @duckdb/node-api, which is not installed: npm install @duckdb/node-api', { cause: error });
  }
}
