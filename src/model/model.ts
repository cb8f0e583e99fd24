/**
 * The model: a sink that turns events into a `Trace`.
 *
 * It hands each event to the handlers that ask for its type, in log order, and when the log ends
 * lets the reconstructions build resolutions, races, sessions and requests from their records.
 * Events of types that no handler asks for are counted and dropped.
 */
import type { Diagnostic, EventSink, LogConstants, LogEnd, NetLogEvent, Passing } from '../netlog/event.ts';
import { type UnixMillis, wallClock } from '../units.ts';
import { type Handlers, createHandlers } from './handlers/all-handlers.ts';
import type { Handler } from './handlers/handler.ts';
import { type Overview, type OverviewHandler, createOverviewHandler } from './handlers/overview.ts';
import { markAvoidable } from './reconstruct/avoidable-races.ts';
import { buildBrokenAlternatives } from './reconstruct/broken-alternatives.ts';
import { type Context, createContext } from './reconstruct/context.ts';
import { buildRaces, targetsOf } from './reconstruct/races.ts';
import { buildRequests } from './reconstruct/requests.ts';
import { buildResolutions } from './reconstruct/resolutions.ts';
import { buildSessions } from './reconstruct/sessions.ts';
import type { Trace } from './trace.ts';

export interface Model extends EventSink {
  readonly paramsOf: ReadonlySet<string>;
  readonly passing: Passing;
  /** The finished trace. Throws if the log has not ended. */
  trace(): Trace;
}

export interface ModelOptions {
  /** Only a part of the log was let through on purpose: lost heads are no sign of damage. */
  readonly windowed?: boolean;
}

export function createModel({ windowed = false }: ModelOptions = {}): Model {
  const overview = createOverviewHandler();
  const handlers = createHandlers();
  const all: readonly Handler[] = Object.values(handlers);
  const byType = new Map<string, ((event: NetLogEvent) => void)[]>();
  for (const { on } of all) {
    for (const [type, handle] of Object.entries(on)) byType.set(type, [...(byType.get(type) ?? []), handle]);
  }
  let constants: LogConstants | undefined;
  let trace: Trace | undefined;

  return {
    paramsOf: typesWithParams(all),
    passing: {
      taken: new Set([...byType.keys(), ...overview.types]),
      takenOnce: typesTakenOnce(all, overview),
      pass: (time, sourceId, startTime) => overview.pass(time, sourceId, startTime),
    },
    start(header) {
      constants = header;
    },
    event(event) {
      overview.event(event);
      for (const handle of byType.get(event.type) ?? []) handle(event);
    },
    end(logEnd) {
      if (constants === undefined) throw new Error('A log ended that never started');
      trace = buildTrace(constants, overview.overview(), handlers, logEnd, windowed);
    },
    trace() {
      if (trace === undefined) throw new Error('The log has not ended yet');
      return trace;
    },
  };
}

/** A type's params are parsed if any handler that asks for the type reads them. */
function typesWithParams(handlers: readonly Handler[]): ReadonlySet<string> {
  const types = new Set<string>();
  for (const { on, headersOnly = [] } of handlers) {
    for (const type of Object.keys(on)) if (!headersOnly.includes(type)) types.add(type);
  }
  return types;
}

/** Those of which every handler that asks for the type uses only the first event of a source. */
function typesTakenOnce(handlers: readonly Handler[], { types }: OverviewHandler): ReadonlySet<string> {
  const once = new Set(handlers.flatMap(({ firstOnly = [] }) => firstOnly));
  for (const { on, firstOnly = [] } of handlers) {
    for (const type of Object.keys(on)) if (!firstOnly.includes(type)) once.delete(type);
  }
  return new Set([...once].filter((type) => !types.has(type)));
}

function buildTrace(constants: LogConstants, overview: Overview, handlers: Handlers, end: LogEnd, windowed: boolean): Trace {
  const origin = overview.origin ?? 0;
  const context: Context = createContext(origin, overview.last ?? origin, constants);
  const races = buildRaces(handlers, constants, context);
  const lostHead = windowed ? [] : lostHeadDiagnostics(overview);
  const resolutions = buildResolutions({ ...handlers, targetOf: targetsOf(races, handlers) }, context);
  const sessions = buildSessions({ ...handlers, constants, races }, context);
  return {
    constants,
    raceEngines: (['hev3', 'hev2', 'legacy'] as const).filter((engine) => races.some((r) => r.engine === engine)),
    originUnixMs: constants.tickOffset === undefined ? (origin as number as UnixMillis) : wallClock(constants.tickOffset, origin),
    durationMs: overview.duration,
    eventCount: overview.eventCount,
    sourceCount: overview.sourceCount,
    complete: end.complete && lostHead.length === 0,
    diagnostics: [...end.diagnostics, ...lostHead, ...clockDiagnostics(constants)],
    resolutions,
    races: markAvoidable(races, { sessions, resolutions, refusalsOf: refusalTimes(handlers, context), showsAllSessions: overview.endsWithoutBegin === 0 && constants.sliced === undefined }),
    sessions,
    requests: buildRequests(races, handlers, context),
    brokenAlternatives: buildBrokenAlternatives({ ...handlers, races, originUnixMs: constants.tickOffset === undefined ? undefined : wallClock(constants.tickOffset, origin) }, context),
    journal: handlers.journal.journal,
    networkChanges: handlers.networkChanges.changes.map((change) => ({
      atMs: context.at(change),
      evidence: { sourceIds: [change.sourceId], eventIndices: [change.index] },
    })),
  };
}

/** When the QUIC pool refused open sessions for an origin, because of their address alone. */
function refusalTimes({ pooling }: Handlers, context: Context): (origin: string) => readonly number[] {
  const times = new Map<string, readonly number[]>();
  return (origin) => {
    const known = times.get(origin) ?? pooling.refusals(origin).map((moment) => context.at(moment));
    times.set(origin, known);
    return known;
  };
}

function lostHeadDiagnostics({ endsWithoutBegin, olderSources, sourceCount }: Overview): Diagnostic[] {
  if (endsWithoutBegin === 0) return [];
  return [
    {
      code: 'head-lost',
      severity: 'warning',
      message:
        `The oldest events are missing: ${endsWithoutBegin} spans end that never began, ${olderSources} of ${sourceCount} sources are older ` +
        'than the first event. The log was ring-buffered (a size limit), or logging began while work was under way; ' +
        'what was under way then is told as far as its later events show it.',
      count: endsWithoutBegin,
    },
  ];
}

function clockDiagnostics({ tickOffset }: LogConstants): Diagnostic[] {
  if (tickOffset !== undefined) return [];
  return [{ code: 'no-wall-clock', severity: 'warning', message: 'The log has no timeTickOffset: originUnixMs is in ticks of the browser’s own clock.' }];
}
