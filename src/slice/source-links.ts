/** A pass over a log that learns how its sources hang together: who depends on whom. */
import { canonicalHost } from '../address.ts';
import type { EventSink, NetLogEvent } from '../netlog/event.ts';
import { asInteger, asRecord } from '../netlog/json-values.ts';

export interface LinkedSource {
  readonly id: number;
  /** Role name. */
  readonly type: string;
  /** Where the request of a stream-job controller wants to go; for whom the QUIC pool looked at a session. */
  readonly hosts: Set<string>;
  /** Sources that it depends on or that depend on it. */
  readonly linked: Set<number>;
}

export type SourceLinks = ReadonlyMap<number, LinkedSource>;

export function sourceLinker(): { readonly sink: EventSink; readonly links: SourceLinks } {
  const links = new Map<number, LinkedSource>();
  /** Links to sources that have not logged yet. */
  const early = new Map<number, Set<number>>();

  function sourceOf({ source: { id, type } }: NetLogEvent): LinkedSource {
    let source = links.get(id);
    if (source === undefined) {
      source = { id, type, hosts: new Set(), linked: early.get(id) ?? new Set() };
      early.delete(id);
      links.set(id, source);
    }
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
        const source = sourceOf(event);
        const host = hostServed(event);
        if (host !== undefined) source.hosts.add(host);
        const dependency = asInteger(asRecord(event.params?.['source_dependency'])?.['id']);
        if (dependency === undefined) return;
        source.linked.add(dependency);
        linkBack(source.id, dependency);
      },
      end: () => undefined,
    },
  };
}

/** A host that an event of the client is about without being linked to its races. */
function hostServed({ type, source, params }: NetLogEvent): string | undefined {
  if (source.type === 'HTTP_STREAM_JOB_CONTROLLER') return hostOf(params?.['url']);
  return type.startsWith('QUIC_SESSION_POOL_') ? hostOf(params?.['destination']) : undefined;
}

function hostOf(url: unknown): string | undefined {
  return typeof url === 'string' && URL.canParse(url) ? canonicalHost(new URL(url).hostname) : undefined;
}
