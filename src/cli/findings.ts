/** `netlog-analyze findings TRACE`: what the rules have to say, and an exit code for scripts. */
import { reaches } from '../findings/reaches.ts';
import { findingColumns } from '../report/columns/finding.ts';
import { csvChunks } from '../report/csv.ts';
import { jsonChunks } from '../report/json.ts';
import { findingsMarkdown } from '../report/markdown/findings.ts';
import type { Report } from '../report/report.ts';
import { findingsText } from '../report/terminal/findings.ts';
import type { View } from '../report/view.ts';
import { defineCommand } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { warn } from './io.ts';
import { formatOption, outputOptions, widthOf, windowOf, windowOptions } from './options.ts';
import { openOutput } from './output.ts';
import { exitCodeFor, readReport } from './read-report.ts';

const LEVELS = ['info', 'warning', 'error'] as const;

const EPILOGUE = [
  'An error is something that did not work, a warning a fault that cost time or a feature, an info worth knowing and no fault. The gravest come first, causes before their effects.',
  'A rule is silent when the log cannot support it: no finding is no proof that all is well.',
  'Exit codes: 0 done, 1 a finding at the level of --fail-on or above, 2 usage, 3 unreadable or not a NetLog, 4 incomplete under --strict.',
].join('\n\n');

export const findingsCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', demandOption: true, describe: 'NetLog file, or - for stdin' })
      .options({
        ...windowOptions,
        level: { choices: LEVELS, default: LEVELS[0], group: 'Filters:', requiresArg: true, describe: 'Only findings of this level and above' },
        'fail-on': { choices: LEVELS, group: 'Judging:', requiresArg: true, describe: 'End with exit code 1 if there is a finding of this level or above' },
        ...formatOption(['text', 'json', 'markdown', 'csv']),
        ...outputOptions,
      })
      .example('$0 findings netlog.json.gz', 'what is wrong in this log')
      .example('$0 findings netlog.json --fail-on warning', 'for CI: exit code 1 if anything is')
      .example('$0 findings netlog.json --level error -f json', 'the errors, for scripts')
      .epilogue(EPILOGUE),
  async run(args, context) {
    const { io } = context;
    windowOf(args);
    const output = await openOutput({ ...args, width: widthOf(args.width) }, io);
    try {
      const { findings: all, trace } = await readReport(args.trace, args, context);
      const findings = all.filter((finding) => reaches(finding, args.level));
      for (const chunk of render(findings, args.format, output.view)) await output.write(chunk);
      await output.finish();
      if (findings.length === 0) warn(io, `${args.trace}: no findings${args.level === 'info' ? '' : ` at the level ${args.level} or above`}`);
      const { failOn } = args;
      if (failOn !== undefined && all.some((finding) => reaches(finding, failOn))) return ExitCode.failed;
      return exitCodeFor(args.trace, trace.complete, args, io);
    } catch (error) {
      await output.discard();
      throw error;
    }
  },
});

function* render(findings: Report['findings'], format: 'text' | 'json' | 'markdown' | 'csv', view: View): Generator<string> {
  switch (format) {
    case 'text':
      yield findingsText(findings, view);
      break;
    case 'markdown':
      yield findingsMarkdown(findings);
      break;
    case 'csv':
      yield* csvChunks(findingColumns, findings);
      break;
    case 'json':
      yield* jsonChunks(findings);
      yield '\n';
      break;
  }
}
