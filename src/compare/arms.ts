/**
 * Finds the two arms of an experiment in one heap of runs: by the race engine that ran, by the group of a field trial (or
 * the state of a feature), or by file name.
 */
import type { Arm } from './compare-runs.ts';
import type { Run, RunFacts } from './run.ts';

export type Grouping =
  | { readonly by: 'engine' }
  | { readonly by: 'file' }
  /** Without a trial the one that divides the runs is looked for. */
  | { readonly by: 'field-trial'; readonly trial?: string };

export type Grouped =
  | { readonly kind: 'arms'; /** In the order base, new. */ readonly arms: readonly Arm[] }
  /** Several field trials divide the runs, and not alike. */
  | { readonly kind: 'ambiguous'; readonly trials: readonly string[] };

export function groupRuns(runs: readonly Run[], grouping: Grouping): Grouped {
  switch (grouping.by) {
    case 'engine':
      return { kind: 'arms', arms: armsBy(runs, ({ facts }) => facts.engines[0] ?? NO_ENGINE) };
    case 'file': {
      const labels = fileLabels(runs.map(({ name }) => name));
      return { kind: 'arms', arms: armsBy(runs, ({ name }) => labels.get(name) ?? name) };
    }
    case 'field-trial':
      return byFieldTrial(runs, grouping.trial);
  }
}

function byFieldTrial(runs: readonly Run[], wanted: string | undefined): Grouped {
  const groups = runs.map(({ facts }) => trialGroups(facts));
  const trials = wanted === undefined ? [...new Set(groups.flatMap((group) => [...group.keys()]))].toSorted() : [wanted];
  const labelOf = (trial: string, i: number): string => `${trial}:${groups[i]?.get(trial) ?? 'none'}`;
  const divisions = trials
    .map((trial) => ({ trial, labels: runs.map((_, i) => labelOf(trial, i)) }))
    .filter(({ labels }) => wanted !== undefined || new Set(labels).size > 1);
  const shapes = new Set(divisions.map(({ labels }) => labels.map((label) => labels.indexOf(label)).join()));
  if (shapes.size > 1) return { kind: 'ambiguous', trials: divisions.map(({ trial }) => trial) };
  const [division] = divisions;
  const indices = new Map(runs.map((run, i) => [run, i]));
  return { kind: 'arms', arms: armsBy(runs, (run) => division?.labels[indices.get(run) ?? 0] ?? 'no field trial') };
}

/** Group by trial; a feature set on the command line is a trial with the groups `enabled` and `disabled`. */
function trialGroups({ fieldTrials = [], features = [] }: RunFacts): Map<string, string> {
  const groups = new Map<string, string>();
  for (const text of fieldTrials) {
    const at = text.indexOf(':');
    if (at > 0) groups.set(text.slice(0, at), text.slice(at + 1));
  }
  for (const feature of features) groups.set(feature.slice(1), feature.startsWith('+') ? 'enabled' : 'disabled');
  return groups;
}

/** `-07`, `_run3`, `/12` at the end of a name; not the 3 of `hev3`. */
const RUN_NUMBER = /(?:[-_. /]|^)(?:run[-_ ]?)?\d+$/i;

/** The path below the folder that all have in common, without extensions and without a run's number at its end. */
function fileLabels(names: readonly string[]): Map<string, string> {
  const folders = names.map((name) => name.split(/[/\\]/).slice(0, -1));
  const [first = []] = folders;
  const differs = first.findIndex((folder, i) => folders.some((other) => other[i] !== folder));
  const common = differs < 0 ? Math.min(...folders.map(({ length }) => length)) : differs;
  return new Map(
    names.map((name) => {
      const path = name.split(/[/\\]/).slice(common).join('/');
      return [name, path.replace(/(\.(json|netlog|log|gz|zst|zip))+$/i, '').replace(RUN_NUMBER, '')];
    }),
  );
}

function armsBy(runs: readonly Run[], labelOf: (run: Run) => string): Arm[] {
  const byLabel = new Map<string, Run[]>();
  for (const run of runs) byLabel.set(labelOf(run), [...(byLabel.get(labelOf(run)) ?? []), run]);
  return Array.from(byLabel, ([label, members]): Arm => ({ label, runs: members })).toSorted((a, b) => rank(a.label) - rank(b.label) || (a.label < b.label ? -1 : 1));
}

/** Of runs without a race. */
const NO_ENGINE = 'no engine';

const ENGINES = ['legacy', 'hev2', 'hev3', NO_ENGINE];

/** What changes nothing is the base: a control group, a feature that is off, the older engine. */
function rank(label: string): number {
  const engine = ENGINES.indexOf(label);
  if (engine >= 0) return engine;
  return /control|default|disabled|none$|legacy|base|before|\boff\b/i.test(label) ? 0 : 1;
}
