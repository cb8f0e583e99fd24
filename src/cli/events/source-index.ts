/**
 * The first pass over a log for the events command: what sources there are, what each is about, how
 * many events it has, which match the filters, and how they are linked. Keeps no event.
 */
import type { EventSink, LogConstants, NetLogEvent } from '../../netlog/event.ts';
import { addressOf, hostInSubject, SHARED_TYPES, subjectOf } from './source-title.ts';

export interface IndexedSource {
  readonly id: number;
  readonly type: string;
  /** Own URL, host or destination. */
  subject: string | undefined;
  address: string | undefined;
  /** The source named by the first source dependency among its events: most often the one it was made for. */
  madeFor: number | undefined;
  eventCount: number;
  matchesType: boolean;
  matchesText: boolean;
}

export interface IndexOptions {
  /** Of a source type or an event type. */
  readonly matchesType: (type: string) => boolean;
  /** Of an event; absent: no need to look. */
  readonly matchesText?: (event: NetLogEvent) => boolean;
  readonly withLinks: boolean;
}

export interface SourceIndex {
  /** In the order in which they first appear. */
  readonly sources: ReadonlyMap<number, IndexedSource>;
  /** Source dependencies, both ways; empty unless asked for. */
  readonly links: ReadonlyMap<number, ReadonlySet<number>>;
  readonly originTick: number;
  readonly lastTick: number;
  readonly constants: LogConstants | undefined;
}

/** The id in `params.source_dependency`. */
export function dependencyOf({ params }: Pick<NetLogEvent, 'params'>): number | undefined {
  const dependency = params?.['source_dependency'];
  if (typeof dependency !== 'object' || dependency === null || !('id' in dependency)) return undefined;
  return typeof dependency.id === 'number' ? dependency.id : undefined;
}

export function sourceIndexer(options: IndexOptions): { readonly sink: EventSink; readonly index: () => SourceIndex } {
  const sources = new Map<number, IndexedSource>();
  const links = new Map<number, Set<number>>();
  let constants: LogConstants | undefined;
  let originTick: number | undefined;
  let lastTick = 0;

  function entryFor({ source }: NetLogEvent): IndexedSource {
    const known = sources.get(source.id);
    if (known !== undefined) return known;
    const entry: IndexedSource = {
      id: source.id,
      type: source.type,
      subject: undefined,
      address: undefined,
      madeFor: undefined,
      eventCount: 0,
      matchesType: options.matchesType(source.type),
      matchesText: options.matchesText === undefined,
    };
    sources.set(source.id, entry);
    return entry;
  }

  function link(from: number, to: number): void {
    const linked = links.get(from);
    if (linked === undefined) links.set(from, new Set([to]));
    else linked.add(to);
  }

  return {
    sink: {
      start(read) {
        constants = read;
      },
      event(event) {
        originTick ??= event.time;
        lastTick = Math.max(lastTick, event.time);
        const entry = entryFor(event);
        entry.eventCount++;
        entry.matchesType ||= options.matchesType(event.type) || options.matchesType(event.loggedType);
        entry.matchesText ||= options.matchesText?.(event) ?? true;
        if (event.params === undefined) return;
        entry.subject ??= subjectOf(event.params);
        entry.address ??= addressOf(event.params);
        const dependency = dependencyOf(event);
        if (dependency === undefined) return;
        entry.madeFor ??= dependency;
        if (options.withLinks) {
          link(entry.id, dependency);
          link(dependency, entry.id);
        }
      },
      end: () => undefined,
    },
    index: () => ({ sources, links, originTick: originTick ?? 0, lastTick, constants }),
  };
}

/** How far to look for a subject among the sources that a source was made for. */
const LONGEST_CHAIN = 8;

/** A source's own subject, or that of the source it was made for. */
function inheritedSubject(source: IndexedSource, sources: SourceIndex['sources']): string {
  let current: IndexedSource | undefined = source;
  for (let step = 0; current !== undefined && !SHARED_TYPES.has(current.type) && step < LONGEST_CHAIN; step++) {
    if (current.subject !== undefined) return current.subject;
    current = current.madeFor === undefined ? undefined : sources.get(current.madeFor);
  }
  return '';
}

export function titleOf(source: IndexedSource, { sources }: SourceIndex): string {
  return [inheritedSubject(source, sources), source.address ?? ''].filter((part) => part !== '').join(' ');
}

export function hostOf(source: IndexedSource, { sources }: SourceIndex): string {
  return hostInSubject(inheritedSubject(source, sources));
}
