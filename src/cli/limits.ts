/** The options that say how much of a log is taken. Hidden from ordinary help: the defaults are far above what browsers write. */
import type { Options } from 'yargs';
import type { Limits } from '../log-analysis.ts';
import { UsageError } from './exit-code.ts';

const LIMIT: Options = { type: 'string', group: 'Limits:', hidden: true, requiresArg: true };

export const limitOptions = {
  'max-size': { ...LIMIT, describe: 'Bytes of a log that comes compressed or through a pipe; default: 16G' },
  'max-ratio': { ...LIMIT, describe: 'Bytes of a compressed log to one byte as stored, from 256 MiB on; default: 300' },
  'max-event': { ...LIMIT, describe: 'Bytes of an event, or of its line; default: 16M' },
  'max-depth': { ...LIMIT, describe: 'Levels to which the parameters of an event nest; default: 200' },
  'max-text': { ...LIMIT, describe: 'Characters of one text among them; default: 4M' },
  'max-sources': { ...LIMIT, describe: 'Sources, of which each may become a request, a resolution or a race; default: 1000000' },
  'max-events': { ...LIMIT, describe: 'Events that tell something; default: 50000000' },
  'max-source-events': { ...LIMIT, describe: 'Of those, events of one source; default: 1000000' },
  'max-races': { ...LIMIT, describe: 'Races; default: 250000' },
  'max-findings': { ...LIMIT, describe: 'Findings, the gravest first; default: 10000' },
} as const satisfies Record<string, Options>;

type LimitOption = keyof typeof limitOptions;

const LIMIT_OF: Readonly<Record<LimitOption, keyof Limits>> = {
  'max-size': 'largestLog',
  'max-ratio': 'highestRatio',
  'max-event': 'longestEvent',
  'max-depth': 'deepestParams',
  'max-text': 'longestText',
  'max-sources': 'mostSources',
  'max-events': 'mostEvents',
  'max-source-events': 'mostEventsOfSource',
  'max-races': 'mostRaces',
  'max-findings': 'mostFindings',
};

/** Beyond these, what walks through values, or holds their text, breaks down. */
const HIGHEST: Partial<Readonly<Record<string, number>>> = { 'max-depth': 1000, 'max-event': 256 * 1024 ** 2 };

const UNITS: Readonly<Record<string, number>> = { '': 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 };

/** The limits that were given; `{}` for none. */
export function limitsOf(args: Readonly<Record<string, unknown>>): Partial<Limits> {
  const given = Object.entries(LIMIT_OF).flatMap(([option, limit]): [string, number][] => {
    const value = args[option];
    return typeof value === 'string' ? [[limit, limitOf(option, value)]] : [];
  });
  return Object.fromEntries(given);
}

function limitOf(option: string, text: string): number {
  const [, digits, unit = ''] = /^(\d{1,15})([KMG]?)$/i.exec(text) ?? [];
  const value = Number(digits) * (UNITS[unit.toUpperCase()] ?? Number.NaN);
  if (!(value >= 1)) throw new UsageError(`--${option} takes a whole number from 1 on, such as 500 or 64M`);
  const highest = HIGHEST[option];
  if (highest !== undefined && value > highest) throw new UsageError(`--${option} takes at most ${highest}`);
  return value;
}
