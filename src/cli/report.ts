/** `netlog-analyze report TRACE… -o report.html`: everything about one or more traces as one page that works offline. */
import { htmlReport } from '../report/html/html-report.ts';
import type { TracePage } from '../report/html/page-data.ts';
import { TOOL } from '../report/tool.ts';
import { defineCommand } from './command.ts';
import { ExitCode, UsageError } from './exit-code.ts';
import { warn } from './io.ts';
import { filterOptions, outputOptions, selectionOf, topOf, topOption, windowOf, windowOptions } from './options.ts';
import { openOutput } from './output.ts';
import { exitCodeFor, UnreadableTrace } from './read-report.ts';
import { readPageAssets } from './report/page-assets.ts';
import { readTracePage } from './report/read-trace-page.ts';

const MOST_ROWS = 2000;

/** Text of events in one page, all traces together. */
const MOST_CHARACTERS_OF_EVENTS = 8_000_000;

const EPILOGUE = [
  'The page needs no network and no server: send it, archive it, open it from disk. It has the summary, findings and charts, tables to sort and filter, and for each race its waterfall, its story and the events behind it. An address ending in #race-1042 opens that race. It holds host names, URLs and parameters of events as the log does: look before you publish it.',
  'Of a large log the page shows what matters and says what it leaves out: at most --top rows of each table, among races a share each of those that findings name, failed, fell back, were slow, or were none of these. Counts and charts are those of all rows that the filters choose, metrics and findings those of the whole trace.',
  'The file is read twice; stdin is copied to a temporary file for that. Of several traces one that cannot be read is told on stderr and left out.',
].join('\n\n');

export const reportCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', array: true, demandOption: true, describe: 'NetLog files, or - for stdin' })
      .options({
        ...windowOptions,
        ...filterOptions,
        ...topOption('Rows of each table at most; 0 shows all', MOST_ROWS),
        output: outputOptions.output,
        force: outputOptions.force,
      })
      .example('$0 report netlog.json.gz -o report.html', 'the page of one log')
      .example('$0 report before.json after.json -o both.html', 'two logs, with a switch between them')
      .example('$0 report netlog.json --host "*.example.com" -o site.html', 'only one site')
      .example('zcat netlog.json.gz | $0 report - > report.html', 'in a pipe')
      .epilogue(EPILOGUE),
  async run(args, context) {
    const { io } = context;
    const { window } = windowOf(args);
    const options = {
      selection: selectionOf(args),
      most: topOf(args.top),
      mostCharactersOfEvents: MOST_CHARACTERS_OF_EVENTS / args.trace.length,
      ...(window === undefined ? {} : { window }),
    };
    if (args.output === undefined && io.stdout.isTTY === true)
      throw new UsageError('a page of HTML does not suit a terminal; -o report.html writes it to a file');
    const output = await openOutput(args, io);
    try {
      const traces: TracePage[] = [];
      let worst: ExitCode = ExitCode.done;
      for (const path of args.trace) {
        const page = await readTracePage(path, options, context).catch((error: unknown) => {
          if (!(error instanceof UnreadableTrace)) throw error;
          warn(io, error.message);
          return undefined;
        });
        const exitCode = page === undefined ? ExitCode.unreadable : exitCodeFor(path, page.complete, args, io);
        // Of several outcomes the gravest counts: unreadable before incomplete.
        if (worst !== ExitCode.unreadable && exitCode !== ExitCode.done) worst = exitCode;
        if (page !== undefined) traces.push(page);
      }
      if (traces.length === 0) {
        await output.discard();
        return worst;
      }
      await output.write(await htmlReport({ tool: TOOL, traces }, await readPageAssets()));
      await output.finish();
      return worst;
    } catch (error) {
      await output.discard();
      throw error;
    }
  },
});
