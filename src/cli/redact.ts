/** `netlog-analyze redact TRACE -o OUT`: a log without what should not be shared, which still tells the same story. */
import { createPseudonyms } from '../redact/pseudonyms/pseudonyms.ts';
import { redactedCopy, type RedactOptions } from '../redact/redact-log.ts';
import type { EventSink } from '../netlog/event.ts';
import { formatPlural } from '../report/format.ts';
import { jsonChunks } from '../report/json.ts';
import { tableLines } from '../report/terminal/table.ts';
import { defineCommand, type Context } from './command.ts';
import { ExitCode, UsageError } from './exit-code.ts';
import { warn } from './io.ts';
import { isGzipName, textWriter } from './log-writer.ts';
import { formatOption, outputOptions, widthOf } from './options.ts';
import { openOutput, type Output } from './output.ts';
import { exitCodeFor, readingTrace } from './read-report.ts';
import { readDigest } from './redact/read-key.ts';
import { sensitiveColumns, sensitiveTally } from './redact/sensitive-material.ts';

const EPILOGUE = [
  'Taken out: cookies, credentials, tokens, query strings and fragments of URLs, payload bytes, e-mail addresses, user names, values of headers that are not known to be harmless, and whatever follows the events (polledData). Hosts, addresses, paths of URLs, certificates and times stay unless --pseudonyms asks otherwise; look at the result before you share it.',
  '--pseudonyms replaces host names and IP addresses by others of the same kind: equal ones stay equal, subdomains stay subdomains, addresses that share a prefix still do; special-purpose ranges such as 10.0.0.0/8 and top-level domains stay, certificates go. The same --key gives the same pseudonyms in every log, so keep it secret; without it, a fresh one is made and forgotten.',
  'The redacted log has the events, ids and times of the original, so races, times and metrics come out the same. Its layout stays what it was; a cut-off log stays cut off. OUT ending in .gz is compressed.',
  '--check writes no log: it lists what would be taken out, and ends with exit code 1 if that is anything.',
].join('\n\n');

interface RedactArguments {
  readonly trace: string;
  readonly check: boolean;
  readonly pseudonyms: boolean;
  readonly key?: string | undefined;
  readonly format: 'text' | 'json';
  readonly output?: string | undefined;
  readonly force: boolean;
  readonly width?: number | undefined;
  readonly strict: boolean;
}

export const redactCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', demandOption: true, describe: 'NetLog file, or - for stdin' })
      .options({
        check: { type: 'boolean', default: false, describe: 'Only say what sensitive material the log holds; exit code 1 if any' },
        pseudonyms: { type: 'boolean', default: false, describe: 'Also replace host names and addresses, each by one of its kind' },
        key: { type: 'string', requiresArg: true, describe: 'File with a secret that decides the pseudonyms: the same key, the same pseudonyms' },
        strict: { type: 'boolean', default: false, describe: 'End with exit code 4 if the log is incomplete' },
        ...formatOption(['text', 'json']),
        ...outputOptions,
      })
      .example('$0 redact netlog.json -o shared.json', 'to attach to a report')
      .example('$0 redact netlog.json --pseudonyms --key team.key -o shared.json.gz', 'without hosts and addresses')
      .example('$0 redact netlog.json --check', 'what is in there? Exit code 1 if anything is')
      .epilogue(EPILOGUE),
  run: (args, context) => (args.check ? check(args, context) : redact(args, context)),
});

async function redact(args: RedactArguments, context: Context): Promise<ExitCode> {
  const { io } = context;
  if (args.key !== undefined && !args.pseudonyms) throw new UsageError('--key decides the pseudonyms, and --pseudonyms is not given');
  if (args.output === undefined && io.stdout.isTTY === true) throw new UsageError('a whole log does not suit a terminal; -o FILE writes it to a file');
  const pseudonyms = args.pseudonyms ? createPseudonyms(await readDigest(args.key)) : undefined;
  const output = await openOutput(args, io);
  try {
    const { write, caughtUp } = textWriter(output, isGzipName(args.output));
    const tally = sensitiveTally();
    const complete = await copy(args.trace, write, { found: tally.note, ...(pseudonyms === undefined ? {} : { pseudonyms }) }, context, caughtUp);
    await caughtUp();
    await output.finish();
    const taken = tally.found().map(({ kind, count }) => `${kind} ${count}`);
    warn(io, `${args.trace}: taken out: ${taken.length === 0 ? 'nothing' : taken.join(', ')}`);
    return exitCodeFor(args.trace, complete, args, io);
  } catch (error) {
    await output.discard();
    throw error;
  }
}

async function check(args: RedactArguments, context: Context): Promise<ExitCode> {
  const { io } = context;
  if (args.pseudonyms) throw new UsageError('--check says what redact takes out in any case, so --pseudonyms has no place there');
  const output: Output = await openOutput({ ...args, width: widthOf(args.width) }, io);
  try {
    const tally = sensitiveTally();
    const complete = await copy(args.trace, () => undefined, { found: tally.note }, context);
    const found = tally.found();
    if (args.format === 'json') for (const chunk of [...jsonChunks(found), '\n']) await output.write(chunk);
    else if (found.length === 0) await output.write('Nothing found that should not be shared.\n');
    else await output.write(`${tableLines(sensitiveColumns, found, output.view, { mentionHidden: true }).join('\n')}\n`);
    await output.finish();
    if (found.length > 0) {
      warn(io, `${args.trace}: holds ${formatPlural(found.length, 'kind')} of sensitive material; netlog-analyze redact takes it out`);
      return ExitCode.failed;
    }
    return exitCodeFor(args.trace, complete, args, io);
  } catch (error) {
    await output.discard();
    throw error;
  }
}

/** Copies the log while it is read: the reader says what it is, and what was wrong with it. */
async function copy(path: string, write: (text: string) => void, options: RedactOptions, context: Context, caughtUp?: () => Promise<void>): Promise<boolean> {
  const longestEvent = context.limits?.longestEvent;
  const copied = redactedCopy(write, { ...options, ...(longestEvent === undefined ? {} : { longestEvent }) });
  let events = 0;
  const count = (): void => void (events += 1);
  const counter: EventSink = { passing: { taken: new Set(), pass: count }, start: () => undefined, event: count, end: () => undefined };
  const complete = await readingTrace(path, context, async ({ readNetLog }, reading) => {
    const read = await readNetLog(path, counter, { ...reading, onBytes: (bytes) => copied.take(bytes), ...(caughtUp === undefined ? {} : { caughtUp }) });
    return read.complete;
  });
  copied.end();
  if (copied.events < events) warn(context.io, `${path}: left out ${formatPlural(events - copied.events, 'event')} that lie among damaged lines`);
  return complete;
}
