/** JSON text with the keys of every object sorted, as Chromium writes it: equal values, equal text. */
import { asRecord } from './json-values.ts';

/** Fields that are `undefined` are left out; in a list such a value becomes `null`, as in `JSON.stringify`. */
export function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  const record = asRecord(value);
  if (record === undefined) return JSON.stringify(value ?? null);
  let fields = '';
  for (const key of Object.keys(record).sort()) {
    const field = record[key];
    if (field === undefined) continue;
    fields += `${fields === '' ? '' : ','}${JSON.stringify(key)}:${sortedJson(field)}`;
  }
  return `{${fields}}`;
}
