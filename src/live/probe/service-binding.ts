/**
 * RDATA of an HTTPS record (RFC 9460 §2.2) as the engine knows records. What makes no sense but can be read
 * (`mandatory` of an absent key) is left to the engine's judgement.
 */
import { canonicalAddress } from '../../address.ts';
import type { ServiceParams, ServiceRecord } from '../../engine/dns.ts';

/** RFC 9460 §14.3.2. */
const KEYS = ['mandatory', 'alpn', 'no-default-alpn', 'port', 'ipv4hint', 'ech', 'ipv6hint'] as const;

/** @throws RangeError if it is malformed: the whole set of records is rejected then (§2.2) */
export function readServiceBinding(rdata: Buffer): ServiceRecord {
  const priority = rdata.readUInt16BE(0);
  const { name: target, end } = readTargetName(rdata, 2);
  // The params of an AliasMode record are ignored (§2.4.2).
  return { priority, target, params: priority === 0 ? {} : readServiceParams(rdata.subarray(end)) };
}

/** Never compressed (§2.2). */
function readTargetName(rdata: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  for (let size = rdata.readUInt8(at); size > 0; size = rdata.readUInt8(at)) {
    demand(size < 64, 'a target name is compressed');
    labels.push(piece(rdata, at + 1, size).toString('latin1').toLowerCase());
    at += size + 1;
  }
  demand(at - start < 255, 'a target name is too long');
  return { name: labels.length === 0 ? '.' : labels.join('.'), end: at + 1 };
}

function readServiceParams(bytes: Buffer): ServiceParams {
  let params: ServiceParams = {};
  const unknownKeys: string[] = [];
  let last = -1;
  for (let at = 0; at < bytes.length; ) {
    const key = bytes.readUInt16BE(at);
    demand(key > last, 'keys are out of order');
    last = key;
    const value = piece(bytes, at + 4, bytes.readUInt16BE(at + 2));
    at += 4 + value.length;
    const read = readParam(KEYS[key], value);
    if (read === undefined) unknownKeys.push(keyName(key));
    else params = { ...params, ...read };
  }
  return unknownKeys.length === 0 ? params : { ...params, unknownKeys };
}

/** `undefined`: a key that nobody here knows. */
function readParam(key: (typeof KEYS)[number] | undefined, value: Buffer): ServiceParams | undefined {
  switch (key) {
    case 'mandatory':
      return { mandatory: pieces(value, 2).map((name) => keyName(name.readUInt16BE(0))) };
    case 'alpn':
      return { alpn: readProtocols(value) };
    case 'no-default-alpn':
      demand(value.length === 0, 'no-default-alpn has a value');
      return { noDefaultAlpn: true };
    case 'port':
      demand(value.length === 2, 'a port is not two octets');
      return { port: value.readUInt16BE(0) };
    case 'ipv4hint':
      return { ipv4Hints: pieces(value, 4).map((octets) => octets.join('.')) };
    case 'ipv6hint':
      return { ipv6Hints: pieces(value, 16).map(ipv6Text) };
    case 'ech':
      return { ech: value.toString('base64') };
    case undefined:
      return undefined;
  }
}

function readProtocols(list: Buffer): readonly string[] {
  const protocols: string[] = [];
  for (let at = 0; at < list.length; ) {
    const protocol = piece(list, at + 1, list.readUInt8(at));
    demand(protocol.length > 0, 'a protocol id is empty');
    protocols.push(protocol.toString('latin1'));
    at += 1 + protocol.length;
  }
  return protocols;
}

function ipv6Text(octets: Buffer): string {
  const groups = pieces(octets, 2).map((group) => group.readUInt16BE(0).toString(16));
  return canonicalAddress(groups.join(':')) ?? '';
}

function keyName(key: number): string {
  return KEYS[key] ?? `key${key}`;
}

function pieces(list: Buffer, size: number): readonly Buffer[] {
  demand(list.length % size === 0, 'a list has a piece that is not whole');
  return Array.from({ length: list.length / size }, (_, i) => piece(list, i * size, size));
}

/** `subarray` itself takes what there is. */
function piece(bytes: Buffer, start: number, length: number): Buffer {
  demand(start + length <= bytes.length, 'the bytes end too soon');
  return bytes.subarray(start, start + length);
}

function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new RangeError(otherwise);
}
