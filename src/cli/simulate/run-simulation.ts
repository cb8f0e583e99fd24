/** The work of the `simulate` command: scenario in; NetLog, explanation or comparison out. */
import { writeNetLog } from '../../netlog/write-netlog.ts';
import { jsonChunks } from '../../report/json.ts';
import { TOOL } from '../../report/tool.ts';
import type { View } from '../../report/view.ts';
import { Explainer } from '../../simulator/explain/explainer.ts';
import type { Happening } from '../../simulator/happening.ts';
import { logSimulation } from '../../simulator/log-simulation.ts';
import { simulate } from '../../simulator/simulate.ts';
import type { Context } from '../command.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { widthOf } from '../options.ts';
import { openOutput, type OutputOptions } from '../output.ts';
import { compareProfiles, comparisonText } from './comparison.ts';
import { explanationText } from './explanation-text.ts';
import { readSimulation, type Simulation, type SimulationArguments } from './read-simulation.ts';

export interface SimulateArguments extends SimulationArguments {
  readonly explain: boolean;
  /** Of explanation and comparison. */
  readonly format: 'text' | 'json';
  readonly width?: number | undefined;
  /** Of the NetLog. */
  readonly output?: string | undefined;
  readonly force: boolean;
}

export async function runSimulation(args: SimulateArguments, { io }: Context): Promise<ExitCode> {
  const printed = { width: widthOf(args.width) };
  const simulation = await readSimulation(args, io.stdin);
  if (simulation.clients.length > 1) await compare(simulation, args, printed, io);
  else if (args.explain) await explain(simulation, args, printed, io);
  else await writeLog(simulation, args, io);
  return ExitCode.done;
}

async function compare(simulation: Simulation, args: SimulateArguments, printed: OutputOptions, io: Io): Promise<void> {
  if (args.explain) throw new UsageError('--explain takes one profile, and --profile names several');
  if (args.output !== undefined) throw new UsageError('--output takes the log of one profile, and --profile names several: they are compared, and no log is written');
  const rows = compareProfiles(simulation);
  const title = titleText(simulation, `${simulation.clients.length} profiles`);
  await print(
    (view) => (args.format === 'json' ? jsonLines(rows.map(({ profile, outcome }) => ({ profile, ...outcome }))) : [comparisonText(title, rows, view)]),
    printed,
    io,
  );
}

async function explain(simulation: Simulation, args: SimulateArguments, printed: OutputOptions, io: Io): Promise<void> {
  const { scenario, seed, clients } = simulation;
  const [{ profile, parameters }] = clients;
  const explainer = new Explainer();
  const observe = (happening: Happening): void => {
    explainer.observe(happening);
  };
  if (args.output === '-') throw new UsageError('--explain prints to stdout, so --output takes a file for the log');
  if (args.output === undefined) simulate(scenario, parameters, seed, { happens: observe });
  else await writeLog(simulation, args, io, observe);
  const sections = explainer.sections();
  const title = titleText(simulation, `profile ${profile}`);
  await print((view) => (args.format === 'json' ? jsonLines(sections) : [explanationText(title, sections, view)]), printed, io);
}

async function writeLog({ scenario, name, seed, clients }: Simulation, file: OutputOptions, io: Io, observe?: (happening: Happening) => void): Promise<void> {
  const [{ profile, parameters }] = clients;
  const subject = `${name}, profile ${profile}, seed ${seed}`;
  await print(
    () => {
      const chunks: string[] = [];
      const sink = writeNetLog((text) => chunks.push(text));
      logSimulation(scenario, { parameters, seed, version: TOOL.version, subject, ...(observe !== undefined && { observe }) }, sink);
      return chunks;
    },
    { output: file.output, force: file.force },
    io,
  );
}

async function print(render: (view: View) => Iterable<string>, options: OutputOptions, io: Io): Promise<void> {
  const output = await openOutput(options, io);
  try {
    for (const chunk of render(output.view)) await output.write(chunk);
    await output.finish();
  } catch (error) {
    await output.discard();
    throw error;
  }
}

function* jsonLines(values: readonly object[]): Generator<string> {
  yield* jsonChunks(values);
  yield '\n';
}

function titleText({ name, scenario, seed }: Simulation, clients: string): string {
  const description = scenario.description === '' ? '' : `: ${scenario.description}`;
  return `${name}${description} (${clients}, seed ${seed})`;
}
