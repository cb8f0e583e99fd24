/**
 * What the page shows, as the fragment of its address: `#races`, `#race-1042`, `#race-1042/event-7`,
 * `#source-9`, and `#trace-2/…` before any of them for other traces than the first. Whoever gets such
 * an address sees the same.
 */

export type Place =
  | { readonly kind: 'overview'; readonly section?: string }
  | { readonly kind: 'race'; readonly id: number; readonly eventIndex?: number }
  | { readonly kind: 'source'; readonly id: number; readonly eventIndex?: number };

export interface Address {
  /** Position of the trace, from 0. */
  readonly trace: number;
  readonly place: Place;
}

/** `#…`; an address that nothing makes is that of the overview. */
export function parseAddress(fragment: string): Address {
  const parts = fragment.replace(/^#/, '').split('/');
  const [, traceNumber] = /^trace-(\d{1,6})$/.exec(parts[0] ?? '') ?? [];
  const [first = '', second = ''] = traceNumber === undefined ? parts : parts.slice(1);
  const trace = traceNumber === undefined ? 0 : Math.max(0, Number(traceNumber) - 1);
  const [, kind, id] = /^(race|source)-(-?\d{1,15})$/.exec(first) ?? [];
  if (kind === undefined) return { trace, place: /^[a-z]+$/.test(first) ? { kind: 'overview', section: first } : { kind: 'overview' } };
  const [, eventIndex] = /^event-(\d{1,15})$/.exec(second) ?? [];
  return {
    trace,
    place: {
      kind: kind === 'race' ? 'race' : 'source',
      id: Number(id),
      ...(eventIndex === undefined ? {} : { eventIndex: Number(eventIndex) }),
    },
  };
}

export function addressText({ trace, place }: Address): string {
  const parts = trace === 0 ? [] : [`trace-${trace + 1}`];
  if (place.kind === 'overview') {
    if (place.section !== undefined) parts.push(place.section);
  } else {
    parts.push(`${place.kind}-${place.id}`);
    if (place.eventIndex !== undefined) parts.push(`event-${place.eventIndex}`);
  }
  return `#${parts.join('/')}`;
}
