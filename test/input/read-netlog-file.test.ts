/** A log is read from a file or stdin, however it is compressed, and whatever it is called. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputSummary } from '../../src/input/read-input.ts';
import { type ReadFileOptions, readNetLogFile } from '../../src/input/read-netlog-file.ts';
import type { NetLogEvent } from '../../src/netlog/event.ts';
import { recorder } from '../netlog/reading.ts';
import { EVENT_COUNT, LOG, STORED, zip } from './compressed.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'netlog-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes the bytes to a file and reads it. */
function readFile(bytes: Uint8Array, options: ReadFileOptions & { name?: string } = {}): Promise<InputSummary & { got: readonly NetLogEvent[] }> {
  const path = join(folder, options.name ?? 'log.json');
  writeFileSync(path, bytes);
  return readPath(path, options);
}

async function readPath(path: string, options: ReadFileOptions = {}): Promise<InputSummary & { got: readonly NetLogEvent[] }> {
  const { sink, got } = recorder();
  const summary = await readNetLogFile(path, sink, options);
  return { ...summary, got: got.events };
}

async function* pieces(bytes: Uint8Array, size = 100): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('a log stored', () => {
  it.each(STORED)('%s is read from a file, whatever its name', async (_, bytes, compression) => {
    for (const name of ['log.json', 'log.json.gz', 'log']) {
      const { got, events, ...summary } = await readFile(bytes, { name });
      expect(got.map(({ time }) => time)).toEqual(Array.from({ length: EVENT_COUNT }, (__, i) => i));
      expect(events).toBe(EVENT_COUNT);
      expect(summary).toEqual({ complete: true, diagnostics: [], file: join(folder, name), bytes: bytes.length, compression, logBytes: LOG.length });
    }
  });

  it.each(STORED)('%s is read from stdin', async (_, bytes, compression) => {
    for (const size of [1, 100, bytes.length]) {
      const summary = await readPath('-', { stdin: pieces(bytes, size) });
      expect(summary).toMatchObject({ events: EVENT_COUNT, complete: true, diagnostics: [], file: 'stdin', bytes: bytes.length, compression });
    }
  });

  it.each(STORED)('%s tells how far the reading is', async (_, bytes) => {
    const progress: [number, number | undefined][] = [];
    await readFile(bytes, { onProgress: (...step) => progress.push(step) });
    const [read, total] = progress.at(-1)!;
    expect(total).toBe(bytes.length);
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThanOrEqual(bytes.length);
    await readPath('-', { stdin: pieces(bytes), onProgress: (__, unknown) => expect(unknown).toBeUndefined() });
  });
});

describe('what cannot be read', () => {
  it('is named, with what to do', async () => {
    const missing = join(folder, 'missing.json');
    await expect(readPath(missing)).rejects.toMatchObject({
      name: 'NetLogError',
      code: 'no-such-file',
      message: `Expected a NetLog file, found no file "${missing}". Check its name.`,
    });
    mkdirSync(join(folder, 'sub'));
    await expect(readPath(join(folder, 'sub'))).rejects.toMatchObject({ code: 'is-a-directory' });
    await expect(readPath(join(folder, 'log\0'))).rejects.toMatchObject({ code: 'unreadable' });
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield LOG.subarray(0, 500);
      throw new Error('read ECONNRESET');
    }
    await expect(readPath('-', { stdin: failing() })).rejects.toMatchObject({ code: 'unreadable', message: expect.stringContaining('"stdin"') as unknown });
  });

  it('is empty, plain or compressed', async () => {
    for (const bytes of [Buffer.of(), gzipSync('')]) await expect(readFile(bytes)).rejects.toMatchObject({ code: 'empty' });
  });

  it('is no log, compressed or not', async () => {
    for (const bytes of [Buffer.from('hello'), gzipSync('hello'), zip([{ name: 'x', content: Buffer.from('hello') }])]) {
      await expect(readFile(bytes)).rejects.toMatchObject({ code: 'not-json' });
    }
  });
});

it('stops when it is told to', async () => {
  const controller = new AbortController();
  const reading = readFile(gzipSync(LOG), { signal: controller.signal, onProgress: () => controller.abort(new Error('enough')) });
  await expect(reading).rejects.toThrow('enough');
  await expect(readFile(LOG, { signal: AbortSignal.abort(new Error('not at all')) })).rejects.toThrow('not at all');
});
