/** What `--vary PATH=FROM:TO:STEP` varies, and a simulation with it at a value. */
import { parseDocument } from 'yaml';
import { titleOf, valuesOf, withParameter } from '../chart/read-sweep.ts';
import { UsageError } from '../exit-code.ts';
import { type Simulation, type SimulationArguments, simulationIn } from '../simulate/read-simulation.ts';

export interface Varied {
  /** A field of the scenario, as `link.rttMs` or `network.rules.0.delayMs`; or a name without dots, as `chart --sweep` takes. */
  readonly path: string;
  /** The path with its unit. */
  readonly title: string;
  /** From the least up. */
  readonly values: readonly number[];
}

export interface Setting {
  readonly path: string;
  readonly value: number;
}

const FORM = '--vary: expected PATH=FROM:TO:STEP, such as ipv6DelayMs=0:400:25 or link.rttMs=10:200:10';

/** @throws UsageError */
export function readVaried(text: string): Varied {
  const [, path = '', from = '', to = '', step = ''] = /^([A-Za-z]\w*(?:\.\w+)*)=(\d+(?:\.\d+)?):(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  const form = `${FORM}, found "${text}"`;
  if (path === '') throw new UsageError(form);
  return { path, title: titleOf(path), values: valuesOf(Number(from), Number(to), Number(step), form) };
}

/** The simulation of a scenario's text with everything varied set. @throws UsageError if the scenario cannot be so */
export function simulationWith(text: string, settings: readonly Setting[], args: SimulationArguments): Simulation {
  const fields = settings.filter(({ path }) => isField(path));
  const simulation = simulationIn(fields.length === 0 ? text : withFields(text, fields), args);
  return settings.filter(({ path }) => !isField(path)).reduce((before, { path, value }) => withParameter(before, path, value, '--vary'), simulation);
}

function isField(path: string): boolean {
  return path.includes('.');
}

/** Before the scenario is read, so that every value is checked as one in the file is. */
function withFields(text: string, fields: readonly Setting[]): string {
  const document = parseDocument(text);
  // What is no YAML is told by whoever reads it as a scenario.
  if (document.errors.length > 0) return text;
  for (const { path, value } of fields) {
    const keys = path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));
    try {
      document.setIn(keys, value);
    } catch (error) {
      throw new UsageError(`--vary ${path}: the scenario has no such field`, { cause: error });
    }
  }
  return document.toString();
}
