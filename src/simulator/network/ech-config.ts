/**
 * As much of an ECHConfigList (RFC 9849 §4) as a handshake needs: is there a usable config, and its public name.
 *
 * Cryptography is left out: whether a server holds the key is decided by comparing the lists.
 */

/** RFC 9849 §4. */
const ECH_VERSION = 0xfe0d;

/**
 * The public name of the first usable config of a list in base64; `undefined` if the list is malformed or all its
 * configs are of other versions.
 */
export function echPublicName(list: string): string | undefined {
  const bytes = decodeBase64(list);
  if (bytes === undefined || bytes.length < 2 || uint16(bytes, 0) !== bytes.length - 2) return undefined;
  let offset = 2;
  while (offset + 4 <= bytes.length) {
    const end = offset + 4 + uint16(bytes, offset + 2);
    if (end > bytes.length) return undefined;
    if (uint16(bytes, offset) === ECH_VERSION) return publicName(bytes.slice(offset + 4, end));
    offset = end;
  }
  return undefined;
}

/** ECHConfigContents: config_id, kem_id, public_key, cipher_suites, maximum_name_length, public_name. */
function publicName(contents: readonly number[]): string | undefined {
  const publicKey = 3;
  const cipherSuites = publicKey + 2 + uint16(contents, publicKey);
  const nameLength = cipherSuites + 2 + uint16(contents, cipherSuites) + 1;
  const length = contents[nameLength] ?? 0;
  const name = contents.slice(nameLength + 1, nameLength + 1 + length);
  return length > 0 && name.length === length ? String.fromCharCode(...name) : undefined;
}

/** Zero beyond the end, where no name will be found. */
function uint16(bytes: readonly number[], offset: number): number {
  return (bytes[offset] ?? 0) * 256 + (bytes[offset + 1] ?? 0);
}

function decodeBase64(text: string): readonly number[] | undefined {
  try {
    return Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
