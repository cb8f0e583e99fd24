/**
 * The whole walk, from a log that is opened to a report: bytes, events, model, metrics, findings.
 *
 * Every command and every user of the library goes through here, in Node as in a browser, so that all of them say the same.
 */
import type { InputLimits } from './input/limited-size.ts';
import type { OpenedInput } from './input/opened-input.ts';
import { readInput } from './input/read-input.ts';
import { firstRaces } from './model/first-races.ts';
import { createModel } from './model/model.ts';
import type { Trace } from './model/trace.ts';
import { SINK_LIMITS, type SinkLimits, bounded } from './netlog/bounded.ts';
import type { Diagnostic, EventSink } from './netlog/event.ts';
import type { ReadLimits } from './netlog/limits.ts';
import { type LogWindow, windowed } from './netlog/window.ts';
import type { Reconstruction, Report } from './report/report.ts';
import { withoutCredentials } from './redact/without-credentials.ts';
import { TOOL } from './report/tool.ts';

export interface ReadProgress {
  /** Bytes of the input read so far, as stored. */
  readonly bytesRead: number;
  /** Size of the input; absent for a pipe. */
  readonly bytes?: number;
}

export interface ResultLimits {
  /** Races, the first of the log. */
  readonly mostRaces: number;
  /** Findings, the gravest. */
  readonly mostFindings: number;
}

const RESULT_LIMITS: ResultLimits = { mostRaces: 250_000, mostFindings: 10_000 };

/** What a log may cost; whatever is beyond a limit is left out, with a diagnostic. */
export interface Limits extends ReadLimits, InputLimits, SinkLimits, ResultLimits {}

export interface AnalyzeOptions {
  /** Those that are not given are far above what browsers write. Those of sources, events and results hold for `analyze` alone. */
  readonly limits?: Partial<Limits>;
  /** Treat the log as if it held only this stretch, in milliseconds from its first event. */
  readonly window?: LogWindow;
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Given each piece of the log itself, decompressed, before it is read; valid during the call. */
  readonly onBytes?: (bytes: Uint8Array) => void;
  /** Awaited after each piece of the input: lets a slow taker of what a sink makes catch up. */
  readonly caughtUp?: () => Promise<void>;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface ReadResult {
  /** The name as given; `stdin` for standard input. */
  readonly file: string;
  /** Size of the input as stored, before decompression. */
  readonly bytes: number;
  readonly compression: Report['trace']['compression'];
  readonly complete: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Opens a log, within these limits. */
export type OpenLog = (limits: InputLimits) => Promise<OpenedInput>;

/** Reads a log into a sink, the events of a window alone if one is asked for. */
export async function readLog(open: OpenLog, sink: EventSink, options: AnalyzeOptions = {}): Promise<ReadResult> {
  const { window, signal, onProgress, onBytes, caughtUp, limits } = options;
  const target = isOpen(window) ? sink : windowed(sink, window ?? {});
  return readInput(open, target, {
    ...limits,
    ...(signal === undefined ? {} : { signal }),
    ...(caughtUp === undefined ? {} : { caughtUp }),
    ...(onBytes === undefined ? {} : { onBytes }),
    ...(onProgress === undefined ? {} : { onProgress: (bytesRead, bytes) => onProgress({ bytesRead, ...(bytes === undefined ? {} : { bytes }) }) }),
  });
}

/** Reads a log and tells its story. `isFull`: whether there is memory for more of it. */
export async function analyzeLog(open: OpenLog, options: AnalyzeOptions = {}, isFull?: () => boolean): Promise<Report> {
  // Loaded here: who wants the reconstruction alone need not wait for all these rules and formulas.
  const loading = Promise.all([import('./metrics/all-metrics.ts'), import('./metrics/histograms/all-histograms.ts'), import('./findings/judge.ts'), import('./findings/gravest-findings.ts')]);
  const [{ trace, read }, [{ computeMetrics }, { computeHistograms }, { judge }, { gravestFindings }]] = await Promise.all([readTrace(open, options, isFull), loading]);
  const { mostFindings } = { ...RESULT_LIMITS, ...options.limits };
  const { findings, diagnostics } = gravestFindings(judge(trace), mostFindings);
  const told = { ...trace, diagnostics: [...trace.diagnostics, ...diagnostics] };
  return { ...reconstructionOf(told, read), metrics: computeMetrics(trace), histograms: computeHistograms(trace), findings: [...findings] };
}

/** The same without what is computed of resolutions, races, sessions and requests. */
export async function reconstructLog(open: OpenLog, options: AnalyzeOptions = {}, isFull?: () => boolean): Promise<Reconstruction> {
  const { trace, read } = await readTrace(open, options, isFull);
  return reconstructionOf(trace, read);
}

async function readTrace(open: OpenLog, options: AnalyzeOptions, isFull: (() => boolean) | undefined): Promise<{ readonly trace: Trace; readonly read: ReadResult }> {
  const model = createModel({ windowed: !isOpen(options.window) });
  const read = await readLog(open, bounded(model, { ...SINK_LIMITS, ...options.limits }, isFull), options);
  const { mostRaces } = { ...RESULT_LIMITS, ...options.limits };
  return { trace: withoutCredentials(firstRaces(model.trace(), mostRaces)), read };
}

function isOpen(window: LogWindow | undefined): boolean {
  return window?.fromMs === undefined && window?.toMs === undefined;
}

function reconstructionOf(trace: Trace, { file, bytes, compression }: ReadResult): Reconstruction {
  const { constants } = trace;
  return {
    schemaVersion: 1,
    tool: TOOL,
    trace: {
      file,
      bytes,
      compression,
      client: constants.client,
      fieldTrials: [...constants.fieldTrials],
      captureMode: constants.captureMode,
      raceEngines: [...trace.raceEngines],
      originUnixMs: trace.originUnixMs,
      durationMs: trace.durationMs,
      eventCount: trace.eventCount,
      sourceCount: trace.sourceCount,
      complete: trace.complete,
      diagnostics: [...trace.diagnostics],
    },
    resolutions: [...trace.resolutions],
    races: [...trace.races],
    sessions: [...trace.sessions],
    requests: [...trace.requests],
    brokenAlternatives: [...trace.brokenAlternatives],
  };
}
