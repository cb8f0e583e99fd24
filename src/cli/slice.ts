/** `netlog-analyze slice TRACE -o OUT`: a smaller log that tells of a part what the whole one does. */
import { onlySources } from '../slice/only-sources.ts';
import { sourceLinker } from '../slice/source-links.ts';
import { sourcesOf } from '../slice/sources-of.ts';
import { withDependencies } from '../slice/with-dependencies.ts';
import { formatCount, formatPlural } from '../report/format.ts';
import { defineCommand, type Context } from './command.ts';
import { UsageError, type ExitCode } from './exit-code.ts';
import { withReplayableInput } from './events/replayable-input.ts';
import { warn } from './io.ts';
import { isGzipName, logWriter } from './log-writer.ts';
import { hostOption, outputOptions, windowOf } from './options.ts';
import { openOutput, type Output } from './output.ts';
import { exitCodeFor, readingTrace } from './read-report.ts';
import { chooseStory, withinWindow } from './slice/choose-story.ts';

const EPILOGUE = [
  '--host, --race and --request add up; --from and --to narrow the choice to what was under way between them, and keep that whole. With what is chosen goes all that it depends on: resolutions, sockets, the sessions used, other races to the same host, and events of the client as a whole, such as changes of the network.',
  'The slice has the events, ids and wall-clock times of the original, so that the chosen races, requests and resolutions are told the same. Its own first event is the origin of its times. Of a session only the chosen requests are there, so its count of requests is lower. It is written as Chromium writes logs; OUT ending in .gz is compressed.',
  'A slice is not redacted: netlog-analyze redact does that. The file is read three times; stdin is copied to a temporary file for that.',
].join('\n\n');

interface SliceArguments {
  readonly trace: string;
  readonly host?: readonly string[] | undefined;
  readonly race?: readonly string[] | undefined;
  readonly request?: readonly number[] | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly output?: string | undefined;
  readonly force: boolean;
  readonly strict: boolean;
}

export const sliceCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', demandOption: true, describe: 'NetLog file, or - for stdin' })
      .options({
        ...hostOption,
        race: { type: 'string', array: true, group: 'Filters:', requiresArg: true, describe: 'The race with this id, or to this host; repeatable' },
        request: { type: 'number', array: true, group: 'Filters:', requiresArg: true, describe: 'The request with this id; repeatable' },
        from: { type: 'number', group: 'Filters:', requiresArg: true, describe: 'What was under way MS milliseconds after the first event, or later' },
        to: { type: 'number', group: 'Filters:', requiresArg: true, describe: 'What was under way MS milliseconds after the first event, or earlier' },
        strict: { type: 'boolean', default: false, describe: 'End with exit code 4 if the log is incomplete' },
        output: outputOptions.output,
        force: outputOptions.force,
      })
      .example('$0 slice netlog.json --race 4 -o race.json', 'one race, to attach to a bug')
      .example('$0 slice netlog.json.gz --host "*.example.com" -o site.json.gz', 'one site')
      .example('$0 slice netlog.json --from 5000 --to 8000 -o stall.json', 'what went on while the page stalled')
      .epilogue(EPILOGUE),
  run: (args, context) => slice(args, context),
});

async function slice(args: SliceArguments, context: Context): Promise<ExitCode> {
  const { io } = context;
  const { host = [], race = [], request = [] } = args;
  const { window = {} } = windowOf(args);
  if (!request.every(Number.isInteger)) throw new UsageError('--request takes the id of a request: a whole number');
  if (host.length + race.length + request.length === 0 && args.from === undefined && args.to === undefined)
    throw new UsageError('say what to keep: --host, --race, --request, --from or --to');
  if (args.output === undefined && io.stdout.isTTY === true) throw new UsageError('a whole log does not suit a terminal; -o FILE writes it to a file');
  const output = await openOutput(args, io);
  try {
    const complete = await withReplayableInput(args.trace, io, (path) => writeSlice(path, { ...args, host, race, request, window }, output, context));
    await output.finish();
    return exitCodeFor(args.trace, complete, args, io);
  } catch (error) {
    await output.discard();
    throw error;
  }
}

interface Wanted extends SliceArguments {
  readonly host: readonly string[];
  readonly race: readonly string[];
  readonly request: readonly number[];
  readonly window: { readonly fromMs?: number; readonly toMs?: number };
}

async function writeSlice(path: string, { trace, output: name, host, race, request, window }: Wanted, output: Output, context: Context): Promise<boolean> {
  const report = await readingTrace(trace, context, ({ reconstruct }, options) => reconstruct(path, options));
  const story = withinWindow(chooseStory(report, { hosts: host, races: race, requests: request }), window);
  const linker = sourceLinker();
  await readingTrace(trace, context, ({ readNetLog }, options) => readNetLog(path, linker.sink, options));
  const kept = withDependencies(sourcesOf(story, report), linker.links);
  const { sink, caughtUp } = logWriter(output, isGzipName(name));
  const { complete } = await readingTrace(trace, context, ({ readNetLog }, options) => readNetLog(path, onlySources(kept, sink), { ...options, caughtUp }));
  await caughtUp();
  if (story.races.length + story.requests.length + story.resolutions.length + story.sessions.length === 0) warn(context.io, `${trace}: nothing matches; only events of the client as a whole are kept`);
  else warn(context.io, `${trace}: kept ${formatCount(kept.size)} of ${formatPlural(linker.links.size, 'source')}`);
  return complete;
}
