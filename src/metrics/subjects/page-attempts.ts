/**
 * The connection attempts that metrics of handshakes count: those of every page race, whatever became of attempt and
 * race, as each finished handshake measures the path once. Attempts at a proxy are among them.
 */
import type { Attempt, Transport } from '../../model/race.ts';
import type { Trace } from '../../model/trace.ts';
import { pageRaces } from './page-races.ts';

export function pageAttempts(trace: Trace, transport: Transport): Attempt[] {
  return pageRaces(trace)
    .flatMap(({ attempts }) => attempts)
    .filter((attempt) => attempt.transport === transport);
}
