/**
 * Events as the web NetLog viewer shows them: a source's events under its title, BEGIN as `+` with
 * its duration, END as `-`, what lies between indented; parameters below as `--> key = value`.
 */
import { shownParams } from '../../redact/without-credentials.ts';
import { paramLines, paramText, type ParamOptions, type ShownEvent } from '../event-text.ts';
import { plainText } from '../plain-text.ts';
import type { Tone, View } from '../view.ts';

export interface EventTextOptions extends ParamOptions {
  /** Tick that `t=` counts from: the log's first event. */
  readonly originTick: number;
  /** Tick of the log's last event: until then an unfinished BEGIN is known to have lasted. */
  readonly lastTick: number;
}

interface Entry {
  readonly event: ShownEvent;
  readonly position: number;
  depth: number;
  /** Of a BEGIN: the END that closes it. */
  end?: Entry;
  /** Of an END: the BEGIN that it closes. */
  begin?: Entry;
  /** Of a BEGIN without END: when the span around it ended, and it with that in some way. */
  lostAtTick?: number;
}

/** The title line of a source. */
export function sourceHeading(source: ShownEvent['source'], title: string, view: View): string {
  return view.style('heading', `Source ${source.id} (${plainText(source.type)})`) + (title === '' ? '' : ` ${plainText(title)}`);
}

/** All events of one source, in the order of the log. */
export function sourceLines(events: readonly ShownEvent[], options: EventTextOptions, view: View): string[] {
  const [first] = events;
  if (first === undefined) return [];
  const entries = nest(events);
  const startTick = first.source.startTime ?? first.time;
  const time = (tick: number): string => timeText(tick - options.originTick, tick - startTick, widths);
  const widths = {
    t: Math.max(...[first.time, events.at(-1)?.time ?? 0, options.lastTick].map((tick) => String(tick - options.originTick).length)),
    st: Math.max(...[first.time, events.at(-1)?.time ?? 0, options.lastTick].map((tick) => String(tick - startTick).length)),
  };
  const lines: string[] = [];
  for (const entry of entries) {
    const { event, depth } = entry;
    const indent = '  '.repeat(depth);
    const stamp = time(event.time);
    if (entry.begin === undefined || !collapses(entry.begin)) {
      lines.push(view.style('dim', stamp) + indent + eventText(entry, options, view));
    }
    const margin = ' '.repeat(stamp.length) + indent;
    for (const [key, value] of Object.entries(shownParams(event.loggedType, event.params ?? {}))) {
      const [head = '', ...more] = paramLines(key, value, options, view.width - margin.length - ARROW.length);
      lines.push(`${margin}${view.style('dim', ARROW)}${toneOfParam(key, value, head, view)}`);
      lines.push(...more.map((line) => `${margin}${' '.repeat(ARROW.length)}${line}`));
    }
  }
  // A source that is still open says until when it was watched.
  const isOpen = entries.some(({ event, end, lostAtTick }) => event.phase === 'BEGIN' && end === undefined && lostAtTick === undefined);
  if (isOpen) lines.push(view.style('dim', time(options.lastTick).trimEnd()));
  return lines;
}

const ARROW = ' --> ';

/** One event on one line, for the order of the file. */
export function eventLine(event: ShownEvent, options: EventTextOptions, view: View): string {
  const params = Object.entries(shownParams(event.loggedType, event.params ?? {})).map(([key, value]) => `${plainText(key)}=${paramText(key, value, options)}`);
  const t = String(event.time - options.originTick).padStart(7);
  const source = `${event.source.id} ${plainText(event.source.type)}`;
  const name = phaseSign(event.phase) + plainText(event.loggedType);
  return [view.style('dim', `t=${t}`), view.style('accent', source), view.style('heading', name), ...params].join('  ');
}

/** Pairs every END with the nearest open BEGIN of its type, and counts how many stay open around each event. */
function nest(events: readonly ShownEvent[]): Entry[] {
  const open: Entry[] = [];
  return events.map((event, position) => {
    const entry: Entry = { event, depth: open.length, position };
    if (event.phase === 'BEGIN') open.push(entry);
    if (event.phase === 'END') {
      const at = open.findLastIndex((candidate) => candidate.event.loggedType === event.loggedType);
      const begin = open[at];
      if (begin !== undefined) {
        begin.end = entry;
        entry.begin = begin;
        entry.depth = begin.depth;
        // What was left open inside can no longer end in its place.
        for (const inner of open.splice(at).slice(1)) inner.lostAtTick = event.time;
      }
    }
    return entry;
  });
}

/** A span without anything inside, and at most one set of parameters, reads better as one line. */
function collapses({ position, event, end }: Entry): boolean {
  return end !== undefined && end.position === position + 1 && (event.params === undefined || end.event.params === undefined);
}

function eventText(entry: Entry, { lastTick }: EventTextOptions, view: View): string {
  const { event, end, lostAtTick } = entry;
  const sign = collapses(entry) ? ' ' : phaseSign(event.phase);
  const name = sign + plainText(event.loggedType);
  if (event.phase !== 'BEGIN') return name;
  const lasted = end === undefined ? `${(lostAtTick ?? lastTick) - event.time}+` : String(end.event.time - event.time);
  return `${name}  ${view.style('dim', `[dt=${lasted}]`)}`;
}

function phaseSign(phase: ShownEvent['phase']): string {
  return phase === 'BEGIN' ? '+' : phase === 'END' ? '-' : ' ';
}

function timeText(t: number, st: number, widths: { readonly t: number; readonly st: number }): string {
  return `t=${String(t).padStart(widths.t)} [st=${String(st).padStart(widths.st)}]  `;
}

/** Errors stand out. */
function toneOfParam(key: string, value: unknown, text: string, view: View): string {
  const tone: Tone | undefined = key.endsWith('net_error') && typeof value === 'number' && value < 0 ? 'bad' : undefined;
  return tone === undefined ? text : view.style(tone, text);
}
