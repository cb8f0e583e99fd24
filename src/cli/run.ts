/** The command line: arguments in, exit code out. Touches nothing of the process, so that tests can call it. */
import yargs, { type Argv } from 'yargs';
import { plainText } from '../report/plain-text.ts';
import { TOOL } from '../report/tool.ts';
import type { Context } from './command.ts';
import { COMMANDS, COMMAND_NAMES, DEFAULT_COMMAND, type ListedCommand } from './commands.ts';
import { ExitCode, UsageError } from './exit-code.ts';
import { terminalWidth, warn, type Io } from './io.ts';
import { ClosedOutput } from './output.ts';
import { UnreadableTrace } from './read-report.ts';

/** Longer lines of help are hard to read. */
const WIDEST_HELP = 100;

export async function run(
  argv: readonly string[],
  io: Io,
  loadAnalyzer: Context['loadAnalyzer'] = () => import('../analyze.ts'),
): Promise<ExitCode> {
  let task: ((context: Context) => Promise<ExitCode>) | undefined;
  const start = (next: (context: Context) => Promise<ExitCode>): void => {
    task = next;
  };
  const cli = commandLine(io);
  const named = COMMANDS.some(({ name }) => name === argv[0]);
  await register(cli, DEFAULT_COMMAND, !named, start);
  for (const listed of COMMANDS) await register(cli, listed, argv.includes(listed.name), start);
  // Not yargs' own `.completion()`: the default command would take the word for a trace.
  cli.command('completion', 'Print a completion script for bash or zsh', {}, () => {
    cli.showCompletionScript();
  });

  let printed = '';
  try {
    await cli.parseAsync(
      argv.map((word) => (word === '-' ? STANDARD_STREAM : word)),
      {},
      (_error: unknown, _argv: unknown, text: string) => {
        if (text !== '') printed = text;
      },
    );
  } catch (error) {
    return usageError(error instanceof Error ? error.message : String(error), argv, io);
  }
  // Help, version and completions are done by now, though yargs runs the default command after some of them.
  if (task === undefined || printed !== '') {
    if (printed !== '') io.stdout.write(`${withoutPlaceholder(printed)}\n`);
    return ExitCode.done;
  }
  const asked = task;
  return outcomeOf(() => asked({ io, loadAnalyzer, commandNames: COMMAND_NAMES }), argv, io);
}

/** Among the commands that can be completed, yargs offers its own name for the default command. */
function withoutPlaceholder(text: string): string {
  return text
    .split('\n')
    .filter((line) => line !== '$0' && !line.startsWith('$0:'))
    .join('\n');
}

function commandLine(io: Io): Argv {
  return yargs()
    .scriptName('netlog-analyze')
    .locale('en')
    .parserConfiguration({ 'greedy-arrays': false, 'dot-notation': false })
    .strict()
    .middleware(restoreDashes, true)
    .check(refuseRepeated, true)
    .exitProcess(false)
    .fail(false)
    .wrap(Math.min(WIDEST_HELP, terminalWidth(io.stdout)))
    .version(TOOL.version)
    .help()
    .alias('help', 'h');
}

/** Those that were not asked for are there with what the help says of them. */
async function register(
  cli: Argv,
  { usage, summary, load }: ListedCommand,
  asked: boolean,
  start: (task: (context: Context) => Promise<ExitCode>) => void,
): Promise<void> {
  if (asked) (await load()).register(cli, usage, summary, start);
  else cli.command(usage, summary);
}

/** Stands for `-` while yargs reads the words, because it drops a lone dash. */
const STANDARD_STREAM = '\u0000-';

function restoreDashes(args: Record<string, unknown>): void {
  const restore = (value: unknown): unknown => (value === STANDARD_STREAM ? '-' : value);
  for (const [name, value] of Object.entries(args)) args[name] = Array.isArray(value) ? value.map(restore) : restore(value);
}

/** Options that collect values; any other given twice is a mistake. */
const REPEATABLE = new Set(['_', 'trace', 'host', 'engine', 'source', 'type', 'against', 'also', 'kind', 'race', 'name', 'request', 'set', 'vary', 'url', 'browser-flag', 'browserFlag', 'dns']);

function refuseRepeated(args: Readonly<Record<string, unknown>>): true {
  const repeated = Object.keys(args).find((name) => Array.isArray(args[name]) && !REPEATABLE.has(name));
  if (repeated !== undefined) throw new UsageError(`--${repeated} is given more than once`);
  return true;
}

function usageError(message: string, argv: readonly string[], io: Io): ExitCode {
  warn(io, `${message.replace(/\s*\n\s*/g, ' ')} (see netlog-analyze ${helpTopic(argv)}--help)`);
  return ExitCode.usage;
}

function helpTopic([first = '']: readonly string[]): string {
  return COMMAND_NAMES.some((name) => name === first) ? `${first} ` : '';
}

/** Runs a command, and turns what it throws into a line and an exit code. */
async function outcomeOf(task: () => Promise<ExitCode>, argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof ClosedOutput) return ExitCode.done;
    if (error instanceof UsageError) return usageError(error.message, argv, io);
    if (io.signal?.aborted === true) return ExitCode.interrupted;
    if (error instanceof UnreadableTrace) {
      warn(io, error.message);
      return ExitCode.unreadable;
    }
    const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.stderr.write(`netlog-analyze: internal error, please report it:\n${details.split('\n').map(plainText).join('\n')}\n`);
    return ExitCode.internal;
  }
}
