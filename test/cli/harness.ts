/** Runs a whole command line in this process, with pipes or terminals of our own and an analyzer that has its answers ready. */
import { PassThrough, Writable } from 'node:stream';
import type { Analyzer } from '../../src/cli/command.ts';
import type { TextStream } from '../../src/cli/io.ts';
import { run } from '../../src/cli/run.ts';
import { NetLogError } from '../../src/netlog/errors.ts';
import type { LogConstants, NetLogEvent } from '../../src/netlog/event.ts';
import type { Report } from '../../src/report/report.ts';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly reports?: Readonly<Record<string, Report>>;
  readonly events?: readonly NetLogEvent[];
  readonly complete?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Makes stdout a terminal this wide. */
  readonly columns?: number;
  readonly stdin?: string;
  /** Fails writes to stdout with this code, as a closed pipe does. */
  readonly stdoutError?: string;
  /** Reads real files with the real analyzer. */
  readonly real?: boolean;
  readonly signal?: AbortSignal;
  /** Sees the options with which the log is read. */
  readonly onRead?: (path: string, options: unknown) => void;
}

class CollectingStream extends Writable implements TextStream {
  text = '';
  readonly isTTY: boolean;
  readonly columns: number;
  readonly #errorCode: string | undefined;

  constructor(columns: number | undefined, errorCode?: string) {
    super({ decodeStrings: false });
    this.isTTY = columns !== undefined;
    this.columns = columns ?? 0;
    this.#errorCode = errorCode;
  }

  override _write(chunk: string | Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.text += chunk.toString();
    if (this.#errorCode === undefined) done();
    else done(Object.assign(new Error('broken'), { code: this.#errorCode }));
  }
}

export const constants: LogConstants = {
  fieldTrials: [],
  eventTypes: new Map(),
  sourceTypes: new Map([
    [0, 'NONE'],
    [1, 'URL_REQUEST'],
    [9, 'SOCKET'],
    [21, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER'],
  ]),
  phases: new Map(),
  netErrors: new Map([[-102, 'ERR_CONNECTION_REFUSED']]),
  quicErrors: new Map([[67, 'QUIC_HANDSHAKE_TIMEOUT']]),
  logged: {},
};

function analyzerWith({ reports = {}, events = [], complete = true, onRead }: Surroundings): Analyzer {
  const analyze: Analyzer['analyze'] = (path, options) => {
    onRead?.(path, options);
    const report = reports[path];
    if (report !== undefined) return Promise.resolve(report);
    if (path.startsWith('missing'))
      return Promise.reject(Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT', syscall: 'open' }));
    if (path.startsWith('bug')) return Promise.reject(new TypeError('x is not a function'));
    return Promise.reject(new NetLogError('not-json', 'Expected a NetLog, found "hello" at byte 0.'));
  };
  return {
    analyze,
    reconstruct: analyze,
    readNetLog(path, sink, options) {
      onRead?.(path, options);
      sink.start(constants);
      for (const event of events) sink.event(event);
      sink.end({ complete, diagnostics: [] });
      return Promise.resolve({ complete, diagnostics: [] });
    },
  };
}

/** `netlog-analyze …` with these words. */
export async function netlogAnalyze(words: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  const stdout = new CollectingStream(surroundings.columns, surroundings.stdoutError);
  const stderr = new CollectingStream(undefined);
  const stdin = new PassThrough();
  stdin.end(surroundings.stdin ?? '');
  const { signal } = surroundings;
  const io = { stdin, stdout, stderr, env: surroundings.env ?? {}, ...(signal === undefined ? {} : { signal }) };
  const exitCode = await run(words, io, surroundings.real === true ? undefined : () => Promise.resolve(analyzerWith(surroundings)));
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}
