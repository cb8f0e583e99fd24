/**
 * The policy table of default address selection: a precedence and a label for every address.
 *
 * Two tables: the one of RFC 6724 §2.1, and the one of draft-ietf-6man-rfc6724-update, which lifts unique local
 * addresses above IPv4. Left out: how a host comes to know which unique local prefixes are its own.
 */
import { type AddressBits, type Prefix, contains, isWithin, parsePrefix } from './address-bits.ts';

export interface Policy {
  /** The higher, the more preferred as a destination. */
  readonly precedence: number;
  /** A source goes with a destination of the same label. */
  readonly label: number;
}

interface PolicyRow extends Policy {
  readonly prefix: Prefix;
}

/** Rows by falling prefix length, the last of them for every address. */
export type PolicyTable = readonly PolicyRow[];

type WrittenRow = readonly [prefix: string, precedence: number, label: number];

const locallyAssigned = parsePrefix('fd00::/8');

/** RFC 6724 §2.1. */
export const rfc6724PolicyTable: PolicyTable = policyTable([
  ['::1/128', 50, 0],
  ['::/0', 40, 1],
  ['::ffff:0:0/96', 35, 4],
  ['2002::/16', 30, 2],
  ['2001::/32', 5, 5],
  ['fc00::/7', 3, 13],
  ['::/96', 1, 3],
  ['fec0::/10', 1, 11],
  ['3ffe::/16', 1, 12],
]);

/**
 * The table of draft-ietf-6man-rfc6724-update.
 * @param knownLocal prefixes within fd00::/8 that the host knows to be of its own site (`fd12:3456:789a::/48`)
 */
export function updatedPolicyTable(knownLocal: readonly string[]): PolicyTable {
  return policyTable([
    ['::1/128', 50, 0],
    ...knownLocal.map(knownLocalRow),
    ['::/0', 40, 1],
    ['::ffff:0:0/96', 20, 4],
    ['2002::/16', 5, 2],
    ['2001::/32', 5, 5],
    ['fc00::/7', 30, 13],
    ['::/96', 1, 3],
    ['fec0::/10', 1, 11],
    ['3ffe::/16', 1, 12],
  ]);
}

/** The row of the longest prefix that holds the address. */
export function policyOf(address: AddressBits, table: PolicyTable): Policy {
  const row = table.find(({ prefix }) => isWithin(address, prefix));
  if (row === undefined) throw new RangeError('A policy table needs a row for ::/0');
  return row;
}

/** The draft knows of no such rows outside fd00::/8, where they would upset the order of the families. */
function knownLocalRow(text: string): WrittenRow {
  if (!contains(locallyAssigned, parsePrefix(text))) throw new RangeError(`Not a prefix within fd00::/8: ${text}`);
  return [text, 45, 14];
}

function policyTable(rows: readonly WrittenRow[]): PolicyTable {
  return rows
    .map(([prefix, precedence, label]) => ({ prefix: parsePrefix(prefix), precedence, label }))
    .sort((a, b) => b.prefix.length - a.prefix.length);
}
