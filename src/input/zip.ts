/** Finds the log in a zip archive that is a file, or held in memory. */
import { type Entry, type ZipFile, fromBufferPromise, openPromise } from 'yauzl';
import { NetLogError } from '../netlog/errors.ts';
import { DEFLATED, type ZipEntry, type ZipMember, chooseMember, damagedArchive } from './zip-member.ts';

/**
 * Opens the one member of an archive that can be a log. The archive is closed when the member has been read. Throws a
 * `NetLogError` with the code `damaged-compression` if the archive cannot be read, or that of `chooseMember`.
 */
export async function openZip(archive: string | Buffer): Promise<ZipMember> {
  const options = { lazyEntries: true, autoClose: false };
  try {
    const zip = await (typeof archive === 'string' ? openPromise(archive, options) : fromBufferPromise(archive, options));
    try {
      const { entry } = chooseMember(await listEntries(zip));
      const stored = await zip.openReadStreamPromise(entry, { decodeFileData: false });
      const { compressionMethod, uncompressedSize: size, crc32: checksum } = entry;
      return { stored: closing(zip, stored), deflated: compressionMethod === DEFLATED, size, checksum };
    } catch (error) {
      zip.close();
      throw error;
    }
  } catch (error) {
    throw error instanceof NetLogError ? error : damagedArchive(error);
  }
}

/** That are looked through for a log. */
const MOST_FILES = 10_000;

async function listEntries(zip: ZipFile): Promise<(ZipEntry & { readonly entry: Entry })[]> {
  const entries: (ZipEntry & { readonly entry: Entry })[] = [];
  for await (const entry of zip.eachEntry()) {
    const { fileName, compressionMethod } = entry;
    entries.push({ fileName, compressionMethod, isEncrypted: entry.isEncrypted(), entry });
    if (entries.length > MOST_FILES) throw new NetLogError('zip-member', `Expected one NetLog in the zip archive, found more than ${MOST_FILES} files. Unpack it and name the one to read.`);
  }
  return entries;
}

async function* closing(zip: ZipFile, stored: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stored;
  } finally {
    zip.close();
  }
}
