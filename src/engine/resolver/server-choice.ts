/**
 * Which name server an attempt goes to: one after the other, those that failed several times in a row last.
 *
 * Per-server RTT statistics, from which a browser shortens its retry period, are left out: they need some 200
 * answers to show.
 */
import type { Millis } from '../../units.ts';
import type { ServerOptions } from './options.ts';

/** The servers as one transaction goes through them. */
export interface ServerRotation {
  /** Index of the server for the next attempt; `undefined` when all have had their attempts. */
  next(): number | undefined;
}

export interface ServerChoice {
  rotation(): ServerRotation;
  succeeded(server: number): void;
  failed(server: number, now: Millis): void;
}

export function createServerChoice({ transports, attemptsPerServer, failureLimit }: ServerOptions): ServerChoice {
  const records = transports.map(() => ({ failures: 0, lastFailure: 0 as Millis }));

  function rotation(): ServerRotation {
    const attempts = records.map(() => 0);
    let first = 0;
    return {
      next() {
        let chosen: number | undefined;
        let earliest = Infinity;
        for (let step = 0; step < records.length; step++) {
          const index = (first + step) % records.length;
          const record = records[index];
          if (record === undefined || (attempts[index] ?? 0) >= attemptsPerServer) continue;
          const isGood = record.failures < failureLimit;
          const since = isGood ? -Infinity : record.lastFailure;
          if (since < earliest) [chosen, earliest] = [index, since];
          if (isGood) break;
        }
        if (chosen === undefined) return undefined;
        attempts[chosen] = (attempts[chosen] ?? 0) + 1;
        first = chosen + 1;
        return chosen;
      },
    };
  }

  return {
    rotation,
    succeeded(server) {
      const record = records[server];
      if (record !== undefined) record.failures = 0;
    },
    failed(server, now) {
      const record = records[server];
      if (record === undefined) return;
      record.failures += 1;
      record.lastFailure = now;
    },
  };
}
