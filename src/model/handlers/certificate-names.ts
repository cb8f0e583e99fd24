/**
 * The DNS names that a certificate is for: dNSName entries of its subjectAltName (RFC 5280 section 4.2.1.6).
 *
 * Nothing else of the certificate is looked at, and nothing verified: Chromium logged it when it checked it. Common
 * names do not count (RFC 9525 section 2), and IP addresses are no names to pool under.
 */

const SEQUENCE = 0x30;
const OBJECT_IDENTIFIER = 0x06;
const OCTET_STRING = 0x04;
/** `[3]` of a TBSCertificate. */
const EXTENSIONS = 0xa3;
/** `[2]` of a GeneralName. */
const DNS_NAME = 0x82;
/** 2.5.29.17 */
const SUBJECT_ALT_NAME = '\x55\x1d\x11';

/** Tag, and where the contents begin and end. */
interface Element {
  readonly tag: number;
  readonly from: number;
  readonly to: number;
}

/** Names in lower case, as the certificate has them (`*.example.org`); `undefined` for what is no certificate. */
export function certificateNames(pem: string | undefined): string[] | undefined {
  const base64 = /^-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(pem ?? '')?.[1];
  if (base64 === undefined) return undefined;
  try {
    return namesIn(atob(base64));
  } catch {
    return undefined;
  }
}

/** One byte a character. */
function namesIn(der: string): string[] {
  const certificate = only(SEQUENCE, elementAt(der, 0, der.length));
  const [signed] = elements(der, certificate);
  const wrapped = elements(der, only(SEQUENCE, signed)).find(({ tag }) => tag === EXTENSIONS);
  if (wrapped === undefined) return [];
  const [list] = elements(der, wrapped);
  for (const extension of elements(der, only(SEQUENCE, list))) {
    const parts = elements(der, extension);
    const [id, value] = [parts[0], parts.at(-1)];
    if (id?.tag !== OBJECT_IDENTIFIER || der.slice(id.from, id.to) !== SUBJECT_ALT_NAME) continue;
    const [names] = elements(der, only(OCTET_STRING, value));
    return elements(der, only(SEQUENCE, names)).filter(({ tag }) => tag === DNS_NAME).map(({ from, to }) => der.slice(from, to).toLowerCase());
  }
  return [];
}

function only(tag: number, element: Element | undefined): Element {
  if (element?.tag !== tag) throw new Error('Not what a certificate has here');
  return element;
}

function elements(der: string, { from, to }: Element): Element[] {
  const found: Element[] = [];
  for (let at = from; at < to; at = found.at(-1)?.to ?? to) found.push(elementAt(der, at, to));
  return found;
}

/** DER: one byte of tag, lengths up to 127 in one byte, longer ones in as many bytes as the first one says. */
function elementAt(der: string, at: number, end: number): Element {
  const tag = der.charCodeAt(at);
  const first = der.charCodeAt(at + 1);
  const more = first < 0x80 ? 0 : first - 0x80;
  let length = more === 0 ? first : 0;
  for (let i = 0; i < more; i += 1) length = length * 256 + der.charCodeAt(at + 2 + i);
  const from = at + 2 + more;
  // NaN beyond the end, and more bytes of length than any certificate has, fail here too.
  if (!(from + length <= end)) throw new Error('An element that ends beyond what holds it');
  return { tag, from, to: from + length };
}
