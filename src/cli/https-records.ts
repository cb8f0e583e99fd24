/** `netlog-analyze https-records TRACE`: HTTPS records name by name, and what became of each. */
import { type HttpsRecordsOfName, httpsRecordsByName } from '../metrics/https-records/https-records-by-name.ts';
import { httpsRecordRows, namedHttpsRecordColumns } from '../report/columns/https-record.ts';
import { jsonChunks } from '../report/json.ts';
import { selectFrom, selectionText } from '../report/selection.ts';
import { httpsRecordsText } from '../report/terminal/https-records.ts';
import type { View } from '../report/view.ts';
import { defineCommand } from './command.ts';
import { warn } from './io.ts';
import { filterOptions, formatOption, outputOptions, selectionOf, widthOf, windowOf, windowOptions } from './options.ts';
import { openOutput } from './output.ts';
import { exitCodeFor, readReconstruction } from './read-report.ts';
import { TABLE_FORMATS, type TableFormat, tableChunks } from './table-format.ts';

const EPILOGUE =
  'Records that the browser ignored show in full only in logs of capture mode Everything; of others the log tells how many there were. ' +
  'json prints an array with one object for each name; csv and markdown have a row for each record. docs/https-records.md says by which rules records are ignored.';

export const httpsRecordsCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', demandOption: true, describe: 'NetLog file, or - for stdin' })
      .options({ ...windowOptions, ...filterOptions, ...formatOption(TABLE_FORMATS), ...outputOptions })
      .example([
        ['$0 https-records netlog.json', 'records, ECH, HTTP/3 and upgrades from http'],
        ['$0 https-records netlog.json --host "*.example.com"', 'of some hosts'],
        ['$0 https-records netlog.json -f json', 'with the ids of resolutions and races'],
      ])
      .epilogue(EPILOGUE),
  async run(args, context) {
    const selection = selectionOf(args);
    windowOf(args);
    const output = await openOutput({ ...args, width: widthOf(args.width) }, context.io);
    try {
      const report = await readReconstruction(args.trace, args, context);
      const names = httpsRecordsByName(selectFrom(report, selection));
      for (const chunk of render(names, args.format, output.view)) await output.write(chunk);
      await output.finish();
      if (names.length === 0) warn(context.io, `${args.trace}: no HTTPS records, nor queries for them ${selectionText(selection)}`.trimEnd());
      return exitCodeFor(args.trace, report.trace.complete, args, context.io);
    } catch (error) {
      await output.discard();
      throw error;
    }
  },
});

function* render(names: readonly HttpsRecordsOfName[], format: TableFormat, view: View): Generator<string> {
  switch (format) {
    case 'text':
      yield httpsRecordsText(names, view);
      break;
    case 'json':
      yield* jsonChunks([...names]);
      yield '\n';
      break;
    case 'csv':
    case 'markdown':
      yield* tableChunks(namedHttpsRecordColumns, httpsRecordRows(names), format, view);
      break;
  }
}
