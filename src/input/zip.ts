/** Finds the log in a zip archive. */
import { type Entry, type ZipFile, fromBufferPromise, openPromise } from 'yauzl';
import { NetLogError } from '../netlog/errors.ts';

export interface ZipMember {
  /** The member as stored. */
  readonly stored: AsyncIterable<Uint8Array>;
  readonly deflated: boolean;
  /** What the archive says about it when decompressed. */
  readonly size: number;
  readonly checksum: number;
}

const STORED = 0;
const DEFLATED = 8;

/** Names to show of an archive that holds several. */
const MOST_NAMES = 5;

/**
 * Opens the one member of an archive that can be a log: the only `.json` file, or else the only
 * file. The archive is closed when the member has been read. Throws a `NetLogError` with the code
 * `damaged-compression` if the archive cannot be read, `zip-member` if it has no such member.
 */
export async function openZip(archive: string | Buffer): Promise<ZipMember> {
  const options = { lazyEntries: true, autoClose: false };
  try {
    const zip = await (typeof archive === 'string' ? openPromise(archive, options) : fromBufferPromise(archive, options));
    try {
      const entry = chooseMember(await listFiles(zip));
      const stored = await zip.openReadStreamPromise(entry, { decodeFileData: false });
      const { compressionMethod, uncompressedSize: size, crc32: checksum } = entry;
      return { stored: closing(zip, stored), deflated: compressionMethod === DEFLATED, size, checksum };
    } catch (error) {
      zip.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof NetLogError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new NetLogError(
      'damaged-compression',
      `Expected a whole zip archive, found a damaged one (${reason}). Copy it again, or unpack it by other means.`,
      { cause: error },
    );
  }
}

async function listFiles(zip: ZipFile): Promise<Entry[]> {
  const files: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    const isFolder = entry.fileName.endsWith('/');
    const isHidden = /(^|\/)(\.|__MACOSX\/)/.test(entry.fileName);
    if (!isFolder && !isHidden) files.push(entry);
  }
  return files;
}

function chooseMember(files: readonly Entry[]): Entry {
  const json = files.filter(({ fileName }) => /\.json$/i.test(fileName));
  const candidates = json.length > 0 ? json : files;
  const [entry, ...others] = candidates;
  if (entry === undefined) throw new NetLogError('zip-member', 'Expected one NetLog in the zip archive, found no files in it.');
  if (others.length > 0) {
    const names = candidates.slice(0, MOST_NAMES).map(({ fileName }) => JSON.stringify(fileName)).join(', ');
    const more = candidates.length > MOST_NAMES ? ', ...' : '';
    throw new NetLogError(
      'zip-member',
      `Expected one NetLog in the zip archive, found ${candidates.length} files (${names}${more}). Unpack it and name the one to read.`,
    );
  }
  if (entry.isEncrypted() || ![STORED, DEFLATED].includes(entry.compressionMethod)) {
    const how = entry.isEncrypted() ? 'encrypted' : `compressed by method ${entry.compressionMethod}`;
    throw new NetLogError('zip-member', `Expected a plain or deflated file in the zip archive, found one that is ${how}. Unpack it first.`);
  }
  return entry;
}

async function* closing(zip: ZipFile, stored: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stored;
  } finally {
    zip.close();
  }
}
