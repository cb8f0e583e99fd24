/** `netlog-analyze events TRACE`: the events themselves, as the web NetLog viewer shows them. */
import type { NetLogEvent } from '../netlog/event.ts';
import { anyGlob } from '../glob.ts';
import type { EventTextOptions } from '../report/terminal/source-events.ts';
import { defineCommand, type Context } from './command.ts';
import { chooseSources } from './events/choose-sources.ts';
import type { EventArguments } from './events/event-arguments.ts';
import { optionsWhileReading, textMatcher, type TextOptions } from './events/event-matching.ts';
import { MOST_LINKED_SOURCES } from './events/linked-sources.ts';
import { passReader, type PassReader } from './events/pass-reader.ts';
import { flatPrinter, printGrouped } from './events/print-events.ts';
import { withReplayableInput } from './events/replayable-input.ts';
import { sourceIndexer } from './events/source-index.ts';
import { UsageError, type ExitCode } from './exit-code.ts';
import { warn } from './io.ts';
import { hostOption, outputOptions, widthOf, windowOf, windowOptions } from './options.ts';
import { openOutput, type Output } from './output.ts';
import { exitCodeFor } from './read-report.ts';

const EPILOGUE = [
  'Filters of one kind widen the choice, those of different kinds narrow it. They choose sources, and all events of a chosen source are printed. With --flat alone, --type and --grep choose single events instead.',
  `--with-dependencies follows source_dependency links in both directions. It shows, but does not pass through, requests, sessions, pool groups and shared services, unless they were chosen themselves; it stops after ${MOST_LINKED_SOURCES} more sources and says so.`,
  'The file is read two times or more, so that logs of any size fit into memory; stdin is copied to a temporary file for that, except with --flat and no --host.',
].join('\n\n');

export const eventsCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', demandOption: true, describe: 'NetLog file, or - for stdin' })
      .options({
        source: { type: 'number', array: true, group: 'Filters:', requiresArg: true, describe: 'Only the source with this id; repeatable' },
        type: {
          type: 'string',
          array: true,
          group: 'Filters:',
          requiresArg: true,
          describe: 'Only sources of a type, or with an event of a type, that matches a glob; repeatable',
        },
        ...hostOption,
        grep: {
          type: 'string',
          group: 'Filters:',
          requiresArg: true,
          describe: 'Only sources with an event whose printed text contains TEXT; letter case does not count',
        },
        'with-dependencies': { type: 'boolean', group: 'Filters:', default: false, describe: 'Also the sources linked to the chosen ones' },
        flat: { type: 'boolean', group: 'Output:', default: false, describe: 'One line per event, in the order of the file' },
        full: { type: 'boolean', group: 'Output:', default: false, describe: 'Show long values whole' },
        ...windowOptions,
        ...outputOptions,
      })
      .example('$0 events netlog.json --source 4 --with-dependencies', 'one race with its DNS, sockets and requests')
      .example('$0 events netlog.json --host www.example.com --type "*CONNECT_JOB"', 'the connect jobs of one host')
      .example('$0 events netlog.json --flat --grep ERR_ | less -S', 'every error, in order')
      .epilogue(EPILOGUE),
  run: (args, context) => printEvents({ ...args, width: widthOf(args.width) }, context),
});

async function printEvents(args: EventArguments, context: Context): Promise<ExitCode> {
  if (!(args.source ?? []).every(Number.isInteger)) throw new UsageError('--source takes the id of a source: a whole number');
  windowOf(args);
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

async function printInOnePass(args: EventArguments, output: Output, { read, stop }: PassReader): Promise<boolean> {
  const textOptions = optionsWhileReading(args.full);
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

async function printFlat(
  isWanted: (event: NetLogEvent) => boolean,
  textOptions: TextOptions,
  output: Output,
  { read, stop }: PassReader,
): Promise<boolean> {
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
  const firstPass = optionsWhileReading(args.full);
  const matchesText = textMatcher(args.grep, firstPass.at);
  const types = args.type ?? [];
  const { sink, index } = sourceIndexer({
    matchesType: anyGlob(types),
    withLinks: args.withDependencies,
    ...(matchesText === undefined ? {} : { matchesText }),
  });
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
  const options: EventTextOptions = {
    names: indexed.constants,
    full: args.full,
    originTick: indexed.originTick,
    lastTick: indexed.lastTick,
  };
  if (args.flat) {
    await printFlat(({ source }) => ids.has(source.id), { learn: () => undefined, at: () => options }, output, reader);
  } else {
    const chosen = [...indexed.sources.values()].filter(({ id }) => ids.has(id));
    await printGrouped(chosen, indexed, options, reader.read, output);
  }
  return complete;
}
