/** `netlog-analyze events TRACE`: the events themselves, as the web NetLog viewer shows them. */
import type { EventSink, LogConstants, NetLogEvent } from '../netlog/event.ts';
import { anyGlob } from '../report/glob.ts';
import { eventLine, type EventTextOptions } from '../report/terminal/source-events.ts';
import { plainStyle } from '../report/view.ts';
import { defineCommand, type Context } from './command.ts';
import { linkedSources, MOST_LINKED_SOURCES } from './events/linked-sources.ts';
import { flatPrinter, printGrouped, type ReadPass } from './events/print-events.ts';
import { withReplayableInput } from './events/replayable-input.ts';
import { hostOf, sourceIndexer, type SourceIndex } from './events/source-index.ts';
import { UsageError, type ExitCode } from './exit-code.ts';
import { warn } from './io.ts';
import { hostOption, outputOptions, widthOf, windowOf, windowOptions, type WindowArguments } from './options.ts';
import { openOutput, type Output, type OutputOptions } from './output.ts';
import { exitCodeFor, readingTrace } from './read-report.ts';

const EPILOGUE = [
  'Filters of one kind widen the choice, those of different kinds narrow it. They choose sources, and all events of a chosen source are printed. With --flat alone, --type and --grep choose single events instead.',
  `--with-dependencies follows source_dependency links in both directions. It shows, but does not pass through, requests, sessions, pool groups and shared services, unless they were chosen themselves; it stops after ${MOST_LINKED_SOURCES} more sources and says so.`,
  'The file is read two times or more, so that logs of any size fit into memory; stdin is copied to a temporary file for that, except with --flat and no --host.',
].join('\n\n');

interface EventArguments extends WindowArguments, OutputOptions {
  readonly trace: string;
  readonly source?: readonly number[] | undefined;
  readonly type?: readonly string[] | undefined;
  readonly host?: readonly string[] | undefined;
  readonly grep?: string | undefined;
  readonly withDependencies: boolean;
  readonly flat: boolean;
  readonly full: boolean;
  readonly strict: boolean;
}

export const eventsCommand = defineCommand({
  usage: 'events <trace>',
  summary: 'Print events as the web NetLog viewer does, grouped by source',
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', demandOption: true, describe: 'NetLog file, or - for stdin' })
      .options({
        source: { type: 'number', array: true, group: 'Filters:', requiresArg: true, describe: 'Only the source with this id; repeatable' },
        type: { type: 'string', array: true, group: 'Filters:', requiresArg: true, describe: 'Only sources of a type, or with an event of a type, that matches a glob; repeatable' },
        ...hostOption,
        grep: { type: 'string', group: 'Filters:', requiresArg: true, describe: 'Only sources with an event whose printed text contains TEXT; letter case does not count' },
        'with-dependencies': { type: 'boolean', group: 'Filters:', default: false, describe: 'Also the sources linked to the chosen ones' },
        flat: { type: 'boolean', group: 'Output:', default: false, describe: 'One line per event, in the order of the file' },
        full: { type: 'boolean', group: 'Output:', default: false, describe: 'Show long values whole' },
        ...windowOptions,
        ...outputOptions,
      })
      .example('$0 events netlog.json --source 1042 --with-dependencies', 'one race with its DNS, sockets and requests')
      .example('$0 events netlog.json --host a.test --type "*CONNECT_JOB"', 'the connect jobs of one host')
      .example('$0 events netlog.json --flat --grep ERR_ | less -S', 'every error, in order')
      .epilogue(EPILOGUE),
  run: (args, context) => printEvents({ ...args, width: widthOf(args.width) }, context),
});

async function printEvents(args: EventArguments, context: Context): Promise<ExitCode> {
  const ids = args.source ?? [];
  if (!ids.every(Number.isInteger)) throw new UsageError('--source takes the id of a source: a whole number');
  const output = await openOutput(args, context.io);
  try {
    const onePass = args.flat && !args.withDependencies && (args.host ?? []).length === 0;
    const complete = onePass
      ? await printInOnePass(args, output, passReader(args.trace, args, context))
      : await withReplayableInput(args.trace, context.io, (path) => printInPasses(args, output, passReader(path, args, context), context));
    await output.finish();
    return exitCodeFor(args.trace, complete, args, context.io);
  } catch (error) {
    await output.discard();
    throw error;
  }
}

interface PassReader {
  /** Reads the log once; resolves to whether it is complete. */
  readonly read: (sink: EventSink) => Promise<boolean>;
  /** Ends the reading, because nobody takes the text any more. */
  readonly stop: () => void;
}

function passReader(path: string, args: EventArguments, context: Context): PassReader {
  const window = windowOf(args);
  const stopped = new AbortController();
  return {
    stop: () => {
      stopped.abort();
    },
    read: (sink) =>
      readingTrace(args.trace, context, async ({ readNetLog }, options) => {
        const signal = options.signal === undefined ? stopped.signal : AbortSignal.any([options.signal, stopped.signal]);
        const { complete } = await readNetLog(path, sink, { ...window, ...options, signal });
        return complete;
      }),
  };
}

