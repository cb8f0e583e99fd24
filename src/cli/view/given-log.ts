/** The one log that the page may fetch: opened once, so that whatever its path leads to later stays out of reach. */
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { UnreadableTrace, unreadableReason } from '../read-report.ts';

export interface GivenLog {
  /** The path as given. */
  readonly name: string;
  /** Bytes as stored, at this moment: the log may still be written. */
  readonly size: () => Promise<number>;
  /** The first `size` bytes. */
  readonly read: (size: number) => Readable;
  readonly close: () => Promise<void>;
}

/** @throws UnreadableTrace if there is no such file */
export async function openGivenLog(path: string, name: string): Promise<GivenLog> {
  try {
    const handle = await open(path);
    const kind = await handle.stat();
    if (!kind.isFile()) {
      await handle.close();
      throw new UnreadableTrace(`${name}: ${kind.isDirectory() ? 'is a directory, not a NetLog' : 'is no file that can be read twice; view - reads stdin'}`);
    }
    return {
      name,
      size: async () => (await handle.stat()).size,
      read: (size) => handle.createReadStream({ autoClose: false, start: 0, end: size - 1 }),
      close: () => handle.close(),
    };
  } catch (error) {
    const reason = unreadableReason(error);
    throw reason === undefined ? error : new UnreadableTrace(`${name}: ${reason}`, { cause: error });
  }
}
