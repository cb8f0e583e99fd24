/**
 * SvcParams of a service binding (RFC 9460 section 2.2 and 7): a list of keys with values, in the order of the keys.
 *
 * Values of keys that are not known here are skipped, but the keys are kept: a record may demand that they are understood.
 */
import ipaddr from 'ipaddr.js';
import { octets, part } from './octets.ts';

export interface ServiceParams {
  /** Keys that a client must understand to use the record. */
  readonly mandatory: readonly number[];
  /** Protocol ids as listed, without the default. */
  readonly alpn: readonly string[];
  readonly noDefaultAlpn: boolean;
  readonly port?: number;
  readonly ipv4Hint: readonly string[];
  /** An ECHConfigList is there; what it holds is not looked at. */
  readonly ech: boolean;
  readonly ipv6Hint: readonly string[];
  /** Keys without a meaning in RFC 9460. */
  readonly otherKeys: readonly number[];
}

/** RFC 9460 section 14.3.2. */
const KEY_NAMES: readonly string[] = ['mandatory', 'alpn', 'no-default-alpn', 'port', 'ipv4hint', 'ech', 'ipv6hint'];
const [MANDATORY, ALPN, NO_DEFAULT_ALPN, PORT, IPV4_HINT, ECH, IPV6_HINT] = [0, 1, 2, 3, 4, 5, 6] as const;

/** `alpn`; `key65280` for a key without a name. */
export function keyName(key: number): string {
  return KEY_NAMES[key] ?? `key${key}`;
}

export function isKnownKey(key: number): boolean {
  return key < KEY_NAMES.length;
}

/** @throws RangeError if they are malformed: a client must then reject all records of the set (RFC 9460 section 2.2) */
export function readServiceParams(bytes: DataView): ServiceParams {
  const values = valuesByKey(bytes);
  const value = (key: number): DataView | undefined => values.get(key);
  const mandatory = optional(value(MANDATORY), readKeys) ?? [];
  demand(mandatory.every((key) => values.has(key)), 'A mandatory key is absent');
  demand((value(NO_DEFAULT_ALPN)?.byteLength ?? 0) === 0, 'no-default-alpn has a value');
  demand(value(ECH)?.byteLength !== 0, 'ech has no value');
  const port = optional(value(PORT), readPort);
  return {
    mandatory,
    alpn: optional(value(ALPN), readProtocols) ?? [],
    noDefaultAlpn: values.has(NO_DEFAULT_ALPN),
    ...(port !== undefined && { port }),
    ipv4Hint: optional(value(IPV4_HINT), (list) => readAddresses(list, 4)) ?? [],
    ech: values.has(ECH),
    ipv6Hint: optional(value(IPV6_HINT), (list) => readAddresses(list, 16)) ?? [],
    otherKeys: [...values.keys()].filter((key) => !isKnownKey(key)),
  };
}

function valuesByKey(bytes: DataView): Map<number, DataView> {
  const values = new Map<number, DataView>();
  let last = -1;
  for (let at = 0; at < bytes.byteLength; ) {
    const key = bytes.getUint16(at);
    const length = bytes.getUint16(at + 2);
    demand(key > last, 'Keys are out of order');
    values.set(key, part(bytes, at + 4, length));
    last = key;
    at += 4 + length;
  }
  return values;
}

function optional<Value>(bytes: DataView | undefined, read: (bytes: DataView) => Value): Value | undefined {
  return bytes === undefined ? undefined : read(bytes);
}

function readKeys(list: DataView): number[] {
  const keys = pieces(list, 2).map((at) => list.getUint16(at));
  demand(keys.every((key, i) => key > (keys[i - 1] ?? MANDATORY)), 'Mandatory keys are out of order');
  return keys;
}

function readProtocols(list: DataView): string[] {
  const protocols: string[] = [];
  for (let at = 0; at < list.byteLength; ) {
    const length = list.getUint8(at);
    demand(length > 0, 'A protocol id is empty');
    protocols.push(String.fromCharCode(...octets(list, at + 1, length)));
    at += 1 + length;
  }
  demand(protocols.length > 0, 'alpn is empty');
  return protocols;
}

function readPort(value: DataView): number {
  demand(value.byteLength === 2, 'A port is not two octets');
  return value.getUint16(0);
}

function readAddresses(list: DataView, size: 4 | 16): string[] {
  return pieces(list, size).map((at) => {
    const address = ipaddr.fromByteArray([...octets(list, at, size)]);
    return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
  });
}

/** Where each of the equal pieces of a list begins; an empty list is malformed. */
function pieces(list: DataView, size: number): number[] {
  const n = list.byteLength / size;
  demand(n > 0 && Number.isInteger(n), 'A list has a piece that is not whole, or none');
  return Array.from({ length: n }, (_, i) => i * size);
}

function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new RangeError(otherwise);
}
