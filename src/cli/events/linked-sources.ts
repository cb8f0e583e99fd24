/**
 * From chosen sources to all that had a part in them, along source dependencies in both directions.
 *
 * Followed without limit, the links of a busy log lead everywhere: one session serves every request.
 * So the walk shows, but does not pass through, requests and sessions that it comes upon, and the
 * services that everybody shares; and it stops at a number of sources.
 */
import type { SourceIndex } from './source-index.ts';
import { SHARED_TYPES } from './source-title.ts';

/** Shown where a chosen source leads to them, but not followed further, unless chosen themselves. */
const ENDS = new Set(['URL_REQUEST', 'HTTP2_SESSION', 'QUIC_SESSION', 'HTTP_STREAM_POOL_GROUP', ...SHARED_TYPES]);

export const MOST_LINKED_SOURCES = 1000;

export interface LinkedSources {
  readonly ids: ReadonlySet<number>;
  /** There were more than `MOST_LINKED_SOURCES`. */
  readonly cut: boolean;
}

export function linkedSources(chosen: Iterable<number>, { sources, links }: SourceIndex): LinkedSources {
  const ids = new Set(chosen);
  const most = ids.size + MOST_LINKED_SOURCES;
  const pending = [...ids];
  // `pending` grows while it is walked: breadth first, the nearest sources before the limit strikes.
  for (const id of pending) {
    for (const linked of links.get(id) ?? []) {
      const source = sources.get(linked);
      if (source === undefined || ids.has(linked)) continue;
      if (ids.size >= most) return { ids, cut: true };
      ids.add(linked);
      if (!ENDS.has(source.type)) pending.push(linked);
    }
  }
  return { ids, cut: false };
}
