/** The options of `compare` about chance, and what a thresholds file says of it. */
import type { Options } from 'yargs';
import type { FailureRules } from '../../compare/outcome.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../compare/settings.ts';
import type { ThresholdsFile } from '../check/read-thresholds.ts';
import { UsageError } from '../exit-code.ts';

const JUDGING = 'Judging:';

export const judgingOptions = {
  thresholds: { alias: 't', type: 'string', group: JUDGING, requiresArg: true, describe: 'Thresholds in YAML or JSON' },
  'fail-on-regression': { type: 'boolean', group: JUDGING, default: false, describe: 'End with exit code 1 also if a metric without a threshold regressed' },
  'fail-on-inconclusive': { type: 'boolean', group: JUDGING, default: false, describe: 'End with exit code 1 also if a threshold cannot be judged; without thresholds, if a metric cannot' },
  'min-runs': { type: 'number', group: JUDGING, requiresArg: true, describe: `Test only with this many runs a side; default: the file's, or ${DEFAULT_SETTINGS.minRuns}` },
  alpha: { type: 'number', group: JUDGING, requiresArg: true, describe: `Chance of a false alarm to put up with; default: the file's, or ${DEFAULT_SETTINGS.alpha}` },
  seed: { type: 'number', group: JUDGING, requiresArg: true, default: DEFAULT_SETTINGS.seed, describe: 'Of the bootstrap; the same seed gives the same report' },
} as const satisfies Record<string, Options>;

export interface JudgingArguments {
  readonly thresholds?: string | undefined;
  readonly failOnRegression: boolean;
  readonly failOnInconclusive: boolean;
  readonly minRuns?: number | undefined;
  readonly alpha?: number | undefined;
  readonly seed: number;
}

/** The command line over the file over the defaults. */
export function settingsOf({ alpha, minRuns, seed }: JudgingArguments, file: ThresholdsFile | undefined): Settings {
  if (alpha !== undefined && !(alpha > 0 && alpha <= 0.5)) throw new UsageError('--alpha takes a chance: a number above 0, at most 0.5');
  if (minRuns !== undefined && !(Number.isInteger(minRuns) && minRuns >= 2)) throw new UsageError('--min-runs takes a whole number from 2 on');
  if (!Number.isInteger(seed)) throw new UsageError('--seed takes a whole number');
  return {
    ...DEFAULT_SETTINGS,
    seed,
    alpha: alpha ?? file?.alpha ?? DEFAULT_SETTINGS.alpha,
    minRuns: minRuns ?? file?.minRuns ?? DEFAULT_SETTINGS.minRuns,
  };
}

export function rulesOf({ failOnInconclusive, failOnRegression }: JudgingArguments, file: ThresholdsFile | undefined): FailureRules {
  return {
    onInconclusive: failOnInconclusive ? 'fail' : (file?.onInconclusive ?? 'warn'),
    onRegression: failOnRegression ? 'fail' : 'pass',
  };
}
