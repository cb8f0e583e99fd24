/**
 * Whether two sides may be compared at all: what differs between them besides the numbers, and which metrics that makes
 * not comparable. Said before any number.
 */
import { z } from 'zod';
import type { Run, RunFacts } from './run.ts';

export const comparabilitySchema = z.object({
  fact: z.enum(['browser', 'system', 'capture mode', 'race engine', 'field trials', 'features', 'complete', 'duration', 'hosts']),
  base: z.array(z.string()).describe('Distinct values of the runs; of field trials, features and hosts those that only this side has'),
  new: z.array(z.string()),
  equal: z.boolean(),
  consequence: z.string().optional().describe('What the inequality means'),
  notComparable: z.array(z.string()).describe('Ids of the metrics that it makes not comparable'),
});
export type ComparabilityFact = Readonly<z.infer<typeof comparabilitySchema>>;

/** Only HttpStreamPool takes endpoints before resolution ends, and waits as these metrics measure. */
const OF_ONE_ENGINE = ['dns.resolution_delay.rate', 'dns.resolution_delay.timed_out_rate', 'race.crypto_wait', 'race.intermediate_endpoint_rate'];

/** Before HEv3 a race asks the resolver once for QUIC and once for TCP, so that rates of lookups have another base. */
const OF_LOOKUPS_PER_RACE = ['dns.cache.hit_rate', 'dns.resolution.failure_rate', 'dns.fallback_to_system_rate'];

/** Records that Chromium drops show only in raw DNS answers, which the mode Everything logs. */
const OF_RAW_ANSWERS = ['dns.https_record.presence_rate', 'dns.https_record.used_rate'];

/** Above this ratio of the times recorded (medians over the runs), numbers of things say more of the time than of the browser. */
const MUCH_LONGER = 1.5;

export function compareFacts(base: readonly Run[], next: readonly Run[]): ComparabilityFact[] {
  return [
    oneOf('browser', base, next, ({ client }) => [client ?? 'unknown']),
    oneOf('system', base, next, ({ system }) => [system ?? 'unknown']),
    oneOf('capture mode', base, next, ({ captureMode }) => [captureMode ?? 'unknown'], {
      consequence: 'dropped HTTPS records show only in the mode Everything',
      notComparable: OF_RAW_ANSWERS,
    }),
    oneOf('race engine', base, next, ({ engines }) => engines, {
      consequence: 'what only one engine does cannot be compared, nor how often each asks the resolver',
      notComparable: [...OF_ONE_ENGINE, ...OF_LOOKUPS_PER_RACE],
    }),
    difference('field trials', base, next, ({ facts }) => facts.fieldTrials, 'a report made by an older version does not tell them'),
    difference('features', base, next, ({ facts }) => facts.features, 'the command line is not in the log'),
    completeness(base, next),
    durations(base, next),
    difference('hosts', base, next, ({ hosts }) => hosts?.map(({ host }) => host), 'a baseline names no hosts'),
  ];
}

/** Numbers of things (`count`, `n`) compare only between runs that were recorded whole and for about as long. */
export function comparesCounts(facts: readonly ComparabilityFact[]): boolean {
  return facts.every(({ fact, consequence }) => consequence === undefined || (fact !== 'complete' && fact !== 'duration'));
}

type Inequality = Pick<ComparabilityFact, 'consequence' | 'notComparable'>;

function oneOf(
  fact: ComparabilityFact['fact'],
  base: readonly Run[],
  next: readonly Run[],
  valuesOf: (facts: RunFacts) => readonly string[],
  inequality: Inequality = { notComparable: [] },
): ComparabilityFact {
  const [ofBase, ofNext] = [base, next].map((runs) => distinct(runs.flatMap(({ facts }) => valuesOf(facts)))) as [string[], string[]];
  const equal = ofBase.join('\n') === ofNext.join('\n');
  return { fact, base: ofBase, new: ofNext, equal, ...(equal ? { notComparable: [] } : inequality) };
}

function difference(
  fact: ComparabilityFact['fact'],
  base: readonly Run[],
  next: readonly Run[],
  valuesOf: (run: Run) => readonly string[] | undefined,
  unknown: string,
): ComparabilityFact {
  const [ofBase, ofNext] = [base, next].map((runs) => (runs.some((run) => valuesOf(run) === undefined) ? undefined : distinct(runs.flatMap((run) => valuesOf(run) ?? []))));
  if (ofBase === undefined || ofNext === undefined) return { fact, base: [], new: [], equal: false, consequence: `not known: ${unknown}`, notComparable: [] };
  const onlyIn = (these: readonly string[], those: readonly string[]): string[] => {
    const others = new Set(those);
    return these.filter((value) => !others.has(value));
  };
  const [onlyBase, onlyNext] = [onlyIn(ofBase, ofNext), onlyIn(ofNext, ofBase)];
  return { fact, base: onlyBase, new: onlyNext, equal: onlyBase.length === 0 && onlyNext.length === 0, notComparable: [] };
}

function completeness(base: readonly Run[], next: readonly Run[]): ComparabilityFact {
  const textOf = (runs: readonly Run[]): string => {
    const cut = runs.filter(({ facts }) => !facts.complete).length;
    return cut === 0 ? 'all' : `${runs.length - cut} of ${runs.length}`;
  };
  const [ofBase, ofNext] = [textOf(base), textOf(next)];
  const whole = ofBase === 'all' && ofNext === 'all';
  return {
    fact: 'complete',
    base: [ofBase],
    new: [ofNext],
    equal: ofBase === ofNext,
    ...(whole ? {} : { consequence: 'numbers of things in logs that are cut off cannot be compared' }),
    notComparable: [],
  };
}

function durations(base: readonly Run[], next: readonly Run[]): ComparabilityFact {
  const sorted = (runs: readonly Run[]): number[] => runs.map(({ facts }) => facts.durationMs).toSorted((a, b) => a - b);
  const middle = (values: readonly number[]): number => Math.max(1, values[Math.floor(values.length / 2)] ?? 1);
  const [ofBase, ofNext] = [sorted(base), sorted(next)];
  const ratio = middle(ofBase) / middle(ofNext);
  const equal = Math.max(ratio, 1 / ratio) <= MUCH_LONGER;
  const ends = (values: readonly number[]): string[] => [...new Set([values[0] ?? 0, values.at(-1) ?? 0].map(seconds))];
  return {
    fact: 'duration',
    base: ends(ofBase),
    new: ends(ofNext),
    equal,
    ...(equal ? {} : { consequence: 'numbers of things grow with the time recorded and cannot be compared' }),
    notComparable: [],
  };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].toSorted();
}
