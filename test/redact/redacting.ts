/** Redacts text, parameters and whole logs, and remembers what was found. */
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createModel } from '../../src/model/model.ts';
import type { Trace } from '../../src/model/trace.ts';
import type { EventParams } from '../../src/netlog/event.ts';
import { readNetLog } from '../../src/netlog/read-netlog.ts';
import { ALL_KINDS, type Kind } from '../../src/redact/kind.ts';
import { redactParams } from '../../src/redact/params.ts';
import { createPseudonyms, type Pseudonyms } from '../../src/redact/pseudonyms/pseudonyms.ts';
import { redactedCopy } from '../../src/redact/redact-log.ts';
import type { Scrub } from '../../src/redact/scrub.ts';

const SAMPLES = join(import.meta.dirname, '../../samples');
export const SAMPLE_NAMES = readdirSync(SAMPLES).filter((name) => existsSync(join(SAMPLES, name, 'netlog.json.gz')));

export function sample(name: string): Uint8Array {
  return gunzipSync(readFileSync(join(SAMPLES, name, 'netlog.json.gz')));
}

export function scrubbing(): Scrub & { readonly seen: Kind[] } {
  const seen: Kind[] = [];
  return { kinds: ALL_KINDS, found: (kind) => seen.push(kind), seen };
}

export function pseudonymsBy(key: string): Pseudonyms {
  return createPseudonyms((text) => createHmac('sha256', key).update(text).digest());
}

export function redactedParams(params: EventParams, type = 'ANY_EVENT', pseudonyms?: Pseudonyms): { params: EventParams; seen: Kind[] } {
  const scrub = scrubbing();
  return { params: redactParams(type, params, scrub, pseudonyms), seen: scrub.seen };
}

/** The redacted log's text, and the kinds found in the log. */
export function redactLog(log: Uint8Array | string, pseudonyms?: Pseudonyms, chunkSize = 100_003): { text: string; seen: Kind[] } {
  let text = '';
  const seen: Kind[] = [];
  const copy = redactedCopy((chunk) => void (text += chunk), { found: (kind) => void seen.push(kind), ...(pseudonyms && { pseudonyms }) });
  const bytes = typeof log === 'string' ? new TextEncoder().encode(log) : log;
  for (let at = 0; at < bytes.length; at += chunkSize) copy.take(bytes.subarray(at, at + chunkSize));
  copy.end();
  return { text, seen };
}

export async function traceOf(log: Uint8Array | string): Promise<Trace> {
  const model = createModel();
  await readNetLog([typeof log === 'string' ? new TextEncoder().encode(log) : log], model);
  return model.trace();
}
