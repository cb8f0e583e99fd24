/** The name of a run: what it was made from, so that the same input gives the same partition, whoever writes it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** Begins with a letter, so that no engine takes the ids of a data set for numbers. */
const PREFIX = 'r';
/** Hexadecimal digits: 64 bits, so that two of a million logs share an id once in 37 million data sets. */
const DIGITS = 16;

export interface RunIdOptions {
  /** The stretch of the log that is read, as text; none: all of it. */
  readonly window?: string;
  readonly signal?: AbortSignal | undefined;
}

/** Of the bytes of a file as they are stored: a log and its compressed copy are two runs. */
export async function runIdOf(path: string, { window = '', signal }: RunIdOptions = {}): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash, ...(signal === undefined ? [] : [{ signal }]));
  const content = hash.digest('hex');
  const id = window === '' ? content : createHash('sha256').update(`${content} ${window}`).digest('hex');
  return PREFIX + id.slice(0, DIGITS);
}
