/** Opens stored bytes, wherever they lie: tells how they are compressed from themselves, and decompresses them. */
import { NetLogError } from '../netlog/errors.ts';
import type { Diagnostic } from '../netlog/event.ts';
import { type Compression, SIGNATURE_LENGTH, detectCompression } from './compression.ts';
import { type Decoder, decompress } from './decompress.ts';
import type { Inflater } from './inflater.ts';
import { type InputLimits, limitedSize } from './limited-size.ts';
import { collected, counted, peek } from './stored-bytes.ts';
import type { ZipMember } from './zip-member.ts';

export interface OpenedInput {
  /** As given; `stdin` for `-`. */
  readonly name: string;
  /** Size as stored. Undefined for stdin and other pipes, of which only `bytesRead` tells in the end. */
  readonly bytes: number | undefined;
  readonly compression: Compression;
  /**
   * The bytes, decompressed; to be read once, and to the end or with an early `return`, which
   * closes the source. A chunk is valid until the next one is asked for.
   */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Bytes read so far, as stored. */
  bytesRead(): number;
  /** What was wrong with the compression; known once the chunks have ended. */
  diagnostics(): readonly Diagnostic[];
}

/** What is to be opened. A zip archive's directory is at its end: a file is looked into anywhere, a pipe has to be held whole. */
export type StoredInput = {
  readonly name: string;
  readonly source: AsyncIterable<Uint8Array>;
  /** Puts an error of the source into words. */
  readonly unreadable: (error: unknown) => NetLogError;
} & (
  | { readonly kind: 'file'; readonly size: number; readonly openZip: () => Promise<ZipMember> }
  | { readonly kind: 'pipe'; readonly openZip: (archive: Uint8Array) => Promise<ZipMember> }
);

/**
 * Throws a `NetLogError`: that of the source, or with the codes `damaged-compression` (also later, from the chunks, if
 * nothing at all can be decompressed) and `zip-member`.
 */
export async function openStored(input: StoredInput, inflater: Inflater, limits: InputLimits): Promise<OpenedInput> {
  const { head, all, close } = await peek(withClearErrors(input), SIGNATURE_LENGTH);
  const compression = detectCompression(head);
  const size = input.kind === 'file' ? input.size : undefined;

  let bytesRead = 0;
  const count = (stored: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> => counted(stored, (more) => (bytesRead += more));
  const diagnostics: Diagnostic[] = [];
  const note = (diagnostic: Diagnostic): void => void diagnostics.push(diagnostic);
  const ofMember = (member: ZipMember, stored: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> =>
    salvage({ stored, decoder: member.deflated ? 'deflate' : 'none', compression, expected: member }, inflater, note);

  let chunks: AsyncIterable<Uint8Array>;
  if (compression !== 'zip') chunks = salvage({ stored: count(all), decoder: compression, compression }, inflater, note);
  else if (input.kind === 'pipe') {
    const member = await input.openZip(await collected(count(all)));
    chunks = ofMember(member, member.stored);
  } else {
    await close();
    const member = await input.openZip();
    chunks = ofMember(member, count(member.stored));
  }
  // A plain file is as large as it is.
  if (compression !== 'none' || size === undefined) chunks = limitedSize(chunks, () => bytesRead, limits, note);
  return { name: input.name, bytes: size, compression, chunks, bytesRead: () => bytesRead, diagnostics: () => diagnostics };
}

interface Salvaged {
  readonly stored: AsyncIterable<Uint8Array>;
  readonly decoder: Decoder;
  readonly compression: Compression;
  readonly expected?: Pick<ZipMember, 'size' | 'checksum'>;
}

/** Decompresses, and turns damage into a diagnostic, or into an error if there is nothing else. */
async function* salvage(
  { stored, decoder, compression, expected }: Salvaged,
  inflater: Inflater,
  note: (diagnostic: Diagnostic) => void,
): AsyncGenerator<Uint8Array> {
  let damage: string | undefined;
  let decoded = 0;
  let checksum = 0;
  for await (const chunk of decompress(stored, decoder, inflater, (reason) => (damage = reason))) {
    decoded += chunk.length;
    if (expected !== undefined) checksum = inflater.crc32(chunk, checksum);
    yield chunk;
  }
  if (expected !== undefined && decoded !== expected.size) damage ??= `${decoded} bytes instead of ${expected.size}`;
  if (expected !== undefined && checksum !== expected.checksum) damage ??= 'wrong checksum';
  if (damage === undefined) return;
  const found = `The ${compression} data is cut off or damaged, or of a kind that cannot be decompressed here (${damage})`;
  if (decoded === 0) throw new NetLogError('damaged-compression', `${found}. Copy the file again, or decompress it by other means.`);
  note({
    code: 'damaged-compression',
    severity: 'warning',
    message: `${found}. The first ${decoded} bytes of the log were decompressed and used.`,
    byteOffset: decoded,
  });
}

async function* withClearErrors({ source, unreadable }: Pick<StoredInput, 'source' | 'unreadable'>): AsyncGenerator<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await chunks.next().catch((error: unknown) => {
        throw unreadable(error);
      });
      if (done === true) return;
      yield value;
    }
  } finally {
    await chunks.return?.();
  }
}
