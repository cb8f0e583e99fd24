/** How full the heap of V8 is. When it is full the process ends, which nothing can catch: whoever fills it must stop before. */
import { PerformanceObserver, constants } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

/** The part of what is free of the heap that may be filled while a log is read; the rest is for what is built of its events, and for the report. */
const MOST = 0.4;

/** Bytes that V8 keeps for what is new, and counts as the heap's: three halves of 16 MiB, of 64 since V8 13 (Node 24). */
const YOUNG = 3 * (Number.parseInt(process.versions.v8) >= 13 ? 64 : 16) * 2 ** 20;

export interface HeapWatch {
  readonly isFull: () => boolean;
  readonly end: () => void;
}

/** @param limit bytes that the heap may grow to; V8's own by default */
export function watchHeap(limit = getHeapStatistics().heap_size_limit): HeapWatch {
  // Right after a full collection, all that is in use is needed; at other times much of it waits to be cleared away.
  let needed = 0;
  const before = getHeapStatistics().used_heap_size;
  const observer = new PerformanceObserver((list) => {
    if (list.getEntries().some(isFullCollection)) needed = getHeapStatistics().used_heap_size;
  });
  observer.observe({ entryTypes: ['gc'] });
  return {
    isFull: () => needed - before > (limit - YOUNG - before) * MOST,
    end: () => {
      observer.disconnect();
    },
  };
}

function isFullCollection(entry: object): boolean {
  const { detail } = entry as { readonly detail?: { readonly kind?: number } };
  return detail?.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}
