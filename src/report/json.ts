/**
 * Results as JSON, in pieces: a report of a long log is larger than the longest string a JavaScript
 * engine makes. The text is what `JSON.stringify(value, null, 2)` gives, made safe for terminals.
 */
import { plainJson } from './plain-text.ts';

function stringify(value: unknown, indent: string): string | undefined {
  // Not typed so, but `undefined` where the value has no JSON form.
  const json = JSON.stringify(value, null, 2) as string | undefined;
  return json === undefined ? undefined : plainJson(json).replaceAll('\n', `\n${indent}`);
}

/** So many elements of a list within an element are written one by one as well: a race may have a million attempts. */
const LONG = 1000;

function isLong(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.values(value).some((member) => Array.isArray(member) && member.length >= LONG);
}

/** An array, one element at a time. */
function* arrayChunks(values: readonly unknown[], indent: string): Generator<string> {
  if (values.length === 0) {
    yield '[]';
    return;
  }
  let separator = '[\n';
  for (const value of values) {
    yield `${separator}${indent}  `;
    if (isLong(value)) yield* jsonChunks(value, `${indent}  `);
    else yield stringify(value, `${indent}  `) ?? 'null';
    separator = ',\n';
  }
  yield `\n${indent}]`;
}

/** An object whose array members are written element by element, or an array. */
export function* jsonChunks(value: object, indent = ''): Generator<string> {
  if (Array.isArray(value)) {
    yield* arrayChunks(value, indent);
    return;
  }
  let separator = '{\n';
  for (const [key, member] of Object.entries(value) as [string, unknown][]) {
    if (member === undefined) continue;
    yield `${separator}${indent}  ${plainJson(JSON.stringify(key))}: `;
    if (Array.isArray(member)) yield* arrayChunks(member, `${indent}  `);
    else yield stringify(member, `${indent}  `) ?? 'null';
    separator = ',\n';
  }
  yield separator === '{\n' ? '{}' : `\n${indent}}`;
}
