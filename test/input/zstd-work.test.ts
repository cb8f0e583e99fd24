/** A zstd stream that asks for too much memory, or for too much work, is stopped; others pass. */
import { describe, expect, it } from 'vitest';
import { decodeZstd } from '../../src/input/decode-zstd.ts';
import { LOG, ZSTD_LOG, storedZstd } from './compressed.ts';

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];
/** No checksum, no size, no dictionary: a window descriptor follows. */
const PLAIN = 0;
/** Exponent 13: 8 MiB; exponent 21: 2 GiB. RFC 8878, section 3.1.1.1.2. */
const WINDOW_8_MIB = 13 << 3;
const WINDOW_2_GIB = 21 << 3;
/** A block that is not the last and repeats one byte once. */
const TINY_BLOCK = [(1 << 3) | (1 << 1), 0, 0, 0x20];

async function outcome(bytes: Uint8Array): Promise<{ length: number; damage: string | undefined }> {
  let length = 0;
  let damage: string | undefined;
  async function* stored(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  for await (const chunk of decodeZstd(stored(), (reason) => (damage = reason))) length += chunk.length;
  return { length, damage };
}

describe('a zstd stream', () => {
  it('passes, in one frame or several, with skippable ones between', async () => {
    const skippable = Uint8Array.of(0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3);
    for (const bytes of [ZSTD_LOG, storedZstd(LOG), storedZstd(LOG, 50)]) expect(await outcome(bytes)).toEqual({ length: LOG.length, damage: undefined });
    const several = Buffer.concat([storedZstd(LOG), skippable, ZSTD_LOG]);
    expect(await outcome(several)).toEqual({ length: LOG.length * 2, damage: undefined });
  });

  it('that asks for a window of two gigabytes is stopped, in its first frame or a later one', async () => {
    const greedy = Uint8Array.from([...MAGIC, PLAIN, WINDOW_2_GIB, ...Array.from({ length: 50 }, () => TINY_BLOCK).flat()]);
    expect((await outcome(greedy)).damage).toMatch(/needs a window of 2147483648 bytes/);
    expect((await outcome(Buffer.concat([storedZstd(LOG), greedy]))).damage).toMatch(/needs a window of 2147483648 bytes/);
  });

  it('of blocks that each move a whole window for one byte is stopped', async () => {
    const laborious = Uint8Array.from([...MAGIC, PLAIN, WINDOW_8_MIB, ...Array.from({ length: 100_000 }, () => TINY_BLOCK).flat()]);
    const { length, damage } = await outcome(laborious);
    expect(damage).toMatch(/so many and so small/);
    expect(length).toBeLessThan(10_000);
  });
});
