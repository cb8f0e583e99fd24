/** Options that several commands share, and the one place that says what their values may be. */
import type { Options } from 'yargs';
import type { Selection } from '../report/selection.ts';
import type { ReadOptions } from './command.ts';
import { UsageError } from './exit-code.ts';

const FILTERS = 'Filters:';
const INPUT = 'Input:';
const OUTPUT = 'Output:';

export const windowOptions = {
  from: { type: 'number', group: INPUT, requiresArg: true, describe: 'Read as if the log began MS milliseconds after its first event' },
  to: { type: 'number', group: INPUT, requiresArg: true, describe: 'Read as if the log ended MS milliseconds after its first event' },
  strict: {
    type: 'boolean',
    group: INPUT,
    default: false,
    describe: 'End with exit code 4 if the log is incomplete (its results are still printed)',
  },
} as const satisfies Record<string, Options>;

export const outputOptions = {
  output: {
    alias: 'o',
    type: 'string',
    group: OUTPUT,
    requiresArg: true,
    describe: 'Write to FILE instead of stdout; the file appears whole or not at all',
  },
  force: { type: 'boolean', group: OUTPUT, default: false, describe: 'Let --output replace an existing file' },
  width: { type: 'number', group: OUTPUT, requiresArg: true, describe: 'Columns to fill with text; default: the terminal, or 80' },
} as const satisfies Record<string, Options>;

export const hostOption = {
  host: {
    type: 'string',
    array: true,
    group: FILTERS,
    requiresArg: true,
    describe: 'Only hosts that match a glob such as "*.example.com"; repeatable',
  },
} as const satisfies Record<string, Options>;

export const filterOptions = {
  ...hostOption,
  engine: {
    choices: ['hev3', 'hev2', 'legacy'] as const,
    array: true,
    group: FILTERS,
    requiresArg: true,
    describe: 'Only races of this engine, and what is linked to them; repeatable',
  },
  failed: { type: 'boolean', group: FILTERS, default: false, describe: 'Only what failed' },
  'slower-than': {
    type: 'number',
    group: FILTERS,
    requiresArg: true,
    describe: 'Only what took more than MS milliseconds; what never ended is left out',
  },
} as const satisfies Record<string, Options>;

export const topOption = (describe: string, fallback?: number) =>
  ({
    top: { type: 'number', group: FILTERS, requiresArg: true, describe, ...(fallback === undefined ? {} : { default: fallback }) },
  }) as const;

export function formatOption<const Formats extends readonly string[]>(formats: Formats) {
  return {
    format: {
      alias: 'f',
      choices: formats,
      default: formats[0] as Formats[number],
      group: OUTPUT,
      requiresArg: true,
      describe: 'How to print',
    },
  } as const;
}

export interface WindowArguments {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** The stretch of the log to read; `{}` for all of it. */
export function windowOf({ from, to }: WindowArguments): Pick<ReadOptions, 'window'> {
  const fromMs = millisArgument('--from', from);
  const toMs = millisArgument('--to', to);
  if (fromMs === undefined && toMs === undefined) return {};
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) throw new UsageError(`--from ${fromMs} must be before --to ${toMs}`);
  return { window: { ...(fromMs === undefined ? {} : { fromMs }), ...(toMs === undefined ? {} : { toMs }) } };
}

export interface FilterArguments {
  readonly host?: readonly string[] | undefined;
  readonly engine?: readonly Selection['engines'][number][] | undefined;
  readonly failed?: boolean | undefined;
  readonly slowerThan?: number | undefined;
}

export function selectionOf({ host = [], engine = [], failed = false, slowerThan }: FilterArguments): Selection {
  return { hosts: host, engines: engine, failed, slowerThanMs: millisArgument('--slower-than', slowerThan) };
}

/** How many rows: a whole number, 0 meaning all of them. */
export function topOf(top: number | undefined): number {
  if (top === undefined || top === 0) return Number.POSITIVE_INFINITY;
  if (!Number.isInteger(top) || top < 0) throw new UsageError('--top takes a whole number such as 10; 0 lists all');
  return top;
}

const LEAST_WIDTH = 40;

export function widthOf(width: number | undefined): number | undefined {
  if (width !== undefined && !(Number.isInteger(width) && width >= LEAST_WIDTH))
    throw new UsageError(`--width takes a whole number from ${LEAST_WIDTH} on`);
  return width;
}

function millisArgument(name: string, value: number | undefined): number | undefined {
  if (value !== undefined && !(Number.isFinite(value) && value >= 0))
    throw new UsageError(`${name} takes milliseconds: a number from 0 on`);
  return value;
}
