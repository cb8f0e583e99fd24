/** What the parts of the comparison hand to each other: attempts on the wire's clock, and what was found. */
import { canonicalHost } from '../../src/address.ts';
import type { Attempt, Race } from '../../src/model/race.ts';
import type { Report } from '../../src/report/report.ts';
import { parseEndpoint } from '../../src/address.ts';
import type { WireConnection } from './truth.ts';
import { type WireClock, show } from './wire-clock.ts';

export type Subject = 'attempts' | 'outcomes' | 'winners' | 'dns' | 'extra';

export interface Tally {
  readonly agreed: number;
  readonly judged: number;
}

/** A judgement of one thing: why it disagrees, empty if it does not. */
export interface Verdict {
  readonly subject: Subject;
  readonly about: string;
  readonly wrong: readonly string[];
}

/** Something that the wire cannot decide, and why. */
export interface Unjudged {
  readonly subject: Subject;
  readonly about: string;
  readonly because: string;
}

export interface Judgement {
  readonly verdicts: readonly Verdict[];
  readonly unjudged: readonly Unjudged[];
}

/** An attempt of the report with its times on the wire's clock. */
export interface TimedAttempt {
  readonly attempt: Attempt;
  readonly race: Race;
  /** Of the race's destination, comparable with names on the wire; empty where unknown. */
  readonly host: string;
  readonly start: number;
  readonly connected: number | undefined;
  readonly secureStart: number | undefined;
  readonly end: number | undefined;
  readonly localPort: number | undefined;
}

export interface AttemptPair {
  readonly mine: TimedAttempt;
  readonly wire: WireConnection;
}

export function timedAttempts(report: Report, clock: WireClock): TimedAttempt[] {
  return report.races.flatMap((race) =>
    race.attempts.map((attempt) => ({
      attempt,
      race,
      host: canonicalHost(race.destination?.host ?? ''),
      start: clock.at(attempt.startMs),
      connected: clock.at(attempt.connectedMs),
      secureStart: clock.at(attempt.secureStartMs),
      end: clock.at(attempt.endMs),
      localPort: parseEndpoint(attempt.localEndpoint ?? '')?.port,
    })),
  );
}

export function isGivenUp({ attempt }: TimedAttempt): boolean {
  return attempt.outcome === 'lost' || attempt.outcome === 'cancelled' || attempt.outcome === 'failed';
}

export function describeAttempt({ attempt, race, host, start }: TimedAttempt): string {
  return `attempt ${attempt.id} of race ${race.id} to ${host || 'nobody'} (${attempt.transport} ${attempt.ipEndpoint}, ${show(start)}, ${attempt.outcome})`;
}

export function describeConnection(wire: WireConnection): string {
  return `${wire.transport} connection ${wire.number} to ${wire.ipEndpoint} at ${show(wire.start)}`;
}
