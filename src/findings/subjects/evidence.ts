/** Evidence of several things as one. */
import type { Evidence } from '../../model/common.ts';
import type { Attempt } from '../../model/race.ts';
import type { Session } from '../../model/session.ts';
import type { Trace } from '../../model/trace.ts';

/** A finding about everything would repeat the log. */
const MOST = 100;

/** The sources and events of all of them, the first hundred of each. */
export function evidenceOf(things: Iterable<{ readonly evidence: Evidence }>): Evidence {
  const sourceIds = new Set<number>();
  const eventIndices = new Set<number>();
  const seen = new Set<Evidence>();
  for (const { evidence } of things) {
    if (seen.has(evidence)) continue;
    seen.add(evidence);
    for (const id of evidence.sourceIds) sourceIds.add(id);
    for (const index of evidence.eventIndices) eventIndices.add(index);
  }
  return { sourceIds: [...sourceIds].slice(0, MOST), eventIndices: [...eventIndices].toSorted((a, b) => a - b).slice(0, MOST) };
}

/** The resolutions of a race that are in the log. */
export function resolutionFinder({ resolutions }: Trace): (ids: readonly number[]) => Trace['resolutions'] {
  const byId = new Map(resolutions.map((resolution) => [resolution.id, resolution]));
  return (ids) => ids.flatMap((id) => byId.get(id) ?? []);
}

/** The HTTP/3 or HTTP/2 session that an attempt led to, if it came to one. */
export function sessionFinder({ sessions }: Trace): (attempt: Attempt) => Session | undefined {
  const byId = new Map(sessions.map((session) => [session.id, session]));
  return ({ evidence: { sourceIds } }) => byId.get(sourceIds.find((id) => byId.has(id)) ?? Number.NaN);
}
