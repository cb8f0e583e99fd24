/** `netlog-analyze check TRACE… --thresholds FILE`: holds limits against runs, and fails a build that breaks them. */
import { defineCommand } from './command.ts';
import { FORMATS } from './compare/render.ts';
import { resultOptions } from './compare/result-options.ts';

const EPILOGUE = [
  'TRACE is a NetLog, a report saved with --format json, a baseline, a data set, a glob in quotes, or a directory; all runs together are held against the thresholds: each limit against the median over the runs, those on count, n, min and max against every run.',
  'Thresholds are YAML or JSON: metrics with conditions such as "p95 < 200ms", "rate < 5%" or "count == 0", as error or warn. Differences (delta) need two sides and are left to compare.',
  'On GitHub Actions breaches show at their line of the thresholds file, and the step summary holds the markdown.',
  'Exit codes: 0 all hold, 1 an error-level threshold does not, 2 usage or thresholds file, 3 unreadable, 4 incomplete under --strict.',
].join('\n\n');

export const checkCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', array: true, demandOption: true, describe: 'Runs: NetLogs, saved reports, baselines, globs, directories' })
      .options({
        thresholds: { alias: 't', type: 'string', group: 'Judging:', requiresArg: true, demandOption: true, describe: 'Thresholds in YAML or JSON' },
        ...resultOptions(FORMATS),
      })
      .example('$0 check netlog.json.gz --thresholds limits.yaml', 'one log against its limits')
      .example('$0 check runs/ -t limits.yaml --also junit=results.xml', 'all logs of a directory, also for a test report')
      .example('$0 check "runs/*.gz" -t limits.yaml --save-baseline base.json', 'and keep the numbers for compare')
      .epilogue(EPILOGUE),
  // The readers of thresholds, and the statistics, are loaded only when they run.
  run: async (args, context) => (await import('./check/run-check.ts')).runCheck(args, context),
});
