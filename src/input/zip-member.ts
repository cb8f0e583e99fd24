/** Which file of a zip archive is the log. */
import { NetLogError } from '../netlog/errors.ts';

export interface ZipMember {
  /** The member as stored. */
  readonly stored: AsyncIterable<Uint8Array>;
  readonly deflated: boolean;
  /** What the archive says about it when decompressed. */
  readonly size: number;
  /** CRC-32. */
  readonly checksum: number;
}

/** A line of an archive's directory. */
export interface ZipEntry {
  readonly fileName: string;
  readonly isEncrypted: boolean;
  readonly compressionMethod: number;
}

export const STORED = 0;
export const DEFLATED = 8;

/** Names to show of an archive that holds several. */
const MOST_NAMES = 5;

/**
 * The one member of an archive that can be a log: the only `.json` file, or else the only file. Throws a `NetLogError`,
 * code `zip-member`, if there is no such member.
 */
export function chooseMember<Entry extends ZipEntry>(entries: readonly Entry[]): Entry {
  const files = entries.filter(({ fileName }) => !fileName.endsWith('/') && !/(^|\/)(\.|__MACOSX\/)/.test(fileName));
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
  if (entry.isEncrypted || ![STORED, DEFLATED].includes(entry.compressionMethod)) {
    const how = entry.isEncrypted ? 'encrypted' : `compressed by method ${entry.compressionMethod}`;
    throw new NetLogError('zip-member', `Expected a plain or deflated file in the zip archive, found one that is ${how}. Unpack it first.`);
  }
  return entry;
}

/** For an archive that cannot be read. */
export function damagedArchive(error: unknown): NetLogError {
  const reason = error instanceof Error ? error.message : String(error);
  return new NetLogError(
    'damaged-compression',
    `Expected a whole zip archive, found a damaged one (${reason}). Copy it again, or unpack it by other means.`,
    { cause: error },
  );
}
