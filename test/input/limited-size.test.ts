/** A few kilobytes that unpack to terabytes, and a pipe that never ends, are read up to a limit, and no further. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InputLimits, INPUT_LIMITS, limitedSize } from '../../src/input/limited-size.ts';
import type { InputSummary } from '../../src/input/read-input.ts';
import { readNetLogFile } from '../../src/input/read-netlog-file.ts';
import type { Diagnostic } from '../../src/netlog/event.ts';
import { recorder } from '../netlog/reading.ts';
import { EVENT_COUNT, LOG, zip } from './compressed.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'netlog-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function readFile(bytes: Uint8Array, limits: Partial<InputLimits>): Promise<InputSummary> {
  const path = join(folder, 'log');
  writeFileSync(path, bytes);
  return readNetLogFile(path, recorder().sink, limits);
}

async function* endless(): AsyncGenerator<Uint8Array> {
  yield LOG.subarray(0, -3);
  for (;;) yield Buffer.from(',\n{"phase":0,"source":{"id":1,"type":0},"time":"99","type":0}');
}

describe('a log larger than the limit', () => {
  // Stored in one chunk each, so that a limit in the middle of it leaves nothing; hence the larger one.
  const large = Buffer.concat([LOG.subarray(0, -3), ...Array.from({ length: 20_000 }, () => Buffer.from(',\n{"phase":0,"source":{"id":1,"type":0},"time":"99","type":0}')), LOG.subarray(-3)]);

  it.each([
    ['gzip', gzipSync(large)],
    ['a zip archive', zip([{ name: 'log.json', content: large }])],
  ])('gives its first events: %s', async (_, bytes) => {
    const { events, complete, diagnostics } = await readFile(bytes, { largestLog: 700_000 });
    expect(events).toBeGreaterThan(EVENT_COUNT);
    expect(complete).toBe(false);
    expect(diagnostics[0]).toMatchObject({ code: 'too-large', severity: 'warning', message: expect.stringMatching(/^Only the first \d+ bytes of the log were read: it is larger than 700000 bytes \(--max-size\)\./) as unknown });
  });

  it('is no matter if it is a plain file, which is as large as it is', async () => {
    expect(await readFile(large, { largestLog: 1000 })).toMatchObject({ complete: true, diagnostics: [] });
  });

  it('ends a pipe that does not end by itself', async () => {
    const { events, diagnostics } = await readNetLogFile('-', recorder().sink, { stdin: endless(), largestLog: 1_000_000 });
    expect(events).toBeGreaterThan(10_000);
    expect(diagnostics.map(({ code }) => code)).toEqual(['too-large', 'truncated']);
  });
});

describe('the ratio of a log to what is stored', () => {
  const MEBIBYTE = 1024 ** 2;

  async function passedOf(mebibytes: number, stored: number): Promise<{ mebibytes: number; notes: Diagnostic[] }> {
    const notes: Diagnostic[] = [];
    async function* chunks(): AsyncGenerator<Uint8Array> {
      const chunk = new Uint8Array(MEBIBYTE);
      for (let i = 0; i < mebibytes; i++) yield chunk;
    }
    let passed = 0;
    for await (const chunk of limitedSize(chunks(), () => stored, INPUT_LIMITS, (note) => notes.push(note))) passed += chunk.length;
    return { mebibytes: passed / MEBIBYTE, notes };
  }

  it('ends what is made to fill a disk', async () => {
    const { mebibytes, notes } = await passedOf(1000, 300_000);
    expect(mebibytes).toBe(256);
    expect(notes).toMatchObject([{ code: 'too-large', message: expect.stringContaining('more than 300 times as large as it is stored (--max-ratio)') as unknown }]);
  });

  it('is no matter for what is small, or compressed as well as logs are', async () => {
    expect(await passedOf(256, 100)).toEqual({ mebibytes: 256, notes: [] });
    expect(await passedOf(600, 600 * MEBIBYTE * 0.02)).toEqual({ mebibytes: 600, notes: [] });
  });
});
