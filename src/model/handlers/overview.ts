/**
 * The log as a whole: how much of it there is, from when to when, and whether its head is missing.
 *
 * A ring-buffered log (`--net-log-max-size-mb`, or a size limit in net-export) has lost its oldest
 * events: many of its sources began before the first event that was kept. In an unbroken log only
 * sources that were alive when logging started did.
 */
import type { NetLogEvent } from '../../netlog/event.ts';
import { type Millis, type Ticks, millisBetween } from '../../units.ts';

export interface Overview {
  readonly eventCount: number;
  readonly sourceCount: number;
  readonly origin: Ticks | undefined;
  readonly last: Ticks | undefined;
  readonly duration: Millis;
  /** Sources that are older than the first event. */
  readonly olderSources: number;
  /** ENDs of spans of which no BEGIN was seen, of types that always have both. */
  readonly endsWithoutBegin: number;
}

export interface OverviewHandler {
  /** Role names of the event types of which it looks at more than that there was one. */
  readonly types: ReadonlySet<string>;
  event(event: NetLogEvent): void;
  /** An event of any other type, in log order. */
  pass(time: Ticks, sourceId: number, startTime: Ticks | undefined): void;
  overview(): Overview;
}

/** Spans that Chromium always writes in pairs: an END alone has lost its BEGIN. */
const PAIRED = new Set(['SOCKET_ALIVE', 'REQUEST_ALIVE', 'HOST_RESOLVER_MANAGER_JOB', 'CONNECT_JOB', 'HTTP2_SESSION', 'QUIC_SESSION']);

export function createOverviewHandler(): OverviewHandler {
  const sources = new Set<number>();
  const open = new Map<string, Set<number>>();
  let eventCount = 0;
  let origin: Ticks | undefined;
  let last: Ticks | undefined;
  let lastSource: number | undefined;
  let olderSources = 0;
  let endsWithoutBegin = 0;

  function pair(event: NetLogEvent): void {
    const ids = open.get(event.type) ?? new Set();
    open.set(event.type, ids);
    if (event.phase === 'BEGIN') ids.add(event.source.id);
    else if (event.phase === 'END' && !ids.delete(event.source.id)) endsWithoutBegin += 1;
  }

  function pass(time: Ticks, sourceId: number, startTime: Ticks | undefined): void {
    eventCount += 1;
    origin ??= time;
    last = time;
    // Events of one source come in rows.
    if (sourceId === lastSource) return;
    lastSource = sourceId;
    if (sources.has(sourceId)) return;
    sources.add(sourceId);
    if (startTime !== undefined && startTime < origin) olderSources += 1;
  }

  return {
    types: PAIRED,
    event(event) {
      pass(event.time, event.source.id, event.source.startTime);
      if (PAIRED.has(event.type)) pair(event);
    },
    pass,
    overview: () => ({
      eventCount,
      sourceCount: sources.size,
      origin,
      last,
      duration: origin === undefined || last === undefined ? 0 : millisBetween(origin, last),
      olderSources,
      endsWithoutBegin,
    }),
  };
}
