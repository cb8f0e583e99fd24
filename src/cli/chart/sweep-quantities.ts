/** What a sweep can measure of a simulated request. */
import type { RequestOutcome } from '../../simulator/outcomes/request-outcome.ts';

interface SweepQuantity {
  /** With its unit. */
  readonly title: string;
  /** `undefined`: there is none, as without a connection. */
  readonly of: (outcome: RequestOutcome) => number | undefined;
}

export const SWEEP_QUANTITIES: Readonly<Record<string, SweepQuantity>> = {
  connected: { title: 'Time to a connection (ms)', of: ({ connection }) => connection?.afterMs },
  'first-attempt': { title: 'Time to the first connection attempt (ms)', of: ({ race, beganAtMs }) => (race?.firstAttemptAtMs === undefined ? undefined : race.firstAttemptAtMs - beganAtMs) },
  attempts: { title: 'Connection attempts started (count)', of: ({ race }) => race?.started },
};
