/** Counts what a log holds that should not be shared, and tells it; never the thing itself. */
import { KINDS, type Kind } from '../../redact/kind.ts';
import type { Column } from '../../report/column.ts';

export interface SensitiveMaterial {
  readonly kind: Kind;
  readonly what: string;
  readonly count: number;
  /** The first event that holds some; absent if that is in no event. */
  readonly firstEvent?: number;
}

export interface SensitiveTally {
  readonly note: (kind: Kind, eventIndex: number | undefined) => void;
  /** Those kinds that were found, in a fixed order. */
  readonly found: () => SensitiveMaterial[];
}

export function sensitiveTally(): SensitiveTally {
  const found = new Map<Kind, { count: number; firstEvent: number | undefined }>();
  return {
    note(kind, eventIndex) {
      const entry = found.get(kind) ?? { count: 0, firstEvent: undefined };
      found.set(kind, { count: entry.count + 1, firstEvent: entry.firstEvent ?? eventIndex });
    },
    found: () =>
      (Object.keys(KINDS) as Kind[]).flatMap((kind) => {
        const entry = found.get(kind);
        if (entry === undefined) return [];
        return [{ kind, what: KINDS[kind], count: entry.count, ...(entry.firstEvent === undefined ? {} : { firstEvent: entry.firstEvent }) }];
      }),
  };
}

export const sensitiveColumns: readonly Column<SensitiveMaterial>[] = [
  { id: 'kind', title: 'Kind', rank: 0, value: ({ kind }) => kind },
  { id: 'count', title: 'Count', align: 'right', rank: 0, value: ({ count }) => count },
  { id: 'firstEvent', title: 'First event', align: 'right', rank: 1, value: ({ firstEvent }) => firstEvent },
  { id: 'what', title: 'What it is', rank: 2, value: ({ what }) => what },
];
