/** Reads one trace into a report, with progress; says in one line what is wrong with those that cannot be read. */
import type { Reconstruction, Report } from '../report/report.ts';
import type { Analyzer, Context, ReadOptions } from './command.ts';
import { ExitCode } from './exit-code.ts';
import { warn, type Io } from './io.ts';
import { windowOf, type WindowArguments } from './options.ts';
import { progressOn } from './progress.ts';

export interface ReadArguments extends WindowArguments {
  readonly strict?: boolean | undefined;
}

/** A trace that cannot be read, or is none; the message names it and says why (exit code 3). */
export class UnreadableTrace extends Error {
  override readonly name = 'UnreadableTrace';
}

export async function readReport(path: string, args: ReadArguments, context: Context): Promise<Report> {
  const window = windowOf(args);
  return readingTrace(path, context, (analyzer, options) => analyzer.analyze(path, { ...window, ...options }));
}

/** For commands that show neither metrics nor histograms nor findings. */
export async function readReconstruction(path: string, args: ReadArguments, context: Context): Promise<Reconstruction> {
  const window = windowOf(args);
  return readingTrace(path, context, (analyzer, options) => analyzer.reconstruct(path, { ...window, ...options }));
}

/** Runs one reading of a trace: shows progress, and says of which trace it is if it cannot be read. */
export async function readingTrace<Result>(
  shownPath: string,
  { io, loadAnalyzer, limits = {} }: Context,
  read: (analyzer: Analyzer, options: ReadOptions) => Promise<Result>,
): Promise<Result> {
  const analyzer = await loadAnalyzer();
  const progress = progressOn(io.stderr);
  try {
    return await read(analyzer, { limits, onProgress: progress.report, ...(io.signal === undefined ? {} : { signal: io.signal }) });
  } catch (error) {
    const reason = unreadableReason(error);
    throw reason === undefined ? error : new UnreadableTrace(`${shownPath}: ${reason}`, { cause: error });
  } finally {
    progress.clear();
  }
}

/** The exit code of a trace that was read; under `--strict` it depends on whether the log was whole. */
export function exitCodeFor(path: string, complete: boolean, { strict = false }: ReadArguments, io: Io): ExitCode {
  if (complete || !strict) return ExitCode.done;
  warn(io, `${path}: the log is incomplete, and --strict asks for whole ones (exit code ${ExitCode.incomplete})`);
  return ExitCode.incomplete;
}

/** Why a trace cannot be read, for people; `undefined` if the error is not of that kind but a bug of ours. */
export function unreadableReason(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // By name: the class comes with modules that are loaded only when a log is read.
  if (error.name === 'NetLogError') return error.message;
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined ? undefined : (SYSTEM_REASONS[code] ?? error.message);
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'is a directory, not a NetLog',
  EACCES: 'not allowed to read it',
  EPERM: 'not allowed to read it',
};
