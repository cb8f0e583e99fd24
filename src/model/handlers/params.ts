/**
 * Guards for event params. Everything from a log is `unknown` until one of these has looked;
 * what is missing or of another type is `undefined`.
 */
import type { EventParams } from '../../netlog/event.ts';

export function text(params: EventParams | undefined, key: string): string | undefined {
  const value = params?.[key];
  return typeof value === 'string' ? value : undefined;
}

/** Characters of a name or key that many things may share and each of them tells. */
const LONGEST_NAME = 4096;

/** A name of what many things may belong to: one longer than any is none. */
export function name(params: EventParams | undefined, key: string): string | undefined {
  const value = text(params, key);
  return value !== undefined && isName(value) ? value : undefined;
}

export function isName(text: string): boolean {
  return text.length <= LONGEST_NAME;
}

/** A number; Chromium writes some (times, `elapsed`) as strings. */
export function number(params: EventParams | undefined, key: string): number | undefined {
  const value = params?.[key];
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/** An id or a code; a number that is none of any log is not there. */
export function integer(params: EventParams | undefined, key: string): number | undefined {
  const value = number(params, key);
  return Number.isSafeInteger(value) ? value : undefined;
}

export function flag(params: EventParams | undefined, key: string): boolean | undefined {
  const value = params?.[key];
  return typeof value === 'boolean' ? value : undefined;
}

export function object(params: EventParams | undefined, key: string): EventParams | undefined {
  return asObject(params?.[key]);
}

export function asObject(value: unknown): EventParams | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as EventParams) : undefined;
}

/** A list; empty where there is none. */
export function list(params: EventParams | undefined, key: string): readonly unknown[] {
  const value = params?.[key];
  return Array.isArray(value) ? value : [];
}

export function objects(params: EventParams | undefined, key: string): EventParams[] {
  return list(params, key).map(asObject).filter((item) => item !== undefined);
}

export function texts(params: EventParams | undefined, key: string): string[] {
  return list(params, key).filter((item) => typeof item === 'string');
}

/** The id of the source that `source_dependency` points to. */
export function dependency(params: EventParams | undefined): number | undefined {
  return integer(object(params, 'source_dependency'), 'id');
}

/** `net_error` of an END: absent and 0 both mean success and give `undefined`. */
export function netError(params: EventParams | undefined): number | undefined {
  const code = integer(params, 'net_error');
  return code === 0 ? undefined : code;
}
