/** The new HTTP/2 and HTTP/3 connections of which the log tells whether an open session could have spared them. */
import type { Race } from '../../model/race.ts';
import type { Trace } from '../../model/trace.ts';
import { pageRaces } from './page-races.ts';

export type JudgedRace = Race & { readonly avoidable: boolean };

export function judgedForPooling(trace: Trace): JudgedRace[] {
  return pageRaces(trace).filter((race): race is JudgedRace => race.avoidable !== undefined);
}
