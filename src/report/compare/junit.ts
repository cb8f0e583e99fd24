/**
 * Thresholds as JUnit XML, one test case each, for whatever shows test results. A warning that is breached passes with its
 * text as output; what could not be judged is skipped.
 */
import type { Check, Comparison } from '../../compare/comparison.ts';
import type { LimitOutcome } from '../../compare/thresholds/judge-thresholds.ts';
import { plainText } from '../plain-text.ts';
import { formatObserved, limitNote } from './limit-columns.ts';

export function junitXml({ limits, kind }: Comparison | Check): string {
  const failures = limits.filter(({ state, level }) => state === 'failed' && level === 'error').length;
  const skipped = limits.filter(({ state }) => state !== 'failed' && state !== 'passed').length;
  const counts = `tests="${limits.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="netlog-analyze" ${counts}>`,
    `  <testsuite name="netlog-analyze ${kind === 'check' ? 'check' : 'compare'}" ${counts}>`,
    ...limits.map(testCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(limit: LimitOutcome): string {
  const open = `    <testcase classname="${escape(limit.metric)}" name="${escape(limit.condition)}"`;
  const inner = detail(limit);
  return inner === undefined ? `${open}/>` : `${open}>${inner}</testcase>`;
}

function detail(limit: LimitOutcome): string | undefined {
  const text = escape(breachText(limit));
  switch (limit.state) {
    case 'passed':
      return undefined;
    case 'failed':
      return limit.level === 'error' ? `<failure message="${text}"/>` : `<system-out>warning: ${text}</system-out>`;
    case 'inconclusive':
    case 'not comparable':
    case 'skipped':
      return `<skipped message="${text}"/>`;
  }
}

/** `found 320 ms, limit 200 ms`, or why there is nothing to say. */
export function breachText(limit: LimitOutcome): string {
  const numbers = limit.observed === undefined ? [] : [`found ${formatObserved(limit, limit.observed)}, limit ${formatObserved(limit, limit.limit)}`];
  const note = limitNote(limit);
  return [limit.state, ...numbers, ...(note === '' ? [] : [note])].join('; ');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

function escape(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
