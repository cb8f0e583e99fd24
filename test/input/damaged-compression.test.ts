/** Compressed logs that are cut off or corrupt give what can be decompressed, and say so. */
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InputSummary } from '../../src/input/read-input.ts';
import { readNetLogFile } from '../../src/input/read-netlog-file.ts';
import { recorder } from '../netlog/reading.ts';
import { EVENT_COUNT, LOG, storedZstd, zip } from './compressed.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'netlog-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function readFile(bytes: Uint8Array): Promise<InputSummary> {
  const path = join(folder, 'log');
  writeFileSync(path, bytes);
  return readNetLogFile(path, recorder().sink);
}

/** Where Linux lists what a process has open. */
const OPEN_FILES = '/proc/self/fd';

function openFiles(): string[] {
  return readdirSync(OPEN_FILES).flatMap((fd) => {
    try {
      return [readlinkSync(join(OPEN_FILES, fd))];
    } catch {
      return [];
    }
  });
}

/** Like a log, but hard to compress, so that there is much of it. */
const LONG_LOG = Buffer.from(
  LOG.toString().replaceAll(/\{("phase":0.*?"time":"(\d+)")/g, (_, event: string, i: string) => `{"params":{"x":"${noise(Number(i))}"},${event}`),
);

/** The same letters and digits each time, in no order that a compressor would see. */
function noise(seed: number): string {
  let state = seed + 1;
  return Array.from({ length: 400 }, () => ((state = (state * 48_271) % 2_147_483_647) % 36).toString(36)).join('');
}

function corrupted(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xff, at, at + 30);
  return copy;
}

const stored = {
  gzip: gzipSync(LONG_LOG),
  zstd: storedZstd(LONG_LOG),
  zip: zip([{ name: 'log.json', content: LONG_LOG }]),
};
const middle = (bytes: Buffer): number => bytes.length >> 1;

describe('a compressed log', () => {
  it.each([
    ['gzip cut off', stored.gzip.subarray(0, middle(stored.gzip))],
    ['gzip corrupt', corrupted(stored.gzip, middle(stored.gzip))],
    ['zstd cut off', stored.zstd.subarray(0, middle(stored.zstd))],
    ['a corrupt zip member', corrupted(stored.zip, middle(stored.zip))],
  ])('gives the events before the damage: %s', async (_, bytes) => {
    const { events, complete, diagnostics } = await readFile(bytes);
    expect(events).toBeGreaterThan(EVENT_COUNT / 4);
    expect(events).toBeLessThan(EVENT_COUNT);
    expect(complete).toBe(false);
    expect(diagnostics[0]).toMatchObject({
      code: 'damaged-compression',
      severity: 'warning',
      message: expect.stringMatching(/^The (gzip|zstd|zip) data is cut off or damaged.* \(.+\)\. The first \d+ bytes of the log were decompressed and used\.$/) as unknown,
    });
  });

  it('is called damaged if its checksum is wrong, even if nothing else is', async () => {
    const bytes = zip([{ name: 'log.json', content: LOG, method: 0 }]);
    const at = bytes.indexOf('"time":"99"') + 8;
    bytes.write('98', at);
    const { events, complete, diagnostics } = await readFile(bytes);
    expect(events).toBe(EVENT_COUNT);
    expect(complete).toBe(false);
    expect(diagnostics[0]?.message).toContain('wrong checksum');
  });

  it.skipIf(!existsSync(OPEN_FILES))('is closed, however the reading ends', async () => {
    for (const bytes of Object.values(stored)) {
      for (let at = 100; at < bytes.length; at += 3000) await readFile(corrupted(bytes, at)).catch(() => undefined);
    }
    await expect.poll(() => openFiles().filter((path) => path.startsWith(folder))).toEqual([]);
  });

  it('of which only the checksum is missing is read, and called incomplete', async () => {
    const { events, complete, diagnostics } = await readFile(stored.gzip.subarray(0, -6));
    expect(events).toBe(EVENT_COUNT);
    expect(complete).toBe(false);
    expect(diagnostics.map(({ code }) => code)).toEqual(['damaged-compression']);
  });

  it('of which nothing can be decompressed is refused', async () => {
    const useless = [stored.gzip.subarray(0, 12), corrupted(stored.gzip, 8), stored.zstd.subarray(0, 7), stored.zip.subarray(0, -30), corrupted(stored.zip, 0).fill('PK\x03\x04', 0, 4)];
    for (const bytes of useless) await expect(readFile(bytes)).rejects.toMatchObject({ name: 'NetLogError', code: 'damaged-compression' });
  });
});

describe('a zip archive', () => {
  const entry = (name: string): { name: string; content: Buffer } => ({ name, content: LOG });

  it('with several logs is refused with their names', async () => {
    await expect(readFile(zip([entry('a.json'), entry('b.json'), entry('c.txt')]))).rejects.toMatchObject({
      code: 'zip-member',
      message: 'Expected one NetLog in the zip archive, found 2 files ("a.json", "b.json"). Unpack it and name the one to read.',
    });
    const many = zip(Array.from({ length: 9 }, (_, i) => entry(`${i}.log`)));
    await expect(readFile(many)).rejects.toThrow('found 9 files ("0.log", "1.log", "2.log", "3.log", "4.log", ...)');
  });

  it('without files is refused', async () => {
    for (const files of [[], [{ ...entry('a/'), method: 0 }]]) {
      await expect(readFile(zip(files))).rejects.toMatchObject({ code: 'zip-member', message: expect.stringContaining('no files') as unknown });
    }
  });

  it('with a member that cannot be unpacked is refused', async () => {
    await expect(readFile(zip([{ ...entry('a.json'), method: 12 }]))).rejects.toThrow('compressed by method 12');
    await expect(readFile(zip([{ ...entry('a.json'), encrypted: true }]))).rejects.toThrow('encrypted');
  });
});
