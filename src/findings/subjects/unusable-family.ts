/** Places where the connections of one address family come to nothing while those of the other are answered. */
import type { Family } from '../../address.ts';
import type { Trace } from '../../model/trace.ts';
import type { Judgement } from '../rule.ts';
import { evidenceOf } from './evidence.ts';
import { answered, longestSilence, type Target, targetsOf, type TriedAttempt, triedOver, unanswered } from './targets.ts';
import { doubt, endpoints, SURELY_SILENT_MS, unansweredWords } from './unanswered-words.ts';
import { count, duration, list } from './words.ts';
import { largest } from './extremes.ts';

const NAMES: Readonly<Record<Family, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };
const OTHER: Readonly<Record<Family, Family>> = { ipv4: 'ipv6', ipv6: 'ipv4' };

interface Unusable {
  readonly target: Target;
  readonly tried: readonly TriedAttempt[];
  readonly costMs: number;
}

/** One judgement about all places, with the time that waiting for the family cost. */
export function unusableFamily(trace: Trace, family: Family): Judgement[] {
  const targets = targetsOf(trace);
  const found = targets.flatMap((target) => unusableAt(target, family));
  if (found.length === 0) return [];
  const tried = found.flatMap((one) => one.tried);
  const working = targets.filter((target) => answered(triedOver(target, 'tcp', family)).length > 0);
  const costMs = largest(found.map((one) => one.costMs));
  const elsewhere = working.length === 0 ? '' : ` ${NAMES[family]} does answer at ${list(working.map(({ name }) => name))}.`;
  return [
    {
      title: titleOf(NAMES[family], tried),
      detail:
        `${count(tried.length, 'connection attempt')} over ${NAMES[family]} to ${list(found.map(({ target }) => target.name))} ` +
        `(${list(endpoints(tried))}): ${unansweredWords(tried)}; ${NAMES[OTHER[family]]} answered. ` +
        `${costMs > 0 ? `It cost up to ${duration(costMs)} until the connection that won was begun.` : 'It cost no time.'}${doubt(tried)}${elsewhere}`,
      numbers: { places: found.length, attempts: tried.length, costMs },
      evidence: evidenceOf(tried.map(({ attempt }) => attempt)),
    },
  ];
}

/** Dead and slow are told apart as far as the log can. */
function titleOf(name: string, tried: readonly TriedAttempt[]): string {
  if (tried.every(({ reach }) => reach.kind === 'refused')) return `${name} connections are rejected`;
  return longestSilence(tried) >= SURELY_SILENT_MS ? `${name} connections get no answer` : `${name} connections get no answer in time: dead or slow`;
}

function unusableAt(target: Target, family: Family): Unusable[] {
  const tried = unanswered(triedOver(target, 'tcp', family));
  const works = answered(triedOver(target, 'tcp', family)).length + answered(triedOver(target, 'quic', family)).length > 0;
  const otherWorks = answered(triedOver(target, 'tcp', OTHER[family])).length > 0;
  return tried.length > 0 && !works && otherWorks ? [{ target, tried, costMs: costOf(target, family) }] : [];
}

/** From the first attempt of the family to the start of the attempt that won, in the worst race. */
function costOf({ races }: Target, family: Family): number {
  const costs = races.map(({ attempts, winner }) => {
    const first = attempts.find((attempt) => attempt.family === family && attempt.transport === 'tcp');
    const won = attempts.find(({ id }) => id === winner?.attemptId);
    return first === undefined || won === undefined || won.family === family ? 0 : won.startMs - first.startMs;
  });
  return largest(costs);
}
