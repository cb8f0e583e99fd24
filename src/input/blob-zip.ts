/**
 * Finds the log in a zip archive that is a `Blob`, by its directory (APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16).
 * Archives of 4 GiB and more (Zip64) are left to `zip.ts`.
 */
import { NetLogError } from '../netlog/errors.ts';
import { blobBytes } from './blob-bytes.ts';
import { DEFLATED, type ZipEntry, type ZipMember, chooseMember, damagedArchive } from './zip-member.ts';

interface Entry extends ZipEntry {
  readonly checksum: number;
  readonly storedSize: number;
  readonly size: number;
  readonly localHeaderAt: number;
}

const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;
const ENTRY_LENGTH = 46;
const LOCAL_HEADER_LENGTH = 30;

/** Stands where a number found no room. */
const IN_ZIP64 = 0xffffffff;

/** Throws a `NetLogError` with the code `damaged-compression` if the archive cannot be read, or that of `chooseMember`. */
export async function openBlobZip(archive: Blob): Promise<ZipMember> {
  try {
    const entry = chooseMember(await readDirectory(archive));
    const header = await view(archive, entry.localHeaderAt, LOCAL_HEADER_LENGTH);
    if (header.getUint32(0, true) !== 0x04034b50) throw new Error('a file is not where the directory says');
    const at = entry.localHeaderAt + LOCAL_HEADER_LENGTH + header.getUint16(26, true) + header.getUint16(28, true);
    return {
      stored: blobBytes(archive.slice(at, at + entry.storedSize)),
      deflated: entry.compressionMethod === DEFLATED,
      size: entry.size,
      checksum: entry.checksum,
    };
  } catch (error) {
    throw error instanceof NetLogError ? error : damagedArchive(error);
  }
}

async function readDirectory(archive: Blob): Promise<Entry[]> {
  const from = Math.max(0, archive.size - END_LENGTH - LONGEST_COMMENT);
  const tail = await view(archive, from, archive.size - from);
  let end = tail.byteLength - END_LENGTH;
  while (end >= 0 && !(tail.getUint32(end, true) === 0x06054b50 && tail.getUint16(end + 20, true) === tail.byteLength - end - END_LENGTH)) end -= 1;
  if (end < 0) throw new Error('its directory is missing');
  const [count, length, at] = [tail.getUint16(end + 10, true), tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)];
  if (at === IN_ZIP64) throw tooLarge();
  return readEntries(await view(archive, at, length), count);
}

function readEntries(directory: DataView, count: number): Entry[] {
  const text = new TextDecoder();
  const entries: Entry[] = [];
  for (let at = 0; entries.length < count; ) {
    if (directory.getUint32(at, true) !== 0x02014b50) throw new Error('its directory is corrupt');
    const nameLength = directory.getUint16(at + 28, true);
    const name = new Uint8Array(directory.buffer, directory.byteOffset + at + ENTRY_LENGTH, nameLength);
    const entry = {
      fileName: text.decode(name),
      isEncrypted: directory.getUint16(at + 8, true) % 2 === 1,
      compressionMethod: directory.getUint16(at + 10, true),
      checksum: directory.getUint32(at + 16, true),
      storedSize: directory.getUint32(at + 20, true),
      size: directory.getUint32(at + 24, true),
      localHeaderAt: directory.getUint32(at + 42, true),
    };
    if ([entry.storedSize, entry.size, entry.localHeaderAt].includes(IN_ZIP64)) throw tooLarge();
    entries.push(entry);
    at += ENTRY_LENGTH + nameLength + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
  }
  return entries;
}

/** @throws RangeError if the archive ends before. */
async function view(archive: Blob, at: number, length: number): Promise<DataView> {
  return new DataView(await archive.slice(at, at + length).arrayBuffer(), 0, length);
}

function tooLarge(): NetLogError {
  return new NetLogError('zip-member', 'Expected a zip archive of less than 4 GiB, found one of the kind for more (Zip64). Unpack it first.');
}
