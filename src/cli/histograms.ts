/** `netlog-analyze histograms TRACE`: Chromium's own histograms, recomputed from the log, as a table. */
import { anyGlob } from '../glob.ts';
import { histogramColumns } from '../report/columns/histogram.ts';
import { defineCommand } from './command.ts';
import { warn } from './io.ts';
import { formatOption, outputOptions, widthOf, windowOf, windowOptions } from './options.ts';
import { openOutput } from './output.ts';
import { exitCodeFor, readReport } from './read-report.ts';
import { TABLE_FORMATS, tableChunks } from './table-format.ts';

const EPILOGUE =
  'Counts equal those of the browser whose log it is, if the log began with the browser; times agree within the log’s ticks of 1 ms. ' +
  'docs/histograms.md says which two events bound each, and which histograms no log can give.';

export const histogramsCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', demandOption: true, describe: 'NetLog file, or - for stdin' })
      .options({
        ...windowOptions,
        name: {
          type: 'string',
          array: true,
          group: 'Filters:',
          requiresArg: true,
          describe: 'Only histograms whose name matches a glob such as "Net.DNS.*"; repeatable',
        },
        ...formatOption(TABLE_FORMATS),
        ...outputOptions,
      })
      .example([
        ['$0 histograms netlog.json --name "Net.DNS.*"', 'what the resolver counted'],
        ['$0 histograms netlog.json --to 5000 -f json', 'as the counters stood after five seconds'],
      ])
      .epilogue(EPILOGUE),
  async run(args, context) {
    windowOf(args);
    const output = await openOutput({ ...args, width: widthOf(args.width) }, context.io);
    try {
      const report = await readReport(args.trace, args, context);
      const isWanted = anyGlob(args.name ?? []);
      const rows = report.histograms.filter(({ name }) => isWanted(name));
      for (const chunk of tableChunks(histogramColumns, rows, args.format, output.view)) await output.write(chunk);
      await output.finish();
      if (rows.length === 0) warn(context.io, `${args.trace}: no histograms${args.name === undefined ? '' : ` named ${args.name.join(' or ')}`}`);
      return exitCodeFor(args.trace, report.trace.complete, args, context.io);
    } catch (error) {
      await output.discard();
      throw error;
    }
  },
});
