/** `netlog-analyze export TRACE --format har|csv|ndjson`: what a log tells, for other programs. */
import { harChunks } from '../report/har/har-chunks.ts';
import type { Report } from '../report/report.ts';
import { selectFrom } from '../report/selection.ts';
import { defineCommand } from './command.ts';
import { UsageError } from './exit-code.ts';
import { TABLE_NAMES, TABLES, type TableName } from './export/tables.ts';
import { filterOptions, formatOption, outputOptions, selectionOf, windowOf, windowOptions } from './options.ts';
import { openOutput } from './output.ts';
import { exitCodeFor, readReport } from './read-report.ts';

const EPILOGUE = [
  'har is HAR 1.2, which the network panel of DevTools and other viewers import: an entry for each request, with its timings, server address and connection. NetLogs of the default capture mode have no bodies; headers and cookies are left out of every HAR file, so that it can be handed on. Query strings are in it: redact the log first if they should not be.',
  'csv and ndjson give one table: csv a header line and plain values, ndjson the whole objects of the report, one a line. Times are milliseconds from the first event of the log.',
].join('\n\n');

export const exportCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', demandOption: true, describe: 'NetLog file, or - for stdin' })
      .options({
        table: { choices: TABLE_NAMES, group: 'Output:', requiresArg: true, describe: 'Of csv and ndjson: which table; default: requests' },
        ...windowOptions,
        ...filterOptions,
        ...formatOption(['har', 'csv', 'ndjson']),
        output: outputOptions.output,
        force: outputOptions.force,
      })
      .example('$0 export netlog.json -o requests.har', 'to import into DevTools')
      .example('$0 export netlog.json -f csv --table attempts -o attempts.csv', 'every connection attempt, for a spreadsheet')
      .example('$0 export netlog.json -f ndjson --table races | jq .durationMs', 'races, for jq')
      .epilogue(EPILOGUE),
  async run(args, context) {
    const { format, table } = args;
    if (format === 'har' && table !== undefined) throw new UsageError('--table belongs to csv and ndjson; har always holds the requests');
    const selection = selectionOf(args);
    windowOf(args);
    const output = await openOutput(args, context.io);
    try {
      const report = await readReport(args.trace, args, context);
      for (const chunk of exportChunks(selectFrom(report, selection), format, table ?? 'requests')) await output.write(chunk);
      await output.finish();
      return exitCodeFor(args.trace, report.trace.complete, args, context.io);
    } catch (error) {
      await output.discard();
      throw error;
    }
  },
});

function exportChunks(report: Report, format: 'har' | 'csv' | 'ndjson', table: TableName): Iterable<string> {
  return format === 'har' ? harChunks(report) : TABLES[table][format](report);
}
