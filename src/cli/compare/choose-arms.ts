/** The two sides that `compare` was asked for. */
import { groupRuns, type Grouping } from '../../compare/arms.ts';
import type { Arm } from '../../compare/compare-runs.ts';
import type { Run } from '../../compare/run.ts';
import { UsageError } from '../exit-code.ts';
import { nearest } from '../nearest.ts';

export function parseGrouping(text: string): Grouping {
  if (text === 'engine' || text === 'file' || text === 'field-trial') return { by: text };
  const trial = /^field-trial:(.+)$/.exec(text)?.[1];
  if (trial !== undefined) return { by: 'field-trial', trial };
  throw new UsageError(`--group-by takes engine, file, field-trial or field-trial:NAME, found ${JSON.stringify(text)}`);
}

/** Base and new. @throws UsageError that lists the groups, unless there are two or `arms` says which */
export function chooseArms(runs: readonly Run[], groupBy: string, arms: string | undefined): readonly [Arm, Arm] {
  const grouped = groupRuns(runs, parseGrouping(groupBy));
  if (grouped.kind === 'ambiguous') {
    throw new UsageError(`--group-by field-trial: expected one trial that divides the runs, found ${grouped.trials.length} that do so differently; name one: ${grouped.trials.slice(0, 5).map((trial) => `field-trial:${trial}`).join(', ')}`);
  }
  const found = grouped.arms.map(({ label, runs: { length } }) => `${label} (${length})`).join(', ');
  if (arms !== undefined) return namedArms(grouped.arms, arms, found);
  const [base, next, ...more] = grouped.arms;
  if (base === undefined || next === undefined) throw new UsageError(`--group-by ${groupBy}: expected two groups of runs, found one: ${found}`);
  if (more.length > 0) throw new UsageError(`--group-by ${groupBy}: expected two groups of runs, found ${grouped.arms.length}: ${found}; choose with --arms BASE,NEW`);
  return [base, next];
}

function namedArms(arms: readonly Arm[], names: string, found: string): readonly [Arm, Arm] {
  const words = names.split(',').map((word) => word.trim());
  const [base, next] = words.map((word) => {
    // A field trial's groups are told apart by what follows the trial.
    const arm = arms.find(({ label }) => label === word || label.endsWith(`:${word}`));
    if (arm !== undefined) return arm;
    const [near] = nearest(word, arms.map(({ label }) => label), 1);
    throw new UsageError(`--arms: expected groups of runs, found ${JSON.stringify(word)}; there are ${found}${near === undefined ? '' : `; did you mean ${near}?`}`);
  });
  if (words.length !== 2 || base === undefined || next === undefined || base === next) throw new UsageError(`--arms takes two different groups, BASE,NEW, found ${JSON.stringify(names)}; there are ${found}`);
  return [base, next];
}
