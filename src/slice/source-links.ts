/** A pass over a log that learns how its sources hang together: who depends on whom, and when each was active. */
import { canonicalHost } from '../address.ts';
import type { EventSink, NetLogEvent } from '../netlog/event.ts';
import { asInteger, asRecord } from '../netlog/json-values.ts';
import { type Millis, millisBetween, type Ticks } from '../units.ts';

export interface LinkedSource {
  readonly id: number;
  /** Role name. */
  readonly type: string;
  /** Of a stream-job controller: where its request wants to go. */
  host: string | undefined;
  /** First and last event, in milliseconds from the first event of the log. */
  readonly fromMs: Millis;
  toMs: Millis;
  /** Sources that it depends on or that depend on it. */
  readonly linked: Set<number>;
}

export type SourceLinks = ReadonlyMap<number, LinkedSource>;

export function sourceLinker(): { readonly sink: EventSink; readonly links: SourceLinks } {
  const links = new Map<number, LinkedSource>();
  /** Links to sources that have not logged yet. */
  const early = new Map<number, Set<number>>();
  let origin: Ticks | undefined;

  function sourceOf({ source: { id, type } }: NetLogEvent, at: Millis): LinkedSource {
    let source = links.get(id);
    if (source === undefined) {
      source = { id, type, host: undefined, fromMs: at, toMs: at, linked: early.get(id) ?? new Set() };
      early.delete(id);
      links.set(id, source);
    }
    source.toMs = Math.max(source.toMs, at);
    return source;
  }

  function linkBack(from: number, to: number): void {
    const linked = links.get(to)?.linked ?? early.get(to) ?? new Set();
    linked.add(from);
    if (!links.has(to)) early.set(to, linked);
  }

  return {
    links,
    sink: {
      start: () => undefined,
      event(event) {
        origin ??= event.time;
        const source = sourceOf(event, millisBetween(origin, event.time));
        if (source.type === 'HTTP_STREAM_JOB_CONTROLLER') source.host ??= hostOf(event.params?.['url']);
        const dependency = asInteger(asRecord(event.params?.['source_dependency'])?.['id']);
        if (dependency === undefined) return;
        source.linked.add(dependency);
        linkBack(source.id, dependency);
      },
      end: () => undefined,
    },
  };
}

function hostOf(url: unknown): string | undefined {
  return typeof url === 'string' && URL.canParse(url) ? canonicalHost(new URL(url).hostname) : undefined;
}
