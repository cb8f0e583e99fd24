/** The key of pseudonyms, as a digest: from a file, or a fresh one that nobody will have again. */
import { createHmac, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Digest } from '../../redact/pseudonyms/digest.ts';
import { UsageError } from '../exit-code.ts';

/** Shorter ones can be guessed. */
const SHORTEST_KEY = 16;

export async function readDigest(path: string | undefined): Promise<Digest> {
  const key = path === undefined ? randomBytes(32) : await readKey(path);
  return (text) => createHmac('sha256', key).update(text).digest();
}

async function readKey(path: string): Promise<Uint8Array> {
  const key = await readFile(path).catch((error: unknown) => {
    throw new UsageError(`--key ${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  if (key.length < SHORTEST_KEY) throw new UsageError(`--key ${path}: expected a key of at least ${SHORTEST_KEY} bytes, found ${key.length}`);
  return key;
}
