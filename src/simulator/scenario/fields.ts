/**
 * The values that scenario fields hold, each with the words for what it expects.
 *
 * What they read is normalized: addresses canonical, names in lower case and without the trailing dot.
 */
import { z } from 'zod';
import { canonicalAddress, canonicalHost, familyOf, parseEndpoint, type Family } from '../../address.ts';
import { parseNat64Prefix } from '../../engine/addresses/nat64.ts';
import type { Millis } from '../../units.ts';
import { isBase64 } from './base64.ts';
import { mismatch } from './expectation.ts';

/** Beyond this (eleven days) sums of times would lose their microseconds for no use. */
const LONGEST: Millis = 1e9;

/** The part of JSON Schema that editors are told of a field; `read` knows the rest. */
interface FieldForm {
  readonly type: 'number' | 'integer' | 'string' | readonly ('number' | 'boolean' | 'string')[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

/** A field that `read` understands or refuses with `undefined`. */
export function field<Value>(expected: string, form: FieldForm, read: (input: unknown) => Value | undefined) {
  // Optional on the way in, so that a missing field comes here too and is told in the field's own words.
  return z
    .unknown()
    .optional()
    .transform((input, context): Value => {
      const value = read(input);
      if (value !== undefined) return value;
      context.issues.push({ code: 'custom', input, message: mismatch(expected, input) });
      return z.NEVER;
    })
    .meta({ description: expected, ...form });
}

interface Bounds {
  readonly type: 'number' | 'integer';
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum: number;
}

function number<Unit extends number = number>(expected: string, bounds: Bounds) {
  const { type, minimum = -Infinity, exclusiveMinimum = -Infinity, maximum } = bounds;
  const accepts = (value: number): boolean => value >= minimum && value > exclusiveMinimum && value <= maximum && (type === 'number' || Number.isInteger(value));
  return field(expected, bounds, (input) => (typeof input === 'number' && accepts(input) ? (input as Unit) : undefined));
}

function string<Value>(expected: string, read: (text: string) => Value | undefined) {
  return field(expected, { type: 'string' }, (input) => (typeof input === 'string' ? read(input) : undefined));
}

/** A time or a duration; fractions are allowed. */
export const millis = number<Millis>('milliseconds, 0 to 1e9', { type: 'number', minimum: 0, maximum: LONGEST });
export const positiveMillis = number<Millis>('milliseconds, more than 0 and up to 1e9', { type: 'number', exclusiveMinimum: 0, maximum: LONGEST });
export const share = number('a share, 0 to 1', { type: 'number', minimum: 0, maximum: 1 });
export const count = number('a whole number, 1 or more', { type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
export const seed = number('a whole number, 0 to 4294967295', { type: 'integer', minimum: 0, maximum: 0xffff_ffff });
export const port = number('a port, 1 to 65535', { type: 'integer', minimum: 1, maximum: 65_535 });
export const text = string('text', (value) => value);
export const word = string('a name', (value) => (value === '' ? undefined : value));
export const address = string('an IPv4 or IPv6 address', canonicalAddress);
export const nameGlob = string('a host name, in which * is any text', (value) => (value === '' ? undefined : canonicalHost(value)));
export const hostPattern = string('a host name', (value) => (value === '' ? undefined : canonicalHost(value)));
export const ech = string('none or an ECHConfigList in base64', (value) => (value === 'none' || isBase64(value) ? value : undefined));

/** With a length that RFC 6052 §2.2 knows. */
export const nat64Prefix = string('a NAT64 prefix such as 64:ff9b::/96', (value) => {
  const [address = '', length] = value.split('/');
  return parseNat64Prefix(value) === undefined ? undefined : `${canonicalAddress(address)}/${length}`;
});

/** An endpoint of one family, such as `203.0.113.1:443` or `[2001:db8::1]:443`. */
export function endpointOf(family: Family) {
  const example = family === 'ipv4' ? '203.0.113.1:443' : '[2001:db8::1]:443';
  return string(`an endpoint such as ${example}`, (value) => {
    const endpoint = parseEndpoint(value);
    return endpoint !== undefined && endpoint.port > 0 && familyOf(endpoint.address) === family ? endpoint : undefined;
  });
}

export interface ScenarioUrl {
  /** Serialized as the URL standard says, without the fragment. */
  readonly href: string;
  readonly scheme: 'http' | 'https';
  /** Lower case, no trailing dot; an IP literal canonical and without brackets. */
  readonly host: string;
  readonly port: number;
}

export const url = string('a URL that starts with http:// or https://', readUrl);
export const httpsOrigin = string('an origin such as https://other.example', (value) => {
  const read = readUrl(value);
  const origin = read?.href.slice(0, -1);
  return read?.scheme === 'https' && origin === new URL(value).origin ? origin : undefined;
});

/** The port is always there: which one is meant must not hang on a scheme. */
export const hostAndPort = string('a host and a port such as www.example:443', (value) => {
  const read = /:\d+$/.test(value) ? readUrl(`https://${value}`) : undefined;
  if (read === undefined || read.href !== `${new URL(read.href).origin}/`) return undefined;
  return { host: read.host, port: read.port };
});

function readUrl(value: string): ScenarioUrl | undefined {
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return undefined;
  const parsed = new URL(value);
  parsed.hash = '';
  const scheme = parsed.protocol === 'https:' ? 'https' : 'http';
  const number = parsed.port === '' ? (scheme === 'https' ? 443 : 80) : Number(parsed.port);
  return number === 0 ? undefined : { href: parsed.href, scheme, host: canonicalHost(parsed.hostname), port: number };
}
