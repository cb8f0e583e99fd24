/** What a command is to the command line: how it is called, what it takes, and what it does. */
import type { ArgumentsCamelCase, Argv } from 'yargs';
import type { Limits } from '../log-analysis.ts';
import type { EventSink, Diagnostic } from '../netlog/event.ts';
import type { Reconstruction, Report } from '../report/report.ts';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { limitOptions, limitsOf } from './limits.ts';

export interface ReadOptions {
  readonly limits?: Partial<Limits>;
  readonly window?: { readonly fromMs?: number; readonly toMs?: number };
  readonly onProgress?: (progress: { readonly bytesRead: number; readonly bytes?: number }) => void;
  readonly onBytes?: (bytes: Uint8Array) => void;
  readonly caughtUp?: () => Promise<void>;
  readonly signal?: AbortSignal;
}

/** The ways to read a log; heavy, so loaded only when a command really reads. */
export interface Analyzer {
  readonly analyze: (path: string, options?: ReadOptions) => Promise<Report>;
  /** The same without metrics, histograms and findings, sooner. */
  readonly reconstruct: (path: string, options?: ReadOptions) => Promise<Reconstruction>;
  readonly readNetLog: (
    path: string,
    sink: EventSink,
    options?: ReadOptions,
  ) => Promise<{ readonly complete: boolean; readonly diagnostics: readonly Diagnostic[] }>;
}

export interface Context {
  readonly io: Io;
  readonly loadAnalyzer: () => Promise<Analyzer>;
  /** For whom a path turns out to be a word that was meant as a command. */
  readonly commandNames: readonly string[];
  /** How much of each log to take, as asked for. */
  readonly limits?: Partial<Limits>;
}

export interface Command<Arguments> {
  /** Adds positionals, options and examples. */
  readonly build: (cli: Argv) => Argv<Arguments>;
  readonly run: (args: ArgumentsCamelCase<Arguments>, context: Context) => Promise<ExitCode>;
}

/** Lets the compiler take a command's arguments from its options. */
export function defineCommand<Arguments>(command: Command<Arguments>): Command<Arguments> {
  return command;
}

/** A command whose arguments only it knows: yargs, or whoever registers it, puts the two halves together. */
export interface AnyCommand {
  /** Adds its options, and gives to `start` what is to be run with the arguments found. */
  readonly register: (cli: Argv, usage: string | readonly string[], summary: string, start: (task: (context: Context) => Promise<ExitCode>) => void) => void;
}

export function anyCommand<Arguments>({ build, run }: Command<Arguments>): AnyCommand {
  return {
    register(cli, usage, summary, start) {
      // What reads a log has limits.
      const reads = [usage].flat().some((words) => words.includes('<trace'));
      const withLimits = (own: Argv): Argv<Arguments> => {
        const built = build(own);
        if (reads) built.options(limitOptions).showHidden('show-limits', 'Show help with the options that limit what a log may cost');
        return built;
      };
      cli.command(usage, summary, withLimits, (args) => {
        start(async (context) => run(args, reads ? { ...context, limits: limitsOf(args) } : context));
      });
    },
  };
}
