/** How long attempts and races may take (DEC-13), and QUIC attempts after TCP has won. */
import type { Millis } from '../../units.ts';
import { type Attempt, type Attempts, isQuic } from './attempts.ts';
import type { RaceOptions } from './race-options.ts';

/** Cancels the attempts whose time is over. */
export function cancelOverdue(attempts: Attempts, options: RaceOptions, isWon: boolean, now: Millis): void {
  for (const attempt of attempts.running()) {
    if (endOfTime(attempt, options) <= now) attempts.cancel(attempt, 'DEC-13', now);
    else if (isWon && endAfterWin(attempt, options) <= now) attempts.cancel(attempt, 'after-win', now);
  }
}

/** When the next of them will be due; `Infinity` if none. */
export function nextOverdueAt(attempts: Attempts, options: RaceOptions, isWon: boolean): Millis {
  let next = Infinity;
  for (const attempt of attempts.running()) next = Math.min(next, endOfTime(attempt, options), isWon ? endAfterWin(attempt, options) : Infinity);
  return next;
}

/** Whether an attempt goes on after another has won. */
export function outlives(attempt: Attempt, winner: Attempt, options: RaceOptions, now: Millis): boolean {
  if (isQuic(attempt) === isQuic(winner)) return false;
  return isQuic(attempt) ? now < endAfterWin(attempt, options) : options.afterWin.tcp === 'goes-on';
}

function endOfTime({ startedAt }: Attempt, { attemptTimeout }: RaceOptions): Millis {
  return attemptTimeout === undefined ? Infinity : startedAt + attemptTimeout;
}

function endAfterWin(attempt: Attempt, { afterWin }: RaceOptions): Millis {
  return isQuic(attempt) ? attempt.startedAt + afterWin.quicUntilAge : Infinity;
}
