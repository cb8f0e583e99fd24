/** The work of the `sql` command. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingDuckDb, loadDuckDb } from '../../dataset/sql/duckdb.ts';
import { openDatabase, type Database } from '../../dataset/sql/open-database.ts';
import { QueryError, runQuery } from '../../dataset/sql/run-query.ts';
import { UnusablePartition } from '../../dataset/parquet/read-table.ts';
import type { Context } from '../command.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import { widthOf } from '../options.ts';
import { openOutput, type Output, type OutputOptions } from '../output.ts';
import { UnreadableTrace } from '../read-report.ts';
import { examplesText } from './examples-text.ts';
import { resultChunks, type ResultFormat } from './result-chunks.ts';
import { datasetsOf } from './sources.ts';

export interface SqlArguments extends OutputOptions {
  readonly query?: string | undefined;
  readonly source?: readonly string[] | undefined;
  readonly examples: boolean;
  readonly format: ResultFormat;
}

export async function runSql(args: SqlArguments, context: Context): Promise<ExitCode> {
  const { query, source = [], examples } = args;
  if (!examples && query === undefined) throw new UsageError('expected a query such as "FROM races_by_host", found none; --examples shows some');
  if (!examples && source.length === 0) throw new UsageError(`expected data sets or traces after the query, found none`);
  if (!examples) await loadDuckDb().catch(asUserError);
  const output = await openOutput({ ...args, width: widthOf(args.width) }, context.io);
  try {
    if (examples) await output.write(examplesText(output.view));
    else await answer(query ?? '', source, args.format, output, context);
    await output.finish();
    return ExitCode.done;
  } catch (error) {
    await output.discard();
    throw error;
  }
}

async function answer(query: string, sources: readonly string[], format: ResultFormat, output: Output, context: Context): Promise<void> {
  const { signal } = context.io;
  const temporary = await mkdtemp(join(tmpdir(), 'netlog-analyze-'));
  try {
    const datasets = await datasetsOf(sources, join(temporary, 'dataset'), context);
    const database = await openDatabase(datasets, { temporaryFolder: join(temporary, 'spilled') });
    const interrupt = (): void => {
      database.connection.interrupt();
    };
    signal?.addEventListener('abort', interrupt);
    try {
      await printResult(database, query, format, output);
    } finally {
      signal?.removeEventListener('abort', interrupt);
      database.close();
    }
  } catch (error) {
    signal?.throwIfAborted();
    asUserError(error);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function printResult({ connection }: Database, query: string, format: ResultFormat, output: Output): Promise<void> {
  const result = await runQuery(connection, query);
  for await (const chunk of resultChunks(result, format, output.view)) await output.write(chunk);
}

/** What the one who asks can mend, as a line and an exit code. */
function asUserError(error: unknown): never {
  if (error instanceof QueryError || error instanceof MissingDuckDb) throw new UsageError(error.message, { cause: error });
  if (error instanceof UnusablePartition) throw new UnreadableTrace(error.message, { cause: error });
  throw error;
}
