/** The work of the `simulate` command: scenario in, NetLog out. */
import { readFile } from 'node:fs/promises';
import { OverrideError, withOverrides } from '../../engine/profiles/overrides.ts';
import type { Parameters } from '../../engine/profiles/parameters.ts';
import { PROFILES } from '../../engine/profiles/profiles.ts';
import { writeNetLog } from '../../netlog/write-netlog.ts';
import { TOOL } from '../../report/tool.ts';
import { logSimulation } from '../../simulator/log-simulation.ts';
import { readScenario } from '../../simulator/scenario/read-scenario.ts';
import { ScenarioError } from '../../simulator/scenario/scenario-error.ts';
import type { Scenario } from '../../simulator/scenario/scenario.ts';
import type { Context } from '../command.ts';
import { ExitCode, UsageError } from '../exit-code.ts';
import { nearest } from '../nearest.ts';
import { openOutput } from '../output.ts';

const DEFAULT_PROFILE = 'draft-v3';

export interface SimulateArguments {
  readonly scenario: string;
  readonly profile?: string | undefined;
  readonly seed?: number | undefined;
  readonly output?: string | undefined;
  readonly force: boolean;
}

export async function runSimulation(args: SimulateArguments, { io }: Context): Promise<ExitCode> {
  const scenario = await scenarioIn(args.scenario, io.stdin);
  const seed = args.seed ?? scenario.seed;
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffff_ffff) throw new UsageError(`--seed takes a whole number, 0 to 4294967295, not ${seed}`);
  const profile = args.profile ?? scenario.profile ?? DEFAULT_PROFILE;
  const parameters = parametersOf(profile, scenario, args.scenario);
  const out = await openOutput(args, io);
  try {
    const chunks: string[] = [];
    const subject = `${scenario.name || args.scenario}, profile ${profile}, seed ${seed}`;
    logSimulation(scenario, { parameters, seed, version: TOOL.version, subject }, writeNetLog((text) => chunks.push(text)));
    for (const chunk of chunks) await out.write(chunk);
    await out.finish();
  } catch (error) {
    await out.discard();
    throw error;
  }
  return ExitCode.done;
}

async function scenarioIn(path: string, stdin: NodeJS.ReadableStream): Promise<Scenario> {
  const name = path === '-' ? 'stdin' : path;
  let text: string;
  try {
    text = path === '-' ? await textOf(stdin) : await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${name}: ${(error as Error).message}`, { cause: error });
  }
  try {
    return readScenario(text, name);
  } catch (error) {
    if (error instanceof ScenarioError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) text += String(chunk);
  return text;
}

function parametersOf(profile: string, { overrides }: Scenario, file: string): Parameters {
  const parameters = Object.hasOwn(PROFILES, profile) ? PROFILES[profile] : undefined;
  if (parameters === undefined) {
    const names = Object.keys(PROFILES);
    const [near] = nearest(profile, names);
    throw new UsageError(`expected one of the profiles ${names.join(', ')}, found "${profile}"${near === undefined ? '' : `; did you mean ${near}?`}`);
  }
  try {
    return withOverrides(parameters, overrides);
  } catch (error) {
    if (error instanceof OverrideError) throw new UsageError(`${file}: ${error.message}`, { cause: error });
    throw error;
  }
}
