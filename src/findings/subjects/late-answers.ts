/**
 * Names whose answers of one query type came long after those of the others, or never, and what waiting for them cost.
 *
 * Compared is within one resolution, so that a far or slow server as such is none. Lost queries are another matter:
 * a type whose query was repeated and then answered counts as lost, not as late.
 */
import { isAnswered, networkResolutions } from '../../metrics/subjects/page-resolutions.ts';
import type { Race } from '../../model/race.ts';
import type { DnsTransaction, Resolution } from '../../model/resolution.ts';
import type { Trace } from '../../model/trace.ts';
import type { Judgement } from '../rule.ts';
import { evidenceOf } from './evidence.ts';
import { count, duration, list } from './words.ts';
import { largest, smallest } from './extremes.ts';

/** A and AAAA answers usually come within 21 ms of each other (99 of 100, network-wide telemetry of a browser). */
export const LATE_MS = 100;
/** A query is repeated after 1 s, so that silence for longer has outlived a lost packet. */
const SILENT_MS = 1000;
/** Most of the Resolution Delay of 50 ms (RFC 8305 section 3): somebody really waited. */
const COSTLY_MS = 40;

interface Late {
  readonly resolution: Resolution;
  readonly transaction: DnsTransaction;
  readonly kind: 'late' | 'never';
  /** After the first answer of another type. */
  readonly byMs: number;
  readonly costMs: number;
  readonly failed: boolean;
}

/** At most one judgement, about all names. It is an error if a name could not be resolved for it. */
export function lateAnswers(trace: Trace, type: 'A' | 'AAAA'): Judgement[] {
  const racesOf = raceFinder(trace);
  const late = networkResolutions(trace).flatMap((resolution) => lateIn(resolution, type, racesOf(resolution.id), trace.durationMs));
  const [first] = late;
  if (first === undefined) return [];
  const never = late.filter(({ kind }) => kind === 'never');
  const costMs = largest(late.map((one) => one.costMs));
  const byMs = largest(late.map((one) => one.byMs));
  const failed = late.filter((one) => one.failed);
  const hosts = list(late.map(({ transaction }) => transaction.name));
  return [
    {
      severity: failed.length > 0 ? 'error' : costMs >= COSTLY_MS ? 'warning' : 'info',
      title: never.length === late.length ? `${type} queries are never answered` : `${type} answers come late`,
      detail:
        `${count(late.length, `${type} query`, `${type} queries`)} for ${hosts}: ${never.length === late.length ? 'no answer within' : 'up to'} ${duration(byMs)}${never.length === late.length ? ' of' : ' after'} the first answer of another type. ` +
        `${failed.length > 0 ? `The name could not be resolved, although the other answers were there: ${list(failed.map(({ resolution }) => resolution.netError?.name ?? 'it failed'))}.` : costMs >= 1 ? `Connecting waited for it up to ${duration(costMs)}.` : 'No connection waited for it.'}`,
      numbers: { queries: late.length, lateMs: Math.round(byMs), costMs: Math.round(costMs) },
      evidence: withTransactions(late),
    },
  ];
}

function withTransactions(late: readonly Late[]): Judgement['evidence'] {
  return evidenceOf(late.flatMap(({ resolution, transaction }) => [{ evidence: { sourceIds: [transaction.id], eventIndices: [] } }, resolution]));
}

function lateIn(resolution: Resolution, type: string, races: readonly Race[], logEndMs: number): Late[] {
  const transaction = resolution.transactions.find((one) => one.type === type);
  const others = resolution.transactions.filter((one) => one.type !== type && isAnswered(one) && one.endMs !== undefined);
  if (transaction === undefined || others.length === 0) return [];
  const firstAnswer = smallest(others.map(({ endMs = 0 }) => endMs));
  const byMs = (transaction.endMs ?? logEndMs) - firstAnswer;
  const kind = kindOf(transaction, resolution, byMs);
  if (kind === undefined) return [];
  const failed = resolution.outcome === 'failed' && kind === 'never';
  return [{ resolution, transaction, kind, byMs, failed, costMs: failed ? 0 : costOf(resolution, firstAnswer, races, logEndMs) }];
}

function kindOf(transaction: DnsTransaction, resolution: Resolution, byMs: number): Late['kind'] | undefined {
  const { attempts, startMs, endMs = Number.POSITIVE_INFINITY, rcode } = transaction;
  const timedOut = attempts.some((one) => one.timedOut === true);
  if (isAnswered(transaction)) return byMs >= LATE_MS && !timedOut ? 'late' : undefined;
  // A server that answers with an error is not silent.
  if (rcode !== undefined) return undefined;
  if (timedOut || endMs - startMs >= SILENT_MS) return 'never';
  // Cancelled before it could be told, but after the whole Resolution Delay had been spent on it.
  return transaction.type === 'AAAA' && resolution.resolutionDelay?.timedOut === true ? 'late' : undefined;
}

/** How long, after the first answer, races that needed the resolution stood still; no longer than the resolution took. */
function costOf(resolution: Resolution, firstAnswer: number, races: readonly Race[], logEndMs: number): number {
  const waits = races.map((race) => firstStart(race, logEndMs) - Math.max(firstAnswer, race.startMs)).filter(Number.isFinite);
  return Math.min(largest(waits), (resolution.endMs ?? logEndMs) - firstAnswer);
}

function raceFinder({ races }: Trace): (resolutionId: number) => readonly Race[] {
  const byResolution = new Map<number, Race[]>();
  for (const race of races) {
    for (const id of race.resolutionIds) {
      const known = byResolution.get(id);
      if (known === undefined) byResolution.set(id, [race]);
      else known.push(race);
    }
  }
  return (id) => byResolution.get(id) ?? [];
}

/** A race that never came to an attempt waited to its end, if anybody waited for it. */
function firstStart({ attempts, requestIds, endMs }: Race, logEndMs: number): number {
  // They are in order of their start.
  const [first] = attempts;
  if (first === undefined) return requestIds.length === 0 ? Number.POSITIVE_INFINITY : (endMs ?? logEndMs);
  return first.startMs;
}
