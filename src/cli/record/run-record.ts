/** The work of the `record` command: pages in; logs, and a file that says how each was made, out. */
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { browserFlags } from '../../live/record/browser-flags.ts';
import { BrowserError } from '../../live/record/browser-process.ts';
import { type PlannedRun, planRuns } from '../../live/record/plan-runs.ts';
import { type RunResult, recordRun } from '../../live/record/record-run.ts';
import type { Recording } from '../../live/record/recording.ts';
import { jsonChunks } from '../../report/json.ts';
import { plainText } from '../../report/plain-text.ts';
import { TOOL } from '../../report/tool.ts';
import type { Context } from '../command.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import { type Io, warn } from '../io.ts';
import { widthOf } from '../options.ts';
import { openOutput } from '../output.ts';
import { withoutCredentials } from '../page-url.ts';
import { type RecordArguments, type RecordOptions, readRecordOptions } from './read-record-options.ts';
import { type ToldRun, hasOtherEngine, pageText, recordingText } from './recording-text.ts';

const RECORDING = 'recording.json';

export async function runRecord(args: RecordArguments, context: Context): Promise<ExitCode> {
  const { io } = context;
  const output = await openOutput({ width: widthOf(args.width) }, io);
  const options = readRecordOptions(args, io);
  const planned = planRuns(options.urls, options.engines, options.runs);
  if (args.force) await removeEarlier(args.output);
  else await refuseToReplace(args.output, [RECORDING, ...planned.map(({ file }) => file)]);
  await makeFolder(args.output);
  let recording: Recording = emptyRecording(options);
  const told: ToldRun[] = [];
  for (const [i, plan] of planned.entries()) {
    const startedUnixMs = Date.now();
    const { version, page, browserEnd } = await oneRun(plan, options, args.output, io);
    const { engine, url, run, file } = plan;
    const made = { file, engine, url: withoutCredentials(url).href, run, order: i + 1, startedUnixMs, page, browserEnd };
    recording = { ...recording, browser: { ...recording.browser, version }, runs: [...recording.runs, made] };
    await writeRecording(recording, args.output, io);
    const { trace, races } = await (await context.loadAnalyzer()).reconstruct(join(args.output, file));
    const shown: ToldRun = { ...made, raceEngines: trace.raceEngines, races: races.length, complete: trace.complete };
    told.push(shown);
    tellRun(shown, planned.length, io);
  }
  if (args.format === 'text') await output.write(recordingText(recording, told, args.output, output.view));
  else for (const chunk of jsonChunks({ ...recording, runs: told })) await output.write(chunk);
  if (args.format === 'json') await output.write('\n');
  await output.finish();
  return told.every((run) => run.page.state === 'loaded' && !hasOtherEngine(run)) ? ExitCode.done : ExitCode.failed;
}

async function oneRun({ engine, url, file }: PlannedRun, { browser, settings, timeoutMs }: RecordOptions, folder: string, io: Io): Promise<RunResult> {
  const signal = io.signal ?? new AbortController().signal;
  try {
    return await recordRun({ browser, flags: browserFlags(engine, settings), url: url.href, path: join(folder, file), timeoutMs, signal });
  } catch (error) {
    if (!(error instanceof BrowserError)) throw error;
    const isRoot = error.message.includes('--no-sandbox');
    throw new UsageError(`${browser}: ${error.message}${isRoot ? '; if the pages are your own, --browser-flag=--no-sandbox lets it run all the same' : ''}`, { cause: error });
  }
}

function tellRun(run: ToldRun, of: number, io: Io): void {
  const { order, engine, url, page, raceEngines, browserEnd, complete } = run;
  const kept = page.state === 'loaded' ? '' : '; the log is kept';
  io.stderr.write(`${String(order).padStart(String(of).length)}/${of}  ${engine.padEnd('legacy'.length)}  ${plainText(`${url}  ${pageText(page)}`)}${kept}\n`);
  if (hasOtherEngine(run)) warn(io, `${run.file}: asked for ${engine}, but its races are of ${raceEngines.join(', ')}: this browser has no ${engine}`);
  if (browserEnd === 'killed' || !complete) warn(io, `${run.file}: the browser did not finish its log`);
}

function emptyRecording({ browser, settings, engines }: RecordOptions): Recording {
  const flags = Object.fromEntries(engines.map((engine) => [engine, browserFlags(engine, settings)]));
  return { schemaVersion: 1, tool: TOOL, browser: { path: browser }, captureMode: settings.captureMode, flags, runs: [] };
}

async function writeRecording(recording: Recording, folder: string, io: Io): Promise<void> {
  const file = await openOutput({ output: join(folder, RECORDING), force: true }, io);
  try {
    await file.write(`${JSON.stringify(recording, null, 2)}\n`);
    await file.finish();
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** What the earlier recording made, all of it: a log that stayed would pass for one of this recording. */
async function removeEarlier(folder: string): Promise<void> {
  const text = await readFile(join(folder, RECORDING), 'utf8').catch(() => '');
  // The paths are looked for in the text, so that neither its form matters nor anything outside the folder can be meant.
  const files = [...text.matchAll(/"file": "((?:hev3|hev2|legacy)\/[\w-][\w.-]*\.json)"/g)].map(([, file = '']) => file);
  for (const file of [RECORDING, ...files]) await rm(join(folder, file), { force: true });
}

async function refuseToReplace(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const path = join(folder, file);
    if ((await stat(path).catch(() => undefined)) !== undefined) throw new UsageError(`${path} exists; --force replaces it, or choose another directory with --output`);
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new UsageError(`--output ${folder}: ${(error as Error).message}`, { cause: error });
  }
}
