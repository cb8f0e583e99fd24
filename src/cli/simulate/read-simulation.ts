/** What `simulate` is asked for, read and checked: the scenario, the clients and the seed. */
import { readFile } from 'node:fs/promises';
import { OverrideError, withOverrides } from '../../engine/profiles/overrides.ts';
import type { Parameters } from '../../engine/profiles/parameters.ts';
import { PROFILES } from '../../engine/profiles/profiles.ts';
import { readScenario, type ScenarioMistake } from '../../simulator/scenario/read-scenario.ts';
import { ScenarioError } from '../../simulator/scenario/scenario-error.ts';
import type { Scenario } from '../../simulator/scenario/scenario.ts';
import { UsageError } from '../exit-code.ts';
import { nearest } from '../nearest.ts';

const DEFAULT_PROFILE = 'draft-v3';
const LARGEST_SEED = 0xffff_ffff;

export interface SimulatedClient {
  readonly profile: string;
  readonly parameters: Parameters;
}

export interface Simulation {
  readonly scenario: Scenario;
  /** What people call the scenario. */
  readonly name: string;
  readonly seed: number;
  /** At least one, each profile once. */
  readonly clients: readonly [SimulatedClient, ...SimulatedClient[]];
}

export interface SimulationArguments {
  readonly scenario: string;
  /** Names, with commas between them. */
  readonly profile?: string | undefined;
  readonly seed?: number | undefined;
}

/** @throws UsageError that says where the mistake is */
export async function readSimulation(args: SimulationArguments, stdin: NodeJS.ReadableStream): Promise<Simulation> {
  return simulationIn(await scenarioText(args.scenario, stdin), args);
}

/** The simulation of a scenario that has been read; `args.scenario` is what errors call it. @throws UsageError */
export function simulationIn(text: string, args: SimulationArguments): Simulation {
  if (args.seed !== undefined && !(Number.isInteger(args.seed) && args.seed >= 0 && args.seed <= LARGEST_SEED)) throw new UsageError(`--seed takes a whole number, 0 to ${LARGEST_SEED}`);
  const asked = args.profile === undefined ? undefined : profilesOf(args.profile);
  const scenario = scenarioIn(text, nameOf(args.scenario), (read) => mistakeIn(read, asked === undefined));
  const clients = (asked ?? [scenario.profile ?? DEFAULT_PROFILE]).map((profile) => ({ profile, parameters: withOverrides(parametersOf(profile), scenario.overrides) }));
  return { scenario, name: scenario.name || args.scenario, seed: args.seed ?? scenario.seed, clients: clients as [SimulatedClient, ...SimulatedClient[]] };
}

/** @throws UsageError */
export function profilesOf(list: string): readonly string[] {
  const names = [...new Set(list.split(',').map((name) => name.trim()))];
  for (const name of names) {
    const problem = profileProblem(name);
    if (problem !== undefined) throw new UsageError(`--profile: ${problem}`);
  }
  return names;
}

/** What profiles and parameters have to say about a scenario. */
function mistakeIn({ profile, overrides }: Scenario, usesProfile: boolean): ScenarioMistake | undefined {
  const problem = usesProfile && profile !== undefined ? profileProblem(profile) : undefined;
  if (problem !== undefined) return { path: ['profile'], problem };
  for (const [name, value] of Object.entries(overrides)) {
    try {
      withOverrides(parametersOf(DEFAULT_PROFILE), { [name]: value });
    } catch (error) {
      if (!(error instanceof OverrideError)) throw error;
      return { path: ['overrides', name], problem: error.message.replace(`overrides.${name}: `, '') };
    }
  }
  return undefined;
}

function profileProblem(name: string): string | undefined {
  const names = Object.keys(PROFILES);
  if (names.includes(name)) return undefined;
  const [near] = nearest(name, names);
  return `expected one of the profiles ${names.join(', ')}, found "${name}"${near === undefined ? '' : `; did you mean ${near}?`}`;
}

export function parametersOf(profile: string): Parameters {
  const parameters = PROFILES[profile];
  if (parameters === undefined) throw new Error(`no profile ${profile}`);
  return parameters;
}

/** @throws UsageError if there is no such file */
export async function scenarioText(path: string, stdin: NodeJS.ReadableStream): Promise<string> {
  try {
    return path === '-' ? await textOf(stdin) : await readFile(path, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${nameOf(path)}: ${UNREADABLE[code] ?? message}`, { cause: error });
  }
}

function nameOf(path: string): string {
  return path === '-' ? 'stdin' : path;
}

function scenarioIn(text: string, name: string, check: (scenario: Scenario) => ScenarioMistake | undefined): Scenario {
  try {
    return readScenario(text, name, check);
  } catch (error) {
    if (error instanceof ScenarioError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'is a directory, not a scenario',
  EACCES: 'not allowed to read it',
};

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) text += String(chunk);
  return text;
}
