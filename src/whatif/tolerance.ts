/** Whether a prediction is right: the outcome, the winner, and the connect time to 20 ms, or 10 % where that is more. */
import type { Millis } from '../units.ts';
import type { RecordedRace } from './inferred-race.ts';
import type { SimulatedRace } from './race-watch.ts';

const FLOOR_MS: Millis = 20;
const SHARE = 0.1;

export type Agreement = 'agrees' | 'other-outcome' | 'other-winner' | 'other-time';

export function agreementOf(predicted: SimulatedRace, recorded: RecordedRace): Agreement {
  if (predicted.outcome !== recorded.outcome) return 'other-outcome';
  // A race that fails has no connect time to be right about.
  if (recorded.outcome === 'failed') return 'agrees';
  const { winner } = predicted;
  if (winner?.ipEndpoint !== recorded.winner?.ipEndpoint || winner?.transport !== recorded.winner?.transport) return 'other-winner';
  return Math.abs((predicted.afterMs ?? Infinity) - recorded.afterMs) <= toleranceFor(recorded.afterMs) ? 'agrees' : 'other-time';
}

export function toleranceFor(ms: Millis): Millis {
  return Math.max(FLOOR_MS, SHARE * ms);
}
