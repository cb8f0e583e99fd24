/** Input number `n` of a seed: a recorded stretch, mutated as a log, laid out, mutated as bytes, sometimes compressed and damaged again. */
import { gzipSync } from 'node:zlib';
import { storedZstd, zip } from '../input/compressed.ts';
import { layOut } from './lay-out.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateLog } from './mutate-log.ts';
import { type Random, randomFor } from './random.ts';
import type { LogValue } from './seed-logs.ts';

export interface FuzzInput {
  readonly bytes: Uint8Array;
  /** Read through a file as the command line does, and told to the end; slower. */
  readonly throughFile: boolean;
  /** How to cut the bytes into chunks. */
  readonly chunkSizes: readonly number[];
}

/** Once in how many inputs. */
const THROUGH_FILE = 40;

export function makeInput(seed: number, number: number, logs: readonly LogValue[]): FuzzInput {
  const random = randomFor(seed, number);
  const encode = (log: LogValue): Uint8Array => Buffer.from(layOut(log, random));
  const [start, other] = [random.pick(logs), random.pick(logs)];
  const text = encode(mutateLog(start, other, random));
  const bytes = random.once(3) ? text : mutateBytes(text, random.once(4) ? encode(other) : text, random);
  const chunkSizes = Array.from({ length: 1 + random.below(3) }, () => 1 + random.below(random.pick(random.once(8) ? [3] : [200, 2000])));
  if (!random.once(THROUGH_FILE)) return { bytes, throughFile: false, chunkSizes };
  return { bytes: compressed(bytes, random), throughFile: true, chunkSizes };
}

function compressed(bytes: Uint8Array, random: Random): Uint8Array {
  const stored = random.pick(WAYS)(bytes);
  return random.once(2) ? stored : mutateBytes(stored, gzipSync(bytes.subarray(0, 300)), random);
}

const WAYS: readonly ((bytes: Uint8Array) => Uint8Array)[] = [
  (bytes) => bytes,
  (bytes) => gzipSync(bytes),
  (bytes) => Buffer.concat([gzipSync(bytes.subarray(0, 1000)), gzipSync(bytes.subarray(1000))]),
  (bytes) => storedZstd(bytes),
  (bytes) => zip([{ name: 'log.json', content: bytes }]),
  (bytes) => zip([{ name: 'log', content: bytes, method: 0 }]),
  (bytes) => zip([{ name: 'a.json', content: bytes }, { name: 'b.json', content: bytes }]),
];
