/** `netlog-analyze compare BASE… --against NEW…`: has connecting got better or worse, and is that more than chance? */
import { defineCommand } from './command.ts';
import { judgingOptions } from './compare/judging-options.ts';
import { COMPARISON_FORMS } from './compare/render.ts';
import { resultOptions } from './compare/result-options.ts';

const EPILOGUE = [
  'A side is any number of runs: NetLogs, reports saved with --format json, baselines, data sets, globs in quotes, directories. The unit is the run: each gives one value per metric, and the values of the two sides are tested against each other (Mann–Whitney). With fewer than 4 runs a side there are differences, and no verdict.',
  'Thresholds are YAML or JSON: metrics with conditions such as "p95 < 200ms", "delta(median) < max(10%, 5ms)" or "count <= base", as error or warn. Metrics without a threshold fail nothing, unless --fail-on-regression is given; an improvement never fails.',
  '--group-by finds both sides in one heap of runs: by the engine that raced, by the group of a field trial (or feature) that divides them, or by the file name up to a number at its end.',
  'On GitHub Actions breaches show at their line of the thresholds file, and the step summary holds the markdown.',
  'Exit codes: 0 passed, 1 failed, 2 usage or thresholds file, 3 unreadable, 4 incomplete under --strict.',
].join('\n\n');

export const compareCommand = defineCommand({
  build: (cli) =>
    cli
      // Unquoted globs become several words, all of which belong to the option before them.
      .parserConfiguration({ 'greedy-arrays': true, 'dot-notation': false })
      .positional('trace', { type: 'string', array: true, demandOption: true, describe: 'The base: runs to compare against; with --group-by both sides' })
      .options({
        against: { type: 'string', array: true, group: 'Sides:', requiresArg: true, describe: 'The new runs' },
        'group-by': { type: 'string', group: 'Sides:', requiresArg: true, describe: 'Find both sides among the traces: engine, file, field-trial, or field-trial:NAME' },
        arms: { type: 'string', group: 'Sides:', requiresArg: true, describe: 'With --group-by: BASE,NEW, where there are more than two groups or the order is to be another' },
        ...judgingOptions,
        ...resultOptions(COMPARISON_FORMS),
      })
      .example('$0 compare before/ --against after/', 'two directories of logs')
      .example('$0 compare runs/ --save-baseline base.json', 'keep the numbers, compare later')
      .example('$0 compare base.json --against "runs/*.gz" -t limits.yaml', 'a saved baseline, limits, and an exit code')
      .example('$0 compare trial/ --group-by field-trial', 'the two arms of an experiment')
      .example('$0 compare logs/*.gz --group-by engine --arms hev2,hev3', 'one race engine against another')
      .epilogue(EPILOGUE),
  // The readers of thresholds, and the statistics, are loaded only when they run.
  run: async (args, context) => (await import('./compare/run-compare.ts')).runCompare(args, context),
});
