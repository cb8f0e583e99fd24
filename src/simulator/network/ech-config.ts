/**
 * As much of an ECHConfigList (RFC 9849 §4) as a handshake needs: which configs are usable, and their public names.
 *
 * Cryptography is left out: whether a server holds a config's key is decided by comparing configs.
 */

/** RFC 9849 §4. */
const ECH_VERSION = 0xfe0d;

export interface EchConfig {
  readonly publicName: string;
  /** All of the config, a character for each byte: what one config is told from another by. */
  readonly bytes: string;
}

/** The configs of known version in a list in base64, in order, others being ignored; `undefined` if the list is malformed. */
export function echConfigs(list: string): readonly EchConfig[] | undefined {
  const bytes = decodeBase64(list);
  if (bytes.length < 2 || uint16(bytes, 0) !== bytes.length - 2) return undefined;
  const configs: EchConfig[] = [];
  for (let offset = 2; offset < bytes.length; ) {
    const end = offset + 4 + uint16(bytes, offset + 2);
    if (end > bytes.length) return undefined;
    if (uint16(bytes, offset) === ECH_VERSION) {
      const publicName = publicNameOf(bytes.slice(offset + 4, end));
      if (publicName === '') return undefined;
      configs.push({ publicName, bytes: bytes.slice(offset, end) });
    }
    offset = end;
  }
  return configs;
}

/** ECHConfigContents: config_id, kem_id, public_key, cipher_suites, maximum_name_length, public_name. Empty: malformed. */
function publicNameOf(contents: string): string {
  const publicKey = 3;
  const cipherSuites = publicKey + 2 + uint16(contents, publicKey);
  const nameLength = cipherSuites + 2 + uint16(contents, cipherSuites) + 1;
  const length = uint8(contents, nameLength);
  const name = contents.slice(nameLength + 1, nameLength + 1 + length);
  return name.length === length ? name : '';
}

/** Zero beyond the end, where no name will be found. */
function uint16(bytes: string, offset: number): number {
  return uint8(bytes, offset) * 256 + uint8(bytes, offset + 1);
}

function uint8(bytes: string, offset: number): number {
  return offset < bytes.length ? bytes.charCodeAt(offset) : 0;
}

/** Empty: not base64. */
function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return '';
  }
}
