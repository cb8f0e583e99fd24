/** An input that can be read more than once: a path as it is, stdin by way of a temporary file. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Io } from '../io.ts';

/** Calls `use` with a path to read, and leaves nothing behind. The copy of stdin is readable by its owner only. */
export async function withReplayableInput<Result>(path: string, io: Io, use: (path: string) => Promise<Result>): Promise<Result> {
  if (path !== '-') return use(path);
  const folder = await mkdtemp(join(tmpdir(), 'netlog-analyze-'));
  try {
    const copy = join(folder, 'stdin');
    await pipeline(io.stdin, createWriteStream(copy, { mode: 0o600 }), ...(io.signal === undefined ? [] : [{ signal: io.signal }]));
    return await use(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
