/** The charts of simulations: runs a scenario under several profiles, or over and over with a parameter varied. */
import { familyOf } from '../../address.ts';
import { PROFILES } from '../../engine/profiles/profiles.ts';
import type { SimulationChartKind } from '../../report/charts/charts.ts';
import type { Theme } from '../../report/charts/palette.ts';
import { profileComparison, type ProfileRow } from '../../report/charts/profile-comparison.ts';
import { sweep, type SweepRow } from '../../report/charts/sweep.ts';
import type { RequestOutcome } from '../../simulator/outcomes/request-outcome.ts';
import { UsageError } from '../exit-code.ts';
import { compareProfiles, type ComparedRequest } from '../simulate/comparison.ts';
import { readSimulation, type Simulation } from '../simulate/read-simulation.ts';
import { readSweep, type SweepArgument } from './read-sweep.ts';
import { SWEEP_QUANTITIES } from './sweep-quantities.ts';
import type { NamedChart } from './write-charts.ts';

export interface SimulationChartArguments {
  readonly trace: readonly string[];
  readonly profile?: string | undefined;
  readonly seed?: number | undefined;
  readonly sweep?: string | undefined;
  readonly quantity: string;
}

/** @throws UsageError that says where the mistake is */
export async function simulationCharts(args: SimulationChartArguments, kinds: readonly SimulationChartKind[], theme: Theme, stdin: NodeJS.ReadableStream): Promise<NamedChart[]> {
  const wanted = args.sweep === undefined ? undefined : readSweep(args.sweep);
  const everyProfile = kinds.includes('profile-comparison') && args.profile === undefined ? { profile: Object.keys(PROFILES).join(',') } : {};
  const simulation = await readSimulation({ scenario: args.trace[0] ?? '', profile: args.profile, seed: args.seed, ...everyProfile }, stdin);
  return kinds.map((kind) => {
    if (kind === 'profile-comparison') return { name: kind, specification: profileComparison(simulation.name, profileRows(compareProfiles(simulation)), theme) };
    if (wanted === undefined) throw new UsageError('--kind sweep and --sweep NAME=FROM..TO:STEP go together');
    const quantity = SWEEP_QUANTITIES[args.quantity];
    if (quantity === undefined) throw new Error(`no quantity ${args.quantity}`);
    const rows = sweepRows(simulation, wanted, quantity.of);
    return { name: kind, specification: sweep({ scenario: simulation.name, parameter: wanted.title, quantity: quantity.title, rows }, theme) };
  });
}

const PURPOSES = { load: 'Request', preconnect: 'Preconnect', resolve: 'Resolution' } as const;

/** Requests that look alike are numbered: the first of one profile goes with the first of the others. */
function profileRows(compared: readonly ComparedRequest[]): ProfileRow[] {
  const seen = new Map<string, number>();
  // A resolution asks for no connection.
  return compared.filter(({ outcome }) => outcome.purpose !== 'resolve').map(({ profile, outcome }) => {
    const name = `${PURPOSES[outcome.purpose]} ${outcome.url}`;
    const count = (seen.get(`${profile} ${name}`) ?? 0) + 1;
    seen.set(`${profile} ${name}`, count);
    return { profile, request: count === 1 ? name : `${name} (${count})`, ...resultOf(outcome) };
  });
}

function resultOf({ connection, ended, error, beganAtMs, race }: RequestOutcome): Omit<ProfileRow, 'profile' | 'request'> {
  const attempts = race === undefined ? {} : { attempts: race.started };
  if (connection !== undefined) return { connectedMs: connection.afterMs, ...winnerFamily(connection), transport: connection.endpoint.transport, reused: connection.reused, ...attempts };
  return { ...attempts, ...(ended === undefined ? {} : { failedMs: ended.atMs - beganAtMs }), ...(error === undefined ? {} : { error }) };
}

function winnerFamily({ endpoint }: NonNullable<RequestOutcome['connection']>): { family?: 'ipv4' | 'ipv6' } {
  const family = familyOf(endpoint.ip.address);
  return family === undefined ? {} : { family };
}

/** Each value and each profile is one run; its first request is the one measured. */
function sweepRows(simulation: Simulation, { values, apply }: SweepArgument, quantityOf: (outcome: RequestOutcome) => number | undefined): SweepRow[] {
  return values.flatMap((value) => {
    const loads = compareProfiles(apply(simulation, value)).filter(({ outcome }) => outcome.purpose === 'load');
    const firsts = loads.filter(({ profile }, i) => loads.findIndex((other) => other.profile === profile) === i);
    return firsts.map(({ profile, outcome }): SweepRow => {
      const result = quantityOf(outcome);
      return { profile, value, ...(result === undefined ? {} : { result }), ...(outcome.connection === undefined ? {} : winnerFamily(outcome.connection)) };
    });
  });
}
