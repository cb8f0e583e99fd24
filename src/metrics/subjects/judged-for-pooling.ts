/**
 * The new HTTP/2 and HTTP/3 connections of which the log tells whether an open session could have spared them.
 *
 * None where it never tells that a connection was needed, only that some were not, as in a log without its beginning:
 * a share of those would be all of them.
 */
import type { Race } from '../../model/race.ts';
import type { Trace } from '../../model/trace.ts';
import { pageRaces } from './page-races.ts';

export type JudgedRace = Race & { readonly avoidable: boolean };

export function judgedForPooling(trace: Trace): JudgedRace[] {
  const shareable = pageRaces(trace).filter(isShareable);
  const judged = shareable.filter((race): race is JudgedRace => race.avoidable !== undefined);
  return judged.length === shareable.length || judged.some(({ avoidable }) => !avoidable) ? judged : [];
}

/** Its connection could have served other hosts as well. */
function isShareable({ winner, proxy }: Race): boolean {
  return proxy === undefined && (winner?.transport === 'quic' || winner?.alpn === 'h2');
}
