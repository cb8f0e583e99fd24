/** The work of the `probe` command: a URL in; its race and its log out. */
import { arch, type } from 'node:os';
import { extname } from 'node:path';
import { type ProbeOptions, probe } from '../../live/probe/probe.ts';
import { loadQuic } from '../../live/probe/quic-module.ts';
import { createModel } from '../../model/model.ts';
import type { Trace } from '../../model/trace.ts';
import type { EventSink } from '../../netlog/event.ts';
import { jsonChunks } from '../../report/json.ts';
import { TOOL } from '../../report/tool.ts';
import type { Happening } from '../../simulator/happening.ts';
import { OutcomeCollector } from '../../simulator/outcomes/outcome-collector.ts';
import type { Context } from '../command.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import { type Io, warn } from '../io.ts';
import { isGzipName, logWriter } from '../log-writer.ts';
import { widthOf } from '../options.ts';
import { openOutput } from '../output.ts';
import { type ProbeResult, hasSucceeded, probeText } from './probe-text.ts';
import { offersQuic } from './offers-quic.ts';
import { type AskedProbe, type ProbeArguments, readProbeOptions } from './read-probe-options.ts';

export interface ProbeCommandArguments extends ProbeArguments {
  readonly format: 'text' | 'json';
  /** Of the log. */
  readonly output?: string | undefined;
  readonly force: boolean;
  readonly width?: number | undefined;
}

export async function runProbe(args: ProbeCommandArguments, { io }: Context): Promise<ExitCode> {
  const printed = await openOutput({ width: widthOf(args.width) }, io);
  if (args.output === '-') throw new UsageError('--output takes a file for the log, as the race is printed to stdout');
  const asked = await readProbeOptions(args);
  const quic = asked.parameters.quic ? await loadQuic() : undefined;
  const module = quic?.state === 'available' ? quic.module : undefined;
  let isQuicWanted = asked.asksForQuic;
  const observe = (happening: Happening): void => {
    isQuicWanted ||= offersQuic(happening);
  };
  const results: ProbeResult[] = [];
  for (let run = 1; run <= asked.runs; run++) {
    const result = await oneRun({ ...asked, observe, ...(module !== undefined && { quic: module }) }, run, args, io);
    results.push(result);
    const title = asked.runs === 1 ? '' : `Run ${run} of ${asked.runs}: `;
    if (args.format === 'text') await printed.write(`${run === 1 ? '' : '\n'}${probeText(result, title, printed.view)}`);
  }
  if (args.format === 'json') for (const chunk of jsonChunks(results.map(jsonOf))) await printed.write(chunk);
  if (args.format === 'json') await printed.write('\n');
  await printed.finish();
  if (quic?.state === 'absent' && isQuicWanted) warn(io, `QUIC was left out; to probe with it: ${quic.remedy}`);
  return results.every(hasSucceeded) ? ExitCode.done : ExitCode.failed;
}

type Run = AskedProbe & Pick<ProbeOptions, 'quic' | 'observe'>;

async function oneRun(asked: Run, run: number, { output: path, force }: ProbeCommandArguments, io: Io): Promise<ProbeResult> {
  if (path === undefined) return probeInto(asked, run, [], io);
  const file = await openOutput({ output: asked.runs === 1 ? path : numbered(path, run), force }, io);
  try {
    const writer = logWriter(file, isGzipName(path));
    const result = await probeInto(asked, run, [writer.sink], io);
    await writer.caughtUp();
    await file.finish();
    return result;
  } catch (error) {
    await file.discard();
    throw error;
  }
}

async function probeInto({ url, profile, parameters, network, trust, timeoutMs, quic, observe }: Run, run: number, sinks: readonly EventSink[], { signal }: Io): Promise<ProbeResult> {
  const model = createModel();
  const collector = new OutcomeCollector();
  collector.requestBegins(1, url.href);
  let status: number | undefined;
  const client = { name: TOOL.name, version: TOOL.version, os: `${type()} (${arch()})`, commandLine: `probe: ${url.href}, profile ${profile}` };
  await probe(
    {
      url,
      parameters,
      network,
      trust,
      timeoutMs,
      client,
      ...(quic !== undefined && { quic }),
      observe: (happening) => {
        observe?.(happening);
        collector.happens(happening);
        if (happening.layer === 'network' && happening.event.kind === 'response') status = happening.event.response.status;
      },
      ...(signal !== undefined && { signal }),
    },
    together([model, ...sinks]),
  );
  const [outcome] = collector.outcomes();
  if (outcome === undefined) throw new Error('The probe has made no request');
  return { run, outcome, ...(status !== undefined && { status }), trace: model.trace() };
}

/** One sink for several. */
function together(sinks: readonly EventSink[]): EventSink {
  return {
    start: (constants) => {
      for (const sink of sinks) sink.start(constants);
    },
    event: (event) => {
      for (const sink of sinks) sink.event(event);
    },
    end: (end) => {
      for (const sink of sinks) sink.end(end);
    },
  };
}

/** `out.json` and `out.json.gz` become `out-2.json` and `out-2.json.gz`. */
function numbered(path: string, run: number): string {
  const zip = isGzipName(path) ? extname(path) : '';
  const plain = path.slice(0, path.length - zip.length);
  const ending = extname(plain);
  return `${plain.slice(0, plain.length - ending.length)}-${run}${ending}${zip}`;
}

function jsonOf({ run, outcome, status, trace }: ProbeResult) {
  const { races, resolutions, requests }: Trace = trace;
  return { run, status, ...outcome, races, resolutions, requests };
}
