/**
 * The HTTPS records in a DNS message (RFC 1035 section 4.1), and what the message has besides for following them up.
 *
 * Logs of capture mode Everything hold messages as received (`response_buffer` of DNS_TRANSACTION_RESPONSE).
 */
import { readName } from './domain-name.ts';
import { part } from './octets.ts';
import { type ServiceBinding, readServiceBinding } from './service-binding.ts';

export interface PublishedRecord {
  /** The end of the CNAME chain. */
  readonly ownerName: string;
  readonly binding: ServiceBinding;
}

export interface HttpsAnswer {
  readonly records: readonly PublishedRecord[];
  /** Records of the additional section: the answers that following up would have asked for. */
  readonly additional: readonly { readonly name: string; readonly type: number }[];
}

const HEADER = 12;
const TYPE_HTTPS = 65;
/** Base64 of 65,535 octets, the longest message. */
const LONGEST = 87_380;

/** `undefined` for what is no whole DNS message: bytes taken out of the log, or hostile ones. */
export function readHttpsAnswer(base64: string): HttpsAnswer | undefined {
  if (base64.length > LONGEST) return undefined;
  const message = decoded(base64);
  if (message === undefined) return undefined;
  try {
    return readMessage(message);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function decoded(base64: string): DataView | undefined {
  try {
    return new DataView(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer);
  } catch {
    return undefined;
  }
}

interface ResourceRecord {
  readonly name: string;
  readonly type: number;
  readonly data: DataView;
}

function readMessage(message: DataView): HttpsAnswer {
  const [questions, answers, authorities, additionals] = [4, 6, 8, 10].map((at) => message.getUint16(at));
  let at = HEADER;
  for (let i = 0; i < (questions ?? 0); i += 1) at = readName(message, at, 'compressed').end + 4;

  function section(count = 0): ResourceRecord[] {
    return Array.from({ length: count }, () => {
      const { name, end } = readName(message, at, 'compressed');
      const length = message.getUint16(end + 8);
      at = end + 10 + length;
      return { name, type: message.getUint16(end), data: part(message, end + 10, length) };
    });
  }

  const records = section(answers)
    .filter(({ type }) => type === TYPE_HTTPS)
    .map(({ name, data }) => ({ ownerName: name, binding: readServiceBinding(data) }));
  section(authorities);
  return { records, additional: section(additionals).map(({ name, type }) => ({ name, type })) };
}
