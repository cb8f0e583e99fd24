/** Domain names as they stand in DNS messages (RFC 1035 sections 3.1 and 4.1.4). */
import { octets } from './octets.ts';

const LONGEST = 255;
const MOST_LABELS = 127;
const POINTER = 0xc0;

export interface NameRead {
  /** As written, without the trailing dot; `.` for the root. */
  readonly name: string;
  /** Where what follows the name begins. */
  readonly end: number;
}

/**
 * Reads the name at an offset. Its pieces may lie anywhere before it in the message (`compressed`), or must be
 * in one place, as in SVCB RDATA (RFC 9460 section 2.2).
 *
 * @throws RangeError if it is none, or runs past the end of the bytes
 */
export function readName(bytes: DataView, offset: number, form: 'compressed' | 'plain'): NameRead {
  const labels: string[] = [];
  let at = offset;
  let end: number | undefined;
  let length = 1;
  // Each pointer must lead to before the last piece, so that no name goes round in circles; and none has more of them than labels.
  let piece = offset;
  let pointers = 0;
  for (;;) {
    const size = bytes.getUint8(at);
    if (size === 0) return { name: labels.length === 0 ? '.' : labels.join('.'), end: end ?? at + 1 };
    if (size >= POINTER) {
      const target = bytes.getUint16(at) & 0x3fff;
      pointers += 1;
      if (form === 'plain' || target >= piece || pointers > MOST_LABELS) throw new RangeError('A name points to where no name may be');
      end ??= at + 2;
      at = target;
      piece = target;
      continue;
    }
    length += size + 1;
    if (size > 63 || length > LONGEST) throw new RangeError('A name is too long');
    labels.push(labelText(octets(bytes, at + 1, size)));
    at += size + 1;
  }
}

/** Dots and backslashes within a label, and octets that print nothing, are escaped (RFC 1035 section 5.1). */
function labelText(label: Uint8Array): string {
  return Array.from(label, (octet) => {
    if (octet <= 0x20 || octet >= 0x7f) return `\\${String(octet).padStart(3, '0')}`;
    const character = String.fromCharCode(octet);
    return character === '.' || character === '\\' ? `\\${character}` : character;
  }).join('');
}
