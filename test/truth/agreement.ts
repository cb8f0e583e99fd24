/**
 * Does a report say what happened on the wire? Every disagreement in words, and how much was judged.
 *
 * What a NetLog cannot show, or stamps late, is not held against the report; see the parts:
 * `attempts.ts`, `outcomes.ts`, `winners.ts`, `queries.ts`, and `wire-clock.ts` for times.
 */
import type { Report } from '../../src/report/report.ts';
import { judgeAttempts, pairAttempts } from './attempts.ts';
import { type Judgement, type Subject, type Tally, type Unjudged, timedAttempts } from './judged.ts';
import { judgeQueries } from './queries.ts';
import type { Truth } from './truth.ts';
import { judgeWinners } from './winners.ts';
import { createWireClock } from './wire-clock.ts';

export interface Agreement {
  /** `attempts: attempt 7 of … : starts at …`; empty if report and wire agree. */
  readonly disagreements: readonly string[];
  /** Of `extra` nothing ever agrees: it counts what the wire knows nothing of. */
  readonly tallies: Readonly<Record<Subject, Tally>>;
  readonly unjudged: readonly Unjudged[];
}

export interface AgreementOptions {
  /**
   * `endpoints`: of attempts only endpoint and start, and DNS queries; for connections to proxies and
   * resolvers, whose packets say little of what the browser made of them.
   */
  readonly scope?: 'everything' | 'endpoints';
  /** Milliseconds by which the clocks may differ: a NetLog stamps to the millisecond, just before a packet leaves. */
  readonly tolerance?: number;
}

export function compareWithWire(report: Report, truth: Truth, { scope = 'everything', tolerance = 5 }: AgreementOptions = {}): Agreement {
  const clock = createWireClock(report, truth, tolerance);
  const attempts = timedAttempts(report, clock);
  const pairs = pairAttempts(attempts, truth, clock);
  const judgements: Judgement[] = [judgeAttempts(attempts, pairs, truth, clock, scope === 'endpoints'), judgeQueries(report, truth, clock)];
  if (scope === 'everything') judgements.push(judgeWinners(report, pairs, truth, clock));
  const verdicts = judgements.flatMap((j) => j.verdicts);
  const tally = (subject: Subject): Tally => {
    const own = verdicts.filter((v) => v.subject === subject);
    return { agreed: own.filter((v) => v.wrong.length === 0).length, judged: own.length };
  };
  return {
    disagreements: verdicts.flatMap((v) => v.wrong.map((wrong) => `${v.subject}: ${v.about}: ${wrong}`)),
    tallies: { attempts: tally('attempts'), outcomes: tally('outcomes'), winners: tally('winners'), dns: tally('dns'), extra: tally('extra') },
    unjudged: judgements.flatMap((j) => j.unjudged),
  };
}
