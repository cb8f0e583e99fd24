/**
 * SvcParams in presentation format (RFC 9460 §2.1, appendix A), with the failures of its appendix D.3.
 *
 * Whether a client can use the parameters is not asked here: `no-default-alpn` without `alpn` is read, so that
 * a client's answer to it can be seen. Values of keys that the engine does not know are dropped.
 */
import { canonicalAddress, familyOf, type Family } from '../../address.ts';
import type { ServiceParams } from '../../engine/dns.ts';
import { isBase64 } from './base64.ts';
import { ZoneError } from './zone-error.ts';
import type { ZoneToken } from './zone-tokens.ts';

/** By number (RFC 9460 §14.3.2, RFC 9461, RFC 9540). */
const KEYS = ['mandatory', 'alpn', 'no-default-alpn', 'port', 'ipv4hint', 'ech', 'ipv6hint', 'dohpath', 'ohttp'];
const KNOWN_TO_ENGINE = 7;
const INVALID_KEY = 65_535;

type Draft = { -readonly [Key in keyof ServiceParams]: ServiceParams[Key] };

export function readServiceParams(tokens: readonly ZoneToken[]): ServiceParams {
  const params: Draft = {};
  const present = new Set<string>();
  const unknown: string[] = [];
  for (const token of tokens) {
    const equals = token.text.indexOf('=');
    const key = readKey(equals < 0 ? token.text : token.text.slice(0, equals), token);
    if (present.has(key)) throw new ZoneError(token.line, 'each SvcParamKey once', key);
    present.add(key);
    const value = equals < 0 ? '' : token.text.slice(equals + 1);
    if (!readParam(params, key, value, token)) unknown.push(key);
  }
  const missing = params.mandatory?.find((key) => !present.has(key));
  if (missing !== undefined) throw new ZoneError(tokens[0]?.line ?? 1, 'every mandatory key among the SvcParams', `mandatory=${missing}`);
  return unknown.length === 0 ? params : { ...params, unknownKeys: unknown };
}

/** Whether the key is one that the engine knows. */
function readParam(params: Draft, key: string, value: string, token: ZoneToken): boolean {
  switch (key) {
    case 'mandatory':
      params.mandatory = readMandatory(value, token);
      return true;
    case 'alpn':
      params.alpn = readList(value, token);
      return true;
    case 'no-default-alpn':
      if (value !== '') throw new ZoneError(token.line, 'no-default-alpn without a value', token.text);
      params.noDefaultAlpn = true;
      return true;
    case 'port':
      if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new ZoneError(token.line, 'port=0 to port=65535', token.text);
      params.port = Number(value);
      return true;
    case 'ipv4hint':
      params.ipv4Hints = readHints(value, 'ipv4', token);
      return true;
    case 'ipv6hint':
      params.ipv6Hints = readHints(value, 'ipv6', token);
      return true;
    case 'ech':
      if (!isBase64(value)) throw new ZoneError(token.line, 'ech= and an ECHConfigList in base64', token.text);
      params.ech = value;
      return true;
    default:
      return false;
  }
}

/** The key by its name, if it has one. */
function readKey(written: string, token: ZoneToken): string {
  if (KEYS.includes(written)) return written;
  const digits = /^key(0|[1-9]\d{0,4})$/.exec(written)?.[1];
  const number = Number(digits);
  if (digits === undefined || number >= INVALID_KEY) {
    throw new ZoneError(token.line, `a SvcParamKey (${KEYS.join(', ')} or key0 to key65534)`, token.text);
  }
  if (number < KNOWN_TO_ENGINE) throw new ZoneError(token.line, `the key ${KEYS[number]} by its name`, token.text);
  return KEYS[number] ?? written;
}

function readMandatory(value: string, token: ZoneToken): readonly string[] {
  const keys = readList(value, token).map((key) => readKey(key, token));
  if (keys.includes('mandatory') || new Set(keys).size < keys.length) throw new ZoneError(token.line, 'each mandatory key once, without mandatory itself', token.text);
  return keys;
}

function readHints(value: string, family: Family, token: ZoneToken): readonly string[] {
  return readList(value, token).map((item) => {
    const address = item.startsWith('[') || familyOf(item) !== family ? undefined : canonicalAddress(item);
    if (address === undefined) throw new ZoneError(token.line, `${family === 'ipv4' ? 'IPv4' : 'IPv6'} addresses`, token.text);
    return address;
  });
}

/** A comma-separated list (appendix A.1), where `\,` is a comma and `\\` a backslash within an item; never empty. */
function readList(value: string, token: ZoneToken): readonly string[] {
  const items = value.match(/(?:[^,\\]|\\[,\\])+/g) ?? [];
  // The items and the commas between them are the whole value, or it had something else in it.
  if (items.length === 0 || items.join(',') !== value) throw new ZoneError(token.line, 'a comma-separated list without empty items', token.text);
  return items.map((item) => item.replace(/\\(.)/g, '$1'));
}