/** Whether an event's line, as printed, contains the text asked for. */
function textMatcher(grep: string | undefined, optionsAt: (event: NetLogEvent) => EventTextOptions): ((event: NetLogEvent) => boolean) | undefined {
  if (grep === undefined) return undefined;
  const wanted = grep.toLowerCase();
  return (event) => eventLine(event, optionsAt(event), { width: 0, style: plainStyle }).toLowerCase().includes(wanted);
}

/** Text options for events as they come, when nothing is known yet of what follows. */
interface TextOptions {
  readonly learn: (constants: LogConstants) => void;
  readonly at: (event: NetLogEvent) => EventTextOptions;
}

function optionsWhileReading({ full }: EventArguments): TextOptions {
  let names: LogConstants | undefined;
  let originTick: number | undefined;
  return {
    learn: (constants) => {
      names = constants;
    },
    at: (event) => {
      if (names === undefined) throw new Error('an event came before the constants');
      originTick ??= event.time;
      return { names, full, originTick, lastTick: event.time };
    },
  };
}

async function printInOnePass(args: EventArguments, output: Output, { read, stop }: PassReader): Promise<boolean> {
  const textOptions = optionsWhileReading(args);
  const isOfType = anyGlob(args.type ?? []);
  const hasText = textMatcher(args.grep, textOptions.at);
  const ids = new Set(args.source);
  const isWanted = (event: NetLogEvent): boolean => {
    textOptions.at(event);
    return (
      (ids.size === 0 || ids.has(event.source.id)) &&
      [event.source.type, event.type, event.loggedType].some(isOfType) &&
      (hasText === undefined || hasText(event))
    );
  };
  return printFlat(isWanted, textOptions, output, { read, stop });
}

async function printFlat(isWanted: (event: NetLogEvent) => boolean, textOptions: TextOptions, output: Output, { read, stop }: PassReader): Promise<boolean> {
  const printer = flatPrinter(isWanted, textOptions.at, output, stop);
  let complete = false;
  try {
    complete = await read({ ...printer.sink, start: textOptions.learn });
  } finally {
    // After a stop this throws the reason, which matters more than the interrupted reading.
    await printer.done();
  }
  return complete;
}

async function printInPasses(args: EventArguments, output: Output, reader: PassReader, { io }: Context): Promise<boolean> {
  const firstPass = optionsWhileReading(args);
  const matchesText = textMatcher(args.grep, firstPass.at);
  const types = args.type ?? [];
  const { sink, index } = sourceIndexer({ matchesType: anyGlob(types), withLinks: args.withDependencies, ...(matchesText === undefined ? {} : { matchesText }) });
  const complete = await reader.read({
    ...sink,
    start(constants) {
      firstPass.learn(constants);
      sink.start(constants);
    },
  });
  const indexed = index();
  if (indexed.constants === undefined) return complete;
  const ids = chooseSources(args, indexed, (remark) => {
    warn(io, `${args.trace}: ${remark}`);
  });
  const options: EventTextOptions = { names: indexed.constants, full: args.full, originTick: indexed.originTick, lastTick: indexed.lastTick };
  const readPass: ReadPass = async (pass) => {
    await reader.read(pass);
  };
  if (args.flat) {
    await printFlat(({ source }) => ids.has(source.id), { learn: () => undefined, at: () => options }, output, reader);
  } else {
    const chosen = [...indexed.sources.values()].filter(({ id }) => ids.has(id));
    await printGrouped(chosen, indexed, options, readPass, output);
  }
  return complete;
}

/** The sources to print; says on the way what the filters miss. */
function chooseSources(args: EventArguments, index: SourceIndex, tell: (remark: string) => void): ReadonlySet<number> {
  const wantedIds = new Set(args.source);
  const hosts = args.host ?? [];
  const matchesHost = anyGlob(hosts);
  const missing = [...wantedIds].filter((id) => !index.sources.has(id));
  if (missing.length > 0) tell(`no source ${missing.join(', ')}`);
  const chosen = [...index.sources.values()].filter(
    (source) =>
      (wantedIds.size === 0 || wantedIds.has(source.id)) &&
      source.matchesType &&
      source.matchesText &&
      (hosts.length === 0 || matchesHost(hostOf(source, index))),
  );
  if (chosen.length === 0) tell('no source matches');
  const own = chosen.map(({ id }) => id);
  if (!args.withDependencies) return new Set(own);
  const { ids, cut } = linkedSources(own, index);
  if (cut) tell(`--with-dependencies stopped after ${MOST_LINKED_SOURCES} linked sources; choose fewer to start from`);
  return ids;
}
