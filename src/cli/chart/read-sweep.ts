/** Reads `--sweep NAME=FROM..TO:STEP`, and knows how each NAME changes a simulation. */
import { familyOf } from '../../address.ts';
import { OverrideError, withOverrides } from '../../engine/profiles/overrides.ts';
import type { Scenario } from '../../simulator/scenario/scenario.ts';
import { UsageError } from '../exit-code.ts';
import { nearest } from '../nearest.ts';
import type { Simulation } from '../simulate/read-simulation.ts';

export interface SweepArgument {
  /** The name with its unit. */
  readonly title: string;
  /** From the least up. */
  readonly values: readonly number[];
  /** The simulation with the parameter at a value. @throws UsageError if it cannot be */
  readonly apply: (simulation: Simulation, value: number) => Simulation;
}

/** Of one sweep; each is a run for every profile. */
const MOST_VALUES = 1000;

const FORM = 'expected NAME=FROM..TO:STEP, such as ipv6DelayMs=0..400:25';

export function readSweep(text: string): SweepArgument {
  const [, name = '', from = '', to = '', step = ''] = /^([A-Za-z0-9]+)=(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (name === '') throw new UsageError(`--sweep: ${FORM}, found "${text}"`);
  return { title: titleOf(name), values: valuesOf(Number(from), Number(to), Number(step), `--sweep: ${FORM}, found "${text}"`), apply: (simulation, value) => withParameter(simulation, name, value, '--sweep') };
}

/** With its unit, if the name tells it. */
export function titleOf(name: string): string {
  return name.endsWith('Ms') ? `${name} (ms)` : name;
}

/** The simulation with what `name` stands for at a value. @throws UsageError of `option`, if it cannot be */
export function withParameter(simulation: Simulation, name: string, value: number, option: string): Simulation {
  const change = Object.hasOwn(SCENARIO_PARAMETERS, name) ? SCENARIO_PARAMETERS[name] : undefined;
  return change === undefined ? overridden(simulation, name, value, option) : { ...simulation, scenario: change(simulation.scenario, value, option) };
}

/** From the least up, of `FROM`, `TO` and `STEP`; `form` is what to say of others. @throws UsageError */
export function valuesOf(from: number, to: number, step: number, form: string): number[] {
  if (!(step > 0) || to < from) throw new UsageError(`${form}: TO must not be below FROM, and STEP above 0`);
  // A little more than the last step, so that 0..1:0.1 ends with 1 whatever the rounding.
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > MOST_VALUES) throw new UsageError(`${form}: at most ${MOST_VALUES} values, found ${count}`);
  return Array.from({ length: count }, (_, i) => Math.round((from + i * step) * 1e6) / 1e6);
}

/** `option`: what the user gave it with, for errors. */
type Change = (scenario: Scenario, value: number, option: string) => Scenario;

/** What varies in the network. A delay stands before the scenario's own rules: for the packets and queries that it fits, it counts and they do not. */
const SCENARIO_PARAMETERS: Readonly<Record<string, Change>> = {
  ipv6DelayMs: serversDelayed('ipv6'),
  ipv4DelayMs: serversDelayed('ipv4'),
  quicDelayMs: (scenario, delayMs, option) => withNetworkRule(scenario, { transport: 'udp', delayMs, to: [...new Set(scenario.servers.filter(({ protocols }) => protocols.includes('h3')).flatMap(({ addresses }) => addresses))] }, `${option}: no server of the scenario speaks HTTP/3`),
  aDelayMs: answersDelayed('A'),
  aaaaDelayMs: answersDelayed('AAAA'),
  httpsDelayMs: answersDelayed('HTTPS'),
  rttMs: (scenario, rttMs) => ({ ...scenario, link: { ...scenario.link, rttMs } }),
  lossRate: (scenario, lossRate, option) => {
    if (lossRate > 1) throw new UsageError(`${option} lossRate: expected shares from 0 to 1, found ${lossRate}`);
    return { ...scenario, link: { ...scenario.link, lossRate } };
  },
};

/** Once for each round trip: what the servers send is late. */
function serversDelayed(family: 'ipv4' | 'ipv6'): Change {
  return (scenario, delayMs, option) => {
    const to = [...new Set(scenario.servers.flatMap(({ addresses }) => addresses))].filter((address) => familyOf(address) === family);
    return withNetworkRule(scenario, { to, delayMs }, `${option}: no server of the scenario has an ${family === 'ipv6' ? 'IPv6' : 'IPv4'} address`);
  };
}

function withNetworkRule(scenario: Scenario, { to, delayMs, transport }: { readonly to: readonly string[]; readonly delayMs: number; readonly transport?: 'udp' }, without: string): Scenario {
  if (to.length === 0) throw new UsageError(without);
  const rule = { action: 'delay', delayMs, to, direction: 'fromServer', packets: 'all', fromMs: 0, ...(transport === undefined ? {} : { transport }) } as const;
  return { ...scenario, network: { ...scenario.network, rules: [rule, ...scenario.network.rules] } };
}

function answersDelayed(type: 'A' | 'AAAA' | 'HTTPS'): Change {
  return (scenario, delayMs) => ({ ...scenario, dns: { ...scenario.dns, rules: [{ type, action: 'answer', delayMs }, ...scenario.dns.rules] } });
}

function overridden(simulation: Simulation, name: string, value: number, option: string): Simulation {
  try {
    const [first, ...others] = simulation.clients.map(({ profile, parameters }) => ({ profile, parameters: withOverrides(parameters, { [name]: value }) }));
    if (first === undefined) throw new Error('a simulation without a client');
    return { ...simulation, clients: [first, ...others] };
  } catch (error) {
    if (!(error instanceof OverrideError)) throw error;
    const [near] = nearest(name, Object.keys(SCENARIO_PARAMETERS), 1);
    throw new UsageError(`${option}: ${error.message.replace('overrides.', '')}, or ${Object.keys(SCENARIO_PARAMETERS).join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`, { cause: error });
  }
}
