/**
 * Which races a log holds apart. The pool has one attempt manager for all that run side by side to one destination.
 * The jobs before it are linked by their destination alone: races whose jobs overlap in time, or touch, are one.
 */
import type { RaceId } from '../../src/engine/client/client-output.ts';
import type { LogForm } from '../../src/simulator/emit/log-form.ts';

export interface Spell {
  readonly start: number;
  /** Absent: it goes on when the simulation ends. */
  end?: number;
}

export interface KnownAttempt extends Spell {
  /** `tcp 192.0.2.1:443`. */
  readonly endpoint: string;
  outcome: string;
  error?: number;
}

export interface KnownRace extends Spell {
  readonly destination: string;
  outcome: string;
  winner?: string;
  readonly attempts: KnownAttempt[];
}

export interface RunningRace extends KnownRace {
  /** Its first job, before HEv3, is one of the QUIC session pool. */
  readonly resolvesOverQuic: boolean;
  /** Beside which it began. */
  readonly besides?: RaceId;
  readonly resolverRequest: number;
  /** When all of its names were. */
  resolved?: number;
  /** When nothing of it can begin any more. */
  over?: number;
}

export function racesInLog(races: ReadonlyMap<RaceId, RunningRace>, form: LogForm): KnownRace[] {
  const groups = form === 'pool' ? byManager(races) : byOverlap([...races.values()]);
  return groups.filter((group) => form === 'pool' || !group.every(isNone)).map((group) => asOne(group, form));
}

function byManager(races: ReadonlyMap<RaceId, RunningRace>): RunningRace[][] {
  const groups = new Map<RaceId, RunningRace[]>();
  for (const [id, race] of races) {
    const lead = race.besides === undefined ? undefined : groups.get(race.besides);
    if (lead === undefined) groups.set(id, [race]);
    else groups.set(id, lead);
    lead?.push(race);
  }
  return [...new Set(groups.values())];
}

function byOverlap(races: readonly RunningRace[]): RunningRace[][] {
  const groups = new Map<string, RunningRace[][]>();
  for (const race of races) {
    const ofDestination = groups.get(race.destination) ?? [];
    groups.set(race.destination, ofDestination);
    const last = ofDestination.at(-1);
    if (last !== undefined && race.start <= Math.max(...last.map(reach))) last.push(race);
    else ofDestination.push([race]);
  }
  return [...groups.values()].flat();
}

/** Until when one of its jobs is there. */
function reach(race: RunningRace): number {
  const { attempts, over = isIdle(race) ? (race.resolved ?? Infinity) : Infinity } = race;
  return Math.max(over, ...attempts.map(({ end = Infinity }) => end));
}

/** A QUIC job that only resolved, and that nobody wanted any more then, or that found nothing to connect to, is no race. */
function isNone(race: RunningRace): boolean {
  const { resolvesOverQuic, outcome, attempts } = race;
  return resolvesOverQuic && attempts.length === 0 && (outcome === 'cancelled' || isIdle(race));
}

/** It knows all there is to know and does nothing: it was for QUIC alone, and there is none. */
function isIdle({ outcome, attempts, resolved }: RunningRace): boolean {
  return outcome === 'unfinished' && attempts.length === 0 && resolved !== undefined;
}

function asOne(races: readonly RunningRace[], form: LogForm): KnownRace {
  const [first] = races;
  if (first === undefined) throw new Error('a race of none');
  const byEnd = races.toSorted((a, b) => (a.end ?? Infinity) - (b.end ?? Infinity));
  const failed = byEnd.findLast(({ outcome }) => outcome === 'failed');
  // Of jobs that follow upon each other, one that was given up later had not failed yet.
  const ended = form === 'pool' || failed?.end === byEnd.at(-1)?.end ? (failed ?? byEnd.at(-1)) : byEnd.at(-1);
  const decisive = byEnd.find(({ winner }) => winner !== undefined) ?? byEnd.find(({ outcome }) => outcome === 'pooled') ?? byEnd.find(({ outcome }) => outcome === 'unfinished') ?? ended ?? first;
  const { outcome, winner } = decisive;
  // A manager tells of a failure when the last of its races is over.
  const end = outcome === 'failed' && form === 'pool' ? Math.max(...races.map((race) => race.over ?? Infinity)) : decisive.end;
  // The connection that is usable first wins; all others are spare.
  const attempts = races.flatMap((race) => race.attempts.map((attempt) => (attempt.outcome === 'won' && race !== decisive ? { ...attempt, outcome: 'spare' } : attempt)));
  return { destination: first.destination, start: first.start, outcome, ...(end !== undefined && { end }), ...(winner !== undefined && { winner }), attempts };
}
