/** Arms found in a heap of runs. */
import { describe, expect, it } from 'vitest';
import { groupRuns, type Grouping } from '../../src/compare/arms.ts';
import type { Run } from '../../src/compare/run.ts';
import { aRun } from './runs.ts';

function labels(runs: readonly Run[], grouping: Grouping): string[] {
  const grouped = groupRuns(runs, grouping);
  return grouped.kind === 'ambiguous' ? ['ambiguous', ...grouped.trials] : grouped.arms.map(({ label, runs: members }) => `${label} ${members.length}`);
}

describe('by engine', () => {
  const runs = [['hev3', 'legacy'], ['hev2'], ['hev3'], ['hev2'], []].map((engines) => aRun({ facts: { engines } }));

  it('takes the engine of the most races, the older one as the base', () => {
    expect(labels(runs.slice(0, 4), { by: 'engine' })).toEqual(['hev2 2', 'hev3 2']);
  });

  it('sets runs without a race apart', () => {
    expect(labels(runs, { by: 'engine' })).toEqual(['hev2 2', 'hev3 2', 'no engine 1']);
  });
});

describe('by field trial', () => {
  const inTrial = (...fieldTrials: string[]): Run => aRun({ facts: { fieldTrials } });

  it('finds the trial that divides the runs, the control group as the base', () => {
    const runs = [inTrial('Ui:On', 'HappyEyeballsV3:Enabled'), inTrial('Ui:On', 'HappyEyeballsV3:Control'), inTrial('Ui:On', 'HappyEyeballsV3:Control')];
    expect(labels(runs, { by: 'field-trial' })).toEqual(['HappyEyeballsV3:Control 2', 'HappyEyeballsV3:Enabled 1']);
  });

  it('takes features of the command line for trials', () => {
    const runs = ['+HappyEyeballsV3', '-HappyEyeballsV3'].map((feature) => aRun({ facts: { features: [feature] } }));
    expect(labels(runs, { by: 'field-trial' })).toEqual(['HappyEyeballsV3:disabled 1', 'HappyEyeballsV3:enabled 1']);
  });

  it('takes several trials that divide alike for one', () => {
    expect(labels([inTrial('A:On', 'B:On'), inTrial('A:Off', 'B:Off')], { by: 'field-trial' })).toEqual(['A:Off 1', 'A:On 1']);
  });

  it('does not choose between trials that divide differently, but takes the one that is named', () => {
    const runs = [inTrial('A:1', 'B:1'), inTrial('A:2', 'B:1'), inTrial('A:2', 'B:2')];
    expect(labels(runs, { by: 'field-trial' })).toEqual(['ambiguous', 'A', 'B']);
    expect(labels(runs, { by: 'field-trial', trial: 'B' })).toEqual(['B:1 2', 'B:2 1']);
  });

  it('tells runs outside the trial from its groups', () => {
    expect(labels([inTrial('A:On'), inTrial()], { by: 'field-trial' })).toEqual(['A:none 1', 'A:On 1']);
  });
});

describe('by file', () => {
  it.each([
    ['folders', ['logs/legacy/1.json', 'logs/legacy/2.json', 'logs/hev3/1.json.gz'], ['legacy 2', 'hev3 1']],
    ['run numbers', ['control-01.json', 'control-02.json.gz', 'hev3-01.json'], ['control 2', 'hev3 1']],
    ['the word run', ['t/control/run-1.json', 't/control/run-2.json', 't/trial/run-1.json'], ['control 2', 'trial 1']],
    ['a digit that belongs to the name', ['hev2.json', 'hev3.json'], ['hev2 1', 'hev3 1']],
  ])('tells arms by %s', (_what, names, expected) => {
    expect(labels(names.map((name) => aRun({ name })), { by: 'file' })).toEqual(expected);
  });
});
