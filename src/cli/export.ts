/** `netlog-analyze export TRACE… --format har|csv|ndjson|parquet`: what logs tell, for other programs. */
import { harChunks } from '../report/har/har-chunks.ts';
import type { Report } from '../report/report.ts';
import { selectFrom } from '../report/selection.ts';
import { defineCommand, type Context } from './command.ts';
import { UsageError, type ExitCode } from './exit-code.ts';
import { TABLE_NAMES, TABLES, type TableName } from './export/tables.ts';
import { filterOptions, formatOption, outputOptions, selectionOf, windowOf, windowOptions, type FilterArguments, type WindowArguments } from './options.ts';
import { openOutput, type OutputOptions } from './output.ts';
import { exitCodeFor, readReport } from './read-report.ts';

const EPILOGUE = [
  'har is HAR 1.2, which the network panel of DevTools and other viewers import: an entry for each request, with its timings, server address and connection. NetLogs of the default capture mode have no bodies; headers and cookies are left out of every HAR file, so that it can be handed on. Query strings are in it: redact the log first if they should not be.',
  'csv and ndjson give one table: csv a header line and plain values, ndjson the whole objects of the report, one a line. Times are milliseconds from the first event of the log.',
  'parquet writes any number of traces into a data set, a folder for netlog-analyze sql, summary and compare, and for DuckDB, ClickHouse or Spark: DATASET/run=ID/races.parquet and so on. A run is named after the bytes of its log, so the same trace always makes the same partition; one that is there already is passed over, unless --force is given or another version wrote it. A partition appears whole or not at all, and any number of processes may write to one data set. Filters do not apply: a query has its own.',
].join('\n\n');

export const exportCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', array: true, demandOption: true, describe: 'NetLog file, or - for stdin; several for parquet only' })
      .options({
        table: { choices: TABLE_NAMES, group: 'Output:', requiresArg: true, describe: 'Of csv and ndjson: which table; default: requests' },
        ...windowOptions,
        ...filterOptions,
        ...formatOption(['har', 'csv', 'ndjson', 'parquet']),
        network: { type: 'string', group: 'Output:', requiresArg: true, describe: 'Of parquet: name of the network that the traces were recorded in, which no log tells' },
        output: { ...outputOptions.output, describe: `${outputOptions.output.describe}. Of parquet: the folder of the data set, made or added to` },
        force: { ...outputOptions.force, describe: 'Let --output replace an existing file, or the partitions that a data set has already' },
      })
      .example('$0 export netlog.json -o requests.har', 'to import into DevTools')
      .example('$0 export netlog.json -f csv --table attempts -o attempts.csv', 'every connection attempt, for a spreadsheet')
      .example('$0 export netlog.json -f ndjson --table races | jq .durationMs', 'races, for jq')
      .example('$0 export logs/*.json.gz -f parquet -o fleet/', 'many traces, for SQL')
      .epilogue(EPILOGUE),
  async run(args, context) {
    const { format, table, network } = args;
    if (table !== undefined && format !== 'csv' && format !== 'ndjson') throw new UsageError(`--table belongs to csv and ndjson; ${format === 'har' ? 'har always holds the requests' : 'parquet holds all tables'}`);
    if (format === 'parquet') return (await import('./export/export-dataset.ts')).exportDataset(args, context);
    if (network !== undefined) throw new UsageError('--network belongs to parquet');
    const [trace = '', ...more] = args.trace;
    if (more.length > 0) throw new UsageError(`${format} takes one trace, found ${args.trace.length}; parquet takes many`);
    return exportFile({ ...args, trace, format, table: table ?? 'requests' }, context);
  },
});

interface FileArguments extends FilterArguments, WindowArguments, OutputOptions {
  readonly trace: string;
  readonly strict: boolean;
  readonly format: 'har' | 'csv' | 'ndjson';
  readonly table: TableName;
}

async function exportFile(args: FileArguments, context: Context): Promise<ExitCode> {
  const selection = selectionOf(args);
  windowOf(args);
  const output = await openOutput(args, context.io);
  try {
    const report = await readReport(args.trace, args, context);
    for (const chunk of exportChunks(selectFrom(report, selection), args)) await output.write(chunk);
    await output.finish();
    return exitCodeFor(args.trace, report.trace.complete, args, context.io);
  } catch (error) {
    await output.discard();
    throw error;
  }
}

function exportChunks(report: Report, { format, table }: Pick<FileArguments, 'format' | 'table'>): Iterable<string> {
  return format === 'har' ? harChunks(report) : TABLES[table][format](report);
}
