/** The files that are measured: made of the sample when they are asked for, in a folder that is removed afterwards. */
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { amplify } from './amplify.mjs';
import { withPayload } from './payload.mjs';
import { LAYOUTS, sampleText } from './sample.mjs';

/** A file system that is filled to the brim harms others. */
const ROOM_TO_LEAVE = 1e9;

/** There is no room for a file; what needs it cannot be measured here. */
export class NoRoom extends Error {}

/** @typedef {{ readonly path: string, readonly bytes: number }} Input `bytes`: its size as stored. */

/**
 * Calls `use` with a maker of inputs, and removes them when it is done.
 * @template Result
 * @param {AbortSignal} signal stops the making
 * @param {(inputs: Inputs) => Promise<Result>} use
 */
export async function withInputs(signal, use) {
  const folder = mkdtempSync(join(tmpdir(), 'netlog-bench-'));
  try {
    return await use(new Inputs(folder, signal));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export class Inputs {
  #folder;
  #signal;
  #made = 0;

  /**
   * @param {string} folder
   * @param {AbortSignal} signal
   */
  constructor(folder, signal) {
    this.#folder = folder;
    this.#signal = signal;
  }

  /**
   * A log of about `bytes` bytes. Throws `NoRoom`.
   * @param {number} bytes
   * @param {{ readonly layout?: keyof typeof LAYOUTS, readonly payload?: boolean }} [form] `payload`: as in capture mode Everything
   */
  async log(bytes, { layout = 'lines', payload = false } = {}) {
    const text = sampleText();
    return this.#write(bytes, Readable.from(amplify(LAYOUTS[layout](payload ? withPayload(text) : text), bytes), { objectMode: false }));
  }

  /**
   * @param {Input} input
   * @returns {Promise<Input>}
   */
  async gzip({ path, bytes }) {
    return this.#write(bytes, createReadStream(path), createGzip());
  }

  /**
   * @param {number} bytes the most that it may become
   * @param {import('node:stream').Readable} source
   * @param {import('node:stream').Duplex[]} through
   * @returns {Promise<Input>}
   */
  async #write(bytes, source, ...through) {
    const { bavail, bsize } = statfsSync(this.#folder);
    if (bavail * bsize < bytes + ROOM_TO_LEAVE) {
      throw new NoRoom(`needs ${gigabytes(bytes)}, and ${gigabytes(ROOM_TO_LEAVE)} to spare, in ${tmpdir()}, which has ${gigabytes(bavail * bsize)}`);
    }
    const path = join(this.#folder, `${this.#made++}`);
    await pipeline([source, ...through, createWriteStream(path)], { signal: this.#signal });
    return { path, bytes: statSync(path).size };
  }
}

/** @param {number} bytes */
function gigabytes(bytes) {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
