/** Which attempts a manager's SLOW events mean: they name an endpoint, and only the newest Chromium the attempt itself. */
import type { AttemptManagerRecord } from '../handlers/attempt-managers.ts';
import type { AttemptDraft } from './attempt-draft.ts';
import { endpointText } from './endpoint-text.ts';

type Mark = AttemptManagerRecord['slow'][number];

/** The attempts to one endpoint, or those of one source to it, in order of their start, and how far marks in log order have used them up. */
interface Lane {
  readonly drafts: AttemptDraft[];
  unmarked: number;
  pending: number;
}

/** Where a mark names no attempt: the earliest unconnected one to its endpoint that is not slow yet. */
export function markSlow(drafts: readonly AttemptDraft[], marks: readonly Mark[]): AttemptDraft[] {
  if (marks.length === 0) return [...drafts];
  const slow = new Set<AttemptDraft>();
  const lanes = new Map<string, Lane>();
  const marked = marks.map((mark) => {
    const key = `${mark.transport} ${endpointText(mark.ipEndpoint)}`;
    return { mark, lane: laneOf(key, lanes), own: mark.attemptId === undefined ? undefined : laneOf(`${mark.attemptId} ${key}`, lanes) };
  });
  for (const draft of drafts.toSorted((a, b) => a.start.index - b.start.index)) {
    const key = `${draft.transport} ${draft.ipEndpoint}`;
    lanes.get(key)?.drafts.push(draft);
    for (const id of draft.sourceIds) if (id !== undefined) lanes.get(`${id} ${key}`)?.drafts.push(draft);
  }
  for (const { mark, lane, own } of marked) {
    const meant = (own && firstUnmarked(own, mark, slow)) ?? unnamed(lane, mark, slow);
    if (meant !== undefined) slow.add(meant);
  }
  return drafts.map((draft) => (slow.has(draft) ? { ...draft, slow: true } : draft));
}

/** Only endpoints and sources that a mark names have a lane. */
function laneOf(key: string, lanes: Map<string, Lane>): Lane {
  const lane = lanes.get(key) ?? { drafts: [], unmarked: 0, pending: 0 };
  lanes.set(key, lane);
  return lane;
}

function firstUnmarked(lane: Lane, { at }: Mark, slow: ReadonlySet<AttemptDraft>): AttemptDraft | undefined {
  while (lane.unmarked < lane.drafts.length && slow.has(lane.drafts[lane.unmarked]!)) lane.unmarked++;
  const draft = lane.drafts[lane.unmarked];
  return draft !== undefined && draft.start.index < at.index ? draft : undefined;
}

function unnamed(lane: Lane, mark: Mark, slow: ReadonlySet<AttemptDraft>): AttemptDraft | undefined {
  const { at } = mark;
  const { drafts } = lane;
  const isOver = (draft: AttemptDraft): boolean => slow.has(draft) || (draft.connected !== undefined && draft.connected.index <= at.index);
  while (lane.pending < drafts.length && isOver(drafts[lane.pending]!)) lane.pending++;
  const pending = drafts[lane.pending];
  return pending !== undefined && pending.start.index < at.index ? pending : firstUnmarked(lane, mark, slow);
}
