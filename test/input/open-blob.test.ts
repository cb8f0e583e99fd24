/** What a browser reads, a `Blob` or chunks of bytes, gives what a file gives. */
import { crc32 as crc32OfZlib, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/input/crc32.ts';
import { type LogBytes, openBlob } from '../../src/input/open-blob.ts';
import { type InputSummary, readInput } from '../../src/input/read-input.ts';
import { recorder } from '../netlog/reading.ts';
import { EVENT_COUNT, LOG, STORED, zip } from './compressed.ts';

async function read(bytes: LogBytes): Promise<InputSummary & { times: number[] }> {
  const { sink, got } = recorder();
  const summary = await readInput((limits) => openBlob(bytes, 'log', limits), sink);
  return { ...summary, times: got.events.map(({ time }) => time) };
}

/** The same piece of memory for every chunk, as a stream may do. */
async function* reusing(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const chunk = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    chunk.set(bytes.subarray(at, at + size));
    yield chunk.subarray(0, Math.min(size, bytes.length - at));
  }
}

const TIMES = Array.from({ length: EVENT_COUNT }, (_, i) => i);

/** What the streams of the web do not promise. */
const READABLE = STORED.filter(([what]) => !what.includes('several members'));

describe('a log stored', () => {
  it.each(READABLE)('%s is read from a Blob', async (_, bytes, compression) => {
    const { times, ...summary } = await read(new Blob([new Uint8Array(bytes)]));
    expect(times).toEqual(TIMES);
    expect(summary).toEqual({ complete: true, diagnostics: [], file: 'log', bytes: bytes.length, compression, events: EVENT_COUNT, logBytes: LOG.length });
  });

  it.each(READABLE)('%s is read from chunks', async (_, bytes, compression) => {
    for (const size of [7, bytes.length]) {
      expect(await read(reusing(bytes, size))).toMatchObject({ times: TIMES, complete: true, diagnostics: [], bytes: bytes.length, compression });
    }
  });
});

describe('a zip archive', () => {
  const blob = (bytes: Uint8Array): Blob => new Blob([new Uint8Array(bytes)]);
  const archive = zip([{ name: 'log.json', content: LOG }]);

  it('with something before it and a comment after it is read', async () => {
    const comment = Buffer.from('PK\x05\x06 is how its directory ends');
    const commented = Buffer.concat([archive, comment]);
    commented.writeUInt16LE(comment.length, archive.length - 2);
    expect((await read(blob(commented))).times).toEqual(TIMES);
  });

  it.each<[string, Buffer, string, RegExp]>([
    ['cut off', archive.subarray(0, -30), 'damaged-compression', /damaged one \(its directory is missing\)/],
    ['whose directory is elsewhere', withNumber(archive, archive.length - 6, 5), 'damaged-compression', /its directory is corrupt/],
    ['whose directory is beyond its end', withNumber(archive, archive.length - 6, 1_000_000), 'damaged-compression', /damaged one/],
    ['whose file is elsewhere', withNumber(archive, archive.indexOf('PK\x01\x02') + 42, 1), 'damaged-compression', /not where the directory says/],
    ['of the kind for more than 4 GiB', withNumber(archive, archive.length - 6, 0xffffffff), 'zip-member', /less than 4 GiB/],
    ['with several logs', zip([{ name: 'a.json', content: LOG }, { name: 'b.json', content: LOG }]), 'zip-member', /found 2 files \("a.json", "b.json"\)/],
    ['without files', zip([]), 'zip-member', /no files/],
    ['of a kind that nobody unpacks', zip([{ name: 'a', content: LOG, method: 12 }]), 'zip-member', /compressed by method 12/],
    ['encrypted', zip([{ name: 'a', content: LOG, encrypted: true }]), 'zip-member', /encrypted/],
  ])('%s is refused', async (_, bytes, code, message) => {
    await expect(read(blob(bytes))).rejects.toMatchObject({ name: 'NetLogError', code, message: expect.stringMatching(message) as unknown });
  });

  it('with a wrong checksum is called damaged', async () => {
    const wrong = withNumber(archive, archive.indexOf('PK\x01\x02') + 16, 12);
    const { times, complete, diagnostics } = await read(blob(wrong));
    expect({ times, complete }).toEqual({ times: TIMES, complete: false });
    expect(diagnostics[0]).toMatchObject({ code: 'damaged-compression', message: expect.stringContaining('wrong checksum') as unknown });
  });
});

it('an error of the one who brings the bytes is told as such', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield gzipSync(LOG).subarray(0, 100);
    throw new Error('the connection broke');
  }
  await expect(read(failing())).rejects.toMatchObject({ code: 'unreadable', message: expect.stringContaining('the connection broke') as unknown });
});

it('the checksum is that of zlib, in one piece or several', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array(), (first, second) => {
      expect(crc32(second, crc32(first, 0))).toBe(crc32OfZlib(second, crc32OfZlib(first)));
    }),
  );
});

function withNumber(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(value, at);
  return copy;
}
