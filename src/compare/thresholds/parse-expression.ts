/**
 * Reads the condition of a threshold, in the manner of k6:
 *
 *     condition  = statistic comparator quantity          limit of one side
 *                | statistic comparator "base"            not beyond the base
 *                | "delta(" statistic ")" comparator ["-"] bound
 *     bound      = quantity | "max(" quantity "," quantity ")"
 *     statistic  = "median" | "p95" | "p(95)" | "min" | "max" | "rate" | "count" | "n" | …
 *     quantity   = number [unit]                           200, 200ms, 0.2s, 5%
 *
 * In a bound a percentage is of the base's value; as a limit of a rate it is the rate itself.
 */
import type { MetricTraits } from '../run.ts';
import { isNumberOfThings, statisticsOf, type Statistic } from '../statistic.ts';
import type { Comparator, Expression } from './expression.ts';

/** What was expected and found in a condition; the caller knows where it stands. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

const CONDITION = /^(?<delta>delta\s*\()?\s*(?<statistic>[a-z]+\d*|p\s*\(\s*\d+\s*\))\s*(?<closing>\))?\s*(?<comparator><=|>=|==|!=|<|>)\s*(?<bound>.+)$/i;
const BOUND = /^(?<minus>-)?\s*(?:max\s*\(\s*(?<first>[^,()]+),\s*(?<second>[^,()]+)\)|(?<only>[^,()]+))$/i;
const QUANTITY = /^(?<number>\d+(?:\.\d+)?)\s*(?<unit>%|[a-z]*)$/i;

export function parseExpression(text: string, traits: MetricTraits): Expression {
  const { delta, statistic: name = '', closing, comparator, bound = '' } = CONDITION.exec(text.trim())?.groups ?? {};
  if (comparator === undefined || (delta === undefined) !== (closing === undefined)) {
    throw new ExpressionError(`expected a condition such as "p95 < 200ms" or "delta(median) < max(10%, 5ms)", found "${text}"`);
  }
  const statistic = parseStatistic(name, traits);
  const unit = isNumberOfThings(statistic) ? 'count' : traits.unit;
  const comparison = { statistic, comparator: comparator as Comparator };
  if (delta !== undefined) return { kind: 'delta', ...comparison, ...parseBound(bound, unit) };
  if (bound.trim().toLowerCase() === 'base') return { kind: 'delta', ...comparison, sign: 1, relative: 0 };
  const quantity = parseQuantity(bound, unit);
  return { kind: 'limit', ...comparison, limit: 'share' in quantity ? limitOfShare(quantity.share, unit, bound) : quantity.value };
}

function parseStatistic(name: string, traits: MetricTraits): Statistic {
  const plain = name.toLowerCase().replaceAll(/[\s()]/g, '').replace(/^med$/, 'median');
  const known = statisticsOf(traits);
  const found = known.find((statistic) => statistic === plain);
  if (found !== undefined) return found;
  const why = plain === 'avg' || plain === 'mean' ? '; a mean is not offered, as one long time moves it: take the median' : '';
  throw new ExpressionError(`expected one of ${known.join(', ')} for ${traits.id}, found "${name}"${why}`);
}

type Unit = MetricTraits['unit'];

function parseBound(text: string, unit: Unit): { readonly sign: 1 | -1; readonly relative?: number; readonly absolute?: number } {
  const { minus, first, second, only } = BOUND.exec(text.trim())?.groups ?? {};
  const parts = [first, second, only].filter((part) => part !== undefined).map((part) => parseQuantity(part, unit));
  const shares = parts.flatMap((part) => ('share' in part ? [part.share] : []));
  const values = parts.flatMap((part) => ('value' in part ? [part.value] : []));
  if (parts.length === 0 || shares.length > 1 || values.length > 1) {
    throw new ExpressionError(`expected a difference such as 5${UNITS[unit][0] ?? ''}, 10% or max(10%, 5${UNITS[unit][0] ?? ''}), found "${text}"`);
  }
  const [relative] = shares;
  const [absolute] = values;
  return { sign: minus === undefined ? 1 : -1, ...(relative === undefined ? {} : { relative }), ...(absolute === undefined ? {} : { absolute }) };
}

function limitOfShare(share: number, unit: Unit, text: string): number {
  if (unit === 'ratio') return share;
  throw new ExpressionError(`expected ${quantityExample(unit)}, found "${text.trim()}"; a percentage needs delta(…)`);
}

/** Units by which a number may be followed, and how many of the metric's own they are. */
const FACTORS: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1000, min: 60_000, b: 1, kb: 1000, mb: 1_000_000 };
const UNITS: Readonly<Record<Unit, readonly string[]>> = { ms: ['ms', 's', 'min'], bytes: ['B', 'kB', 'MB'], count: [], ratio: [] };

function parseQuantity(text: string, unit: Unit): { readonly share: number } | { readonly value: number } {
  const { number, unit: found = '' } = QUANTITY.exec(text.trim())?.groups ?? {};
  if (number === undefined) throw new ExpressionError(`expected ${quantityExample(unit)}, found "${text.trim()}"`);
  if (found === '%') return { share: Number(number) / 100 };
  const factor = found === '' || UNITS[unit].some((known) => known.toLowerCase() === found.toLowerCase()) ? FACTORS[found.toLowerCase()] : undefined;
  if (factor === undefined) throw new ExpressionError(`expected ${quantityExample(unit)}, found "${text.trim()}"`);
  return { value: Number(number) * factor };
}

function quantityExample(unit: Unit): string {
  switch (unit) {
    case 'ms':
      return 'a time such as 200ms or 0.2s';
    case 'bytes':
      return 'a size such as 200kB';
    case 'count':
      return 'a number such as 2';
    case 'ratio':
      return 'a share such as 0.05 or 5%';
  }
}
