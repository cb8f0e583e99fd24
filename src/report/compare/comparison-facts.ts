/** What is said of a comparison besides its tables: the sides, what differs between them, the outcome. Plain words for all renderings. */
import type { ComparabilityFact } from '../../compare/comparability.ts';
import type { Check, Comparison, Side } from '../../compare/comparison.ts';
import type { Verdict } from '../../compare/verdict.ts';
import { formatPlural } from '../format.ts';
import { plainText } from '../plain-text.ts';
import { cutMiddle } from '../terminal/text-width.ts';

/** How many names of hosts, trials or features are listed, and how much of each; all is in the JSON. */
const MOST_NAMES = 6;
const WIDEST_NAME = 60;

export function sideText({ label, runs }: Side): string {
  return plainText(`${label}: ${formatPlural(runs.length, 'run')}`);
}

/** `passed`, or `FAILED: 2 thresholds breached`. */
export function outcomeText({ outcome, reasons }: Comparison | Check): string {
  return outcome === 'passed' ? 'passed' : `FAILED: ${reasons.join(', ')}`;
}

/** `3 regressed, 1 improved, 20 unchanged`. */
export function verdictCounts({ metrics }: Comparison): string {
  const counts = new Map<Verdict, number>();
  for (const { verdict } of metrics) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return VERDICTS.flatMap((verdict) => (counts.has(verdict) ? [`${counts.get(verdict)} ${verdict}`] : [])).join(', ') || 'nothing to compare';
}

const VERDICTS: readonly Verdict[] = ['regressed', 'improved', 'changed', 'unchanged', 'inconclusive', 'new', 'gone', 'not comparable'];

/** How the numbers came about: said below the tables, because nobody should have to guess it. */
export function methodText({ settings, metrics, base, new: next }: Comparison): string {
  const { alpha, minRuns, seed } = settings;
  const few = Math.min(base.runs.length, next.runs.length);
  if (few < minRuns) {
    const runs = few === 1 ? '1 run per side' : `${few} runs on the smaller side`;
    return `${runs}: no significance; limits apply to raw differences. With ${minRuns} runs a side there is a test.`;
  }
  const tested = metrics.filter(({ adjustedPValue, difference }) => adjustedPValue !== undefined && (difference?.leastPValue ?? 1) < 1).length;
  return `Difference: Hodges–Lehmann shift over the runs, with its ${100 * (1 - alpha)} % interval. p: Mann–Whitney${tested === 0 ? '' : `, by Holm over ${formatPlural(tested, 'metric')} without a threshold`}; significant up to ${alpha}. Seed ${seed}.`;
}

export interface FactText {
  readonly label: string;
  readonly text: string;
  /** The sides are equal in it, and nothing follows from it. */
  readonly harmless: boolean;
}

export function comparabilityTexts(facts: readonly ComparabilityFact[]): FactText[] {
  return facts.map((fact) => ({ label: fact.fact, text: plainText(factText(fact)), harmless: fact.equal && fact.consequence === undefined }));
}

function factText(fact: ComparabilityFact): string {
  const { equal, consequence, notComparable, base, new: next } = fact;
  const suffix = [...(consequence === undefined ? [] : [consequence]), ...(notComparable.length === 0 ? [] : [`not comparable: ${notComparable.join(', ')}`])];
  const remarks = suffix.length === 0 ? '' : ` (${suffix.join('; ')})`;
  switch (fact.fact) {
    case 'field trials':
    case 'features':
    case 'hosts':
      if (equal) return 'the same';
      if (base.length === 0 && next.length === 0) return consequence ?? 'not known';
      return `${[...(base.length === 0 ? [] : [`only base: ${names(base)}`]), ...(next.length === 0 ? [] : [`only new: ${names(next)}`])].join('; ')}${remarks}`;
    case 'browser':
    case 'system':
    case 'capture mode':
    case 'race engine':
    case 'complete':
      return `${equal ? names(base) : `${names(base)} → ${names(next)}`}${remarks}`;
    case 'duration': {
      const [from, to] = [base.join(' to '), next.join(' to ')];
      return from === to ? from : `${from} → ${to}${remarks}`;
    }
  }
}

function names(values: readonly string[]): string {
  if (values.length === 0) return 'none';
  const more = values.length > MOST_NAMES ? ` and ${values.length - MOST_NAMES} more` : '';
  return `${values.slice(0, MOST_NAMES).map((value) => cutMiddle(plainText(value), WIDEST_NAME)).join(', ')}${more}`;
}
