/** ECH in the attempts to one name: offered, accepted, rejected, and what came of that (RFC 9849 section 6.1). */
import type { Attempt, Race } from '../../model/race.ts';

/** Attempts, but for `failedRaces`. */
export interface EchTally {
  readonly offered: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Rejected, and connected anew to the same address. */
  readonly retried: number;
  /** The configuration in DNS could not be used. */
  readonly invalid: number;
  /** Races that ended without a connection after a rejected or invalid attempt. */
  readonly failedRaces: number;
}

export function echTally(races: readonly Race[]): EchTally {
  const attempts = races.flatMap((race) => race.attempts);
  const count = (...outcomes: readonly Attempt['ech'][]): number => attempts.filter(({ ech }) => outcomes.includes(ech)).length;
  return {
    offered: count('accepted', 'rejected', 'offered'),
    accepted: count('accepted'),
    rejected: count('rejected'),
    retried: races.reduce((sum, race) => sum + retriesIn(race), 0),
    invalid: count('invalid'),
    failedRaces: races.filter((race) => race.outcome === 'failed' && race.attempts.some(isUnwelcome)).length,
  };
}

function isUnwelcome({ ech }: Attempt): boolean {
  return ech === 'rejected' || ech === 'invalid';
}

/** Each later attempt to an address makes up for one that was rejected there before it began. */
function retriesIn({ attempts }: Race): number {
  const open = new Map<string, { readonly rejectedAt: number[]; retried: number }>();
  let retries = 0;
  for (const { ech, transport, ipEndpoint, startMs, endMs } of attempts) {
    const key = `${transport} ${ipEndpoint}`;
    const own = open.get(key) ?? { rejectedAt: [], retried: 0 };
    open.set(key, own);
    const waiting = own.rejectedAt[own.retried];
    if (waiting !== undefined && waiting <= startMs) {
      own.retried += 1;
      retries += 1;
    }
    if (ech === 'rejected' && endMs !== undefined) own.rejectedAt.push(endMs);
  }
  return retries;
}
