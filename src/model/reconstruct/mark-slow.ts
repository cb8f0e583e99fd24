/** Which attempts a manager's SLOW events mean: they name an endpoint, and only the newest Chromium the attempt itself. */
import type { AttemptManagerRecord } from '../handlers/attempt-managers.ts';
import type { AttemptDraft } from './attempt-draft.ts';
import { endpointText } from './endpoint-text.ts';
import { addTo } from './grouping.ts';

type Mark = AttemptManagerRecord['slow'][number];

/** The attempts to one endpoint, in order of their start, and how far marks in log order have used them up. */
interface Lane {
  readonly drafts: AttemptDraft[];
  unmarked: number;
  pending: number;
}

/** Where a mark names no attempt: the earliest unconnected one to its endpoint that is not slow yet. */
export function markSlow(drafts: readonly AttemptDraft[], marks: readonly Mark[]): AttemptDraft[] {
  const slow = new Set<AttemptDraft>();
  const lanes = new Map<string, Lane>();
  const bySource = new Map<number, AttemptDraft[]>();
  for (const draft of drafts.toSorted((a, b) => a.start.index - b.start.index)) {
    const key = `${draft.transport} ${draft.ipEndpoint}`;
    const lane = lanes.get(key) ?? { drafts: [], unmarked: 0, pending: 0 };
    lanes.set(key, lane);
    lane.drafts.push(draft);
    for (const id of draft.sourceIds) addTo(bySource, id, draft);
  }
  for (const mark of marks) {
    const endpoint = endpointText(mark.ipEndpoint);
    const named = bySource
      .get(mark.attemptId ?? Number.NaN)
      ?.find((d) => d.transport === mark.transport && d.ipEndpoint === endpoint && d.start.index < mark.at.index && !slow.has(d));
    const lane = lanes.get(`${mark.transport} ${endpoint}`);
    const meant = named ?? (lane && unnamed(lane, mark, slow));
    if (meant !== undefined) slow.add(meant);
  }
  return drafts.map((draft) => (slow.has(draft) ? { ...draft, slow: true } : draft));
}

function unnamed(lane: Lane, { at }: Mark, slow: ReadonlySet<AttemptDraft>): AttemptDraft | undefined {
  const { drafts } = lane;
  const isOver = (draft: AttemptDraft): boolean => slow.has(draft) || (draft.connected !== undefined && draft.connected.index <= at.index);
  while (lane.pending < drafts.length && isOver(drafts[lane.pending]!)) lane.pending++;
  while (lane.unmarked < drafts.length && slow.has(drafts[lane.unmarked]!)) lane.unmarked++;
  return [drafts[lane.pending], drafts[lane.unmarked]].find((draft) => draft !== undefined && draft.start.index < at.index);
}
