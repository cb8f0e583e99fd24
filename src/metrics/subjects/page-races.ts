/**
 * The races that metrics count, and the steps that narrow them down.
 *
 * Connections to a DNS-over-HTTPS server (`forResolver`) are left out: no page asked for them.
 */
import type { Race } from '../../model/race.ts';
import type { Trace } from '../../model/trace.ts';

export type WonRace = Race & { readonly winner: NonNullable<Race['winner']> };

/** All races but those for the resolver. Right where the network or the policy is judged: every race shows it. */
export function pageRaces(trace: Pick<Trace, 'races'>): Race[] {
  return trace.races.filter((race) => race.forResolver !== true);
}

/** Without the preconnects that no request used. Right where waiting is judged: nobody waited for those. */
export function awaitedRaces(trace: Trace): Race[] {
  return pageRaces(trace).filter((race) => !race.preconnect || race.requestIds.length > 0);
}

export function connected(races: readonly Race[]): Race[] {
  return races.filter((race) => race.outcome === 'connected');
}

/** The connected races whose winning attempt the log shows. */
export function won(races: readonly Race[]): WonRace[] {
  return connected(races).filter((race): race is WonRace => race.winner !== undefined);
}

export function hasQuicAttempt(race: Race): boolean {
  return race.attempts.some(({ transport }) => transport === 'quic');
}
