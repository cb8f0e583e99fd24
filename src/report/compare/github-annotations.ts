/** Thresholds as GitHub workflow commands, which show at the line of the thresholds file that asked for them. */
import type { Check, Comparison } from '../../compare/comparison.ts';
import type { OnInconclusive } from '../../compare/thresholds/threshold.ts';
import type { LimitOutcome } from '../../compare/thresholds/judge-thresholds.ts';
import { plainText } from '../plain-text.ts';
import { failedFirst } from './limit-columns.ts';
import { breachText } from './junit.ts';

/** One line each for what failed or could not be told; nothing for what passed. */
export function githubAnnotations({ limits }: Comparison | Check, file: string, onInconclusive: OnInconclusive): string {
  return failedFirst(limits)
    .flatMap((limit) => {
      const level = levelOf(limit, onInconclusive);
      const title = `${limit.metric}: ${limit.condition}`;
      return level === undefined ? [] : [`::${level} file=${property(file)},line=${limit.line},title=${property(title)}::${message(breachText(limit))}\n`];
    })
    .join('');
}

function levelOf({ state, level }: LimitOutcome, onInconclusive: OnInconclusive): 'error' | 'warning' | undefined {
  switch (state) {
    case 'failed':
      return level === 'error' ? 'error' : 'warning';
    case 'inconclusive':
    case 'not comparable':
      if (onInconclusive === 'pass') return undefined;
      return onInconclusive === 'fail' && level === 'error' ? 'error' : 'warning';
    case 'skipped':
    case 'passed':
      return undefined;
  }
}

/** Nothing in a text may end the command or begin another one. */
function message(text: string): string {
  return plainText(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
