/** `netlog-analyze TRACE…`: the summary of one or more traces, or of a data set. */
import { isDataset } from '../dataset/partitions.ts';
import { selectFrom, selectionText } from '../report/selection.ts';
import { defineCommand } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { warn } from './io.ts';
import { filterOptions, formatOption, outputOptions, selectionOf, topOf, topOption, widthOf, windowOf, windowOptions } from './options.ts';
import { openOutput } from './output.ts';
import { exitCodeFor, readReport, UnreadableTrace } from './read-report.ts';

const EPILOGUE = [
  'Filters choose which resolutions, races, sessions and requests are listed, in JSON too; metrics, findings and diagnostics stay those of the whole trace (or of --from and --to).',
  'A data set, written by export --format parquet, is summed up as a whole: its metrics as if all samples were one, with quantiles within 1 %, in memory that does not grow with the number of runs.',
  'One TRACE gives one JSON object, several give an array; a trace that cannot be read is told on stderr and left out.',
  'TRACE may be gzip, zstd or zip, and - is stdin. A file named like a command is written ./races.',
  'Exit codes: 0 done, 2 usage, 3 unreadable or not a NetLog, 4 incomplete under --strict.',
].join('\n\n');

export const summaryCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', array: true, demandOption: true, describe: 'NetLog files, or the folder of a data set' })
      .options({
        ...windowOptions,
        ...filterOptions,
        ...topOption('Rows of each list; 0 lists all', 10),
        ...formatOption(['text', 'json', 'markdown']),
        ...outputOptions,
      })
      .example('$0 netlog.json.gz', 'what happened in this log')
      .example('$0 netlog.json --failed --top 0', 'everything that failed')
      .example('$0 netlog.json --host "*.example.com" -f json', 'one site, for scripts')
      .example('$0 before.json after.json -f markdown -o story.md', 'two logs, to paste into an issue')
      .example('zcat netlog.json.gz | $0 -', 'from a pipe')
      .example('$0 summary fleet/', 'all runs of a data set together')
      .epilogue(EPILOGUE),
  async run(args, context) {
    const { io } = context;
    const selection = selectionOf(args);
    if (await anyDataset(args.trace)) return (await import('./summary/summarize-datasets.ts')).summarizeDatasets({ ...args, selection }, context);
    const options = { top: topOf(args.top), filters: selectionText(selection) };
    windowOf(args);
    const output = await openOutput({ ...args, width: widthOf(args.width) }, io);
    // Loaded here, so that help need not wait for it.
    const { printers } = await import('./summary/printers.ts');
    const printer = printers[args.format](output, args.trace.length > 1, options);
    let worst: ExitCode = ExitCode.done;
    try {
      for (const path of args.trace) {
        const report = await readReport(path, args, context).catch((error: unknown) => {
          if (!(error instanceof UnreadableTrace)) throw error;
          warn(io, error.message + commandHint(path, context.commandNames));
          return undefined;
        });
        const exitCode = report === undefined ? ExitCode.unreadable : exitCodeFor(path, report.trace.complete, args, io);
        // Of several outcomes the gravest counts: unreadable before incomplete.
        if (worst !== ExitCode.unreadable && exitCode !== ExitCode.done) worst = exitCode;
        if (report !== undefined) await printer.add(selectFrom(report, selection));
      }
      await printer.end();
      await output.finish();
    } catch (error) {
      await output.discard();
      throw error;
    }
    return worst;
  },
});

async function anyDataset(paths: readonly string[]): Promise<boolean> {
  return (await Promise.all(paths.map(isDataset))).includes(true);
}

/** For `netlog-analyze resolution x.json`: the word was taken for a file. */
function commandHint(path: string, commandNames: readonly string[]): string {
  const meant = [...commandNames, 'completion'].find((name) => name === `${path}s` || `${name}s` === path || name === path.toLowerCase());
  return meant === undefined ? '' : `; did you mean the command ${meant}?`;
}
