/**
 * What a command has of its surroundings. Passed in as a value, so that a test runs the whole command
 * line in its own process.
 */
import { styleText } from 'node:util';
import { plainText } from '../report/plain-text.ts';
import { plainStyle, type Style, type Tone } from '../report/view.ts';

export interface TextStream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  /** Width of the terminal; absent for pipes and files. */
  readonly columns?: number;
}

export interface Io {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Interrupts whatever is going on. */
  readonly signal?: AbortSignal;
}

/** The width of pipes and files. */
const DEFAULT_WIDTH = 80;

export function terminalWidth(stream: TextStream): number {
  return stream.isTTY === true && stream.columns !== undefined && stream.columns > 0 ? stream.columns : DEFAULT_WIDTH;
}

type Format = Parameters<typeof styleText>[0];

const FORMATS: Readonly<Record<Tone, Format>> = {
  heading: 'bold',
  good: 'green',
  bad: 'red',
  warning: 'yellow',
  accent: 'cyan',
  dim: 'dim',
};

const terminalStyle: Style = (tone, text) => styleText(FORMATS[tone], text, { validateStream: false });

/** Colour for terminals; FORCE_COLOR and NO_COLOR decide otherwise, in Node's own order. */
export function styleFor(stream: TextStream, env: Io['env']): Style {
  return wantsColour(stream, env) ? terminalStyle : plainStyle;
}

function wantsColour(stream: TextStream, env: Io['env']): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** One clear line on stderr. */
export function warn(io: Io, message: string): void {
  io.stderr.write(`netlog-analyze: ${plainText(message)}\n`);
}
