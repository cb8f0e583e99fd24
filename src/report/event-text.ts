/**
 * The parameters of an event in words: codes get the names that the log's own tables give them, and
 * what would flood a terminal is cut, unless asked for in full.
 */
import { formatCount } from './format.ts';
import { plainText } from './plain-text.ts';

/** The part of an event that is shown. */
export interface ShownEvent {
  readonly time: number;
  /** The event's name as this log has it. */
  readonly loggedType: string;
  readonly phase: 'NONE' | 'BEGIN' | 'END';
  readonly source: { readonly id: number; readonly type: string; readonly startTime?: number };
  readonly params?: Readonly<Record<string, unknown>>;
}

/** The tables of the log that turn numbers into names. */
export interface CodeNames {
  readonly netErrors: ReadonlyMap<number, string>;
  readonly quicErrors: ReadonlyMap<number, string>;
  readonly sourceTypes: ReadonlyMap<number, string>;
}

export interface ParamOptions {
  readonly names: CodeNames;
  /** Show long values whole. */
  readonly full: boolean;
}

/** Longer values are cut: certificates, data URLs, packets. */
const LONGEST_VALUE = 1000;
const HEX_ROW = 16;
const HEX_ROWS = 4;

/** Keys whose negative numbers are net errors. `error` and `result` have other meanings too, which the sign tells apart. */
const NET_ERROR_KEY = /(^|_)(net_error|error|error_code|result)$/;

/** `-102 (ERR_CONNECTION_REFUSED)`, `12 (SOCKET)`; `undefined` if the value is not a code with a name. */
function codeName(key: string, value: unknown, { netErrors, quicErrors, sourceTypes }: CodeNames): string | undefined {
  if (typeof value === 'number') {
    const name = /(^|_)quic_error$/.test(key)
      ? quicErrors.get(value)
      : NET_ERROR_KEY.test(key) && value < 0
        ? netErrors.get(value)
        : undefined;
    return name === undefined ? undefined : `${value} (${name})`;
  }
  if (key !== 'source_dependency' || typeof value !== 'object' || value === null) return undefined;
  const { id, type } = value as { readonly id?: unknown; readonly type?: unknown };
  if (typeof id !== 'number') return undefined;
  return `${id}${typeof type === 'number' ? ` (${sourceTypes.get(type) ?? type})` : ''}`;
}

/** A value on one line: JSON with named codes inside. */
function inlineText(key: string, value: unknown, names: CodeNames): string {
  const code = codeName(key, value, names);
  if (code !== undefined) return code;
  if (Array.isArray(value)) return `[${value.map((member) => inlineText(key, member, names)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}: ${inlineText(name, member, names)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return JSON.stringify(value) ?? 'undefined';
}

/** The same after a label, over several lines: whatever fits into the width stays on one. */
function outlineLines(label: string, key: string, value: unknown, names: CodeNames, width: number): string[] {
  const inline = label + inlineText(key, value, names);
  if (inline.length <= width || typeof value !== 'object' || value === null || codeName(key, value, names) !== undefined) return [inline];
  const isArray = Array.isArray(value);
  const members = isArray
    ? value.map((member) => outlineLines('', key, member, names, width - 2))
    : Object.entries(value).map(([name, member]) => outlineLines(`${JSON.stringify(name)}: `, name, member, names, width - 2));
  if (members.length === 0) return [inline];
  const body = members.flatMap((lines, i) => {
    const separator = i < members.length - 1 ? ',' : '';
    return lines.map((line, j) => `  ${line}${j === lines.length - 1 ? separator : ''}`);
  });
  return [label + (isArray ? '[' : '{'), ...body, isArray ? ']' : '}'];
}

function cut(text: string, full: boolean): string {
  if (full || text.length <= LONGEST_VALUE) return text;
  return `${text.slice(0, LONGEST_VALUE)}… (${formatCount(text.length)} characters; --full shows all)`;
}

/** One parameter on one line. */
export function paramText(key: string, value: unknown, { names, full }: ParamOptions): string {
  return plainText(cut(inlineText(key, value, names), full));
}

/** One parameter on as many lines as it needs within the width; the first without, the others with their own indentation. */
export function paramLines(key: string, value: unknown, options: ParamOptions, width: number): string[] {
  const bytes = key === 'bytes' && typeof value === 'string' ? decodeBase64(value) : undefined;
  if (bytes !== undefined) return [`${plainText(key)} =`, ...hexLines(bytes, options.full).map((line) => `  ${line}`)];
  const headers = headerLines(key, value);
  if (headers !== undefined) return [`${plainText(key)} =`, ...headers.map((line) => `  ${plainText(cut(line, options.full))}`)];
  return outlineLines(`${key} = `, key, value, options.names, width).map((line) => plainText(cut(line, options.full)));
}

/** HTTP headers, as a list or with the request line beside; `undefined` for anything else. */
function headerLines(key: string, value: unknown): string[] | undefined {
  if (key === 'headers' && isListOfText(value)) return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { line, headers, ...others } = value as Readonly<Record<string, unknown>>;
  if (!isListOfText(headers) || Object.keys(others).length > 0) return undefined;
  return [...(typeof line === 'string' ? [line.trimEnd()] : []), ...headers];
}

function isListOfText(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string');
}

function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** `16 03 01 …   ...`: sixteen bytes a line, with their ASCII form. */
function hexLines(bytes: Uint8Array, full: boolean): string[] {
  const shown = full ? bytes : bytes.subarray(0, HEX_ROW * HEX_ROWS);
  const lines: string[] = [];
  for (let start = 0; start < shown.length; start += HEX_ROW) {
    const row = Array.from(shown.subarray(start, start + HEX_ROW));
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const ascii = row.map((byte) => (byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${hex.padEnd(HEX_ROW * 3 - 1)}   ${ascii}`);
  }
  if (shown.length < bytes.length) lines.push(`… (${formatCount(bytes.length)} bytes; --full shows all)`);
  return lines;
}
