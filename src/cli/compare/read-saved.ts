/** Tells saved reports and baselines from NetLogs by how they begin, and reads them. */
import type { z } from 'zod';
import { baselineSchema, runsOfBaseline } from '../../compare/baseline.ts';
import type { Run } from '../../compare/run.ts';
import { openInput } from '../../input/open-input.ts';
import { reportSchema } from '../../report/report.ts';
import { UnreadableTrace } from '../read-report.ts';
import { runOfReport } from '../../report/run-of-report.ts';

/** Our JSON begins with its version; a NetLog begins with its constants. */
const SAVED = /^[\s\uFEFF]*(?:\[\s*)?\{\s*"schemaVersion"/;
const ENOUGH_TO_TELL = 256;

/** The runs in a saved file; `undefined` if it is something else, such as a NetLog. */
export async function readSaved(path: string): Promise<Run[] | undefined> {
  const { chunks } = await openInput(path);
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    const isHead = length < ENOUGH_TO_TELL;
    parts.push(decoder.decode(chunk, { stream: true }));
    length += parts.at(-1)?.length ?? 0;
    if (isHead && length >= ENOUGH_TO_TELL && !SAVED.test(parts.join(''))) return undefined;
  }
  const text = parts.join('');
  return SAVED.test(text) ? runsIn(text, path) : undefined;
}

function runsIn(text: string, path: string): Run[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UnreadableTrace(`${path}: expected a saved report or baseline, found JSON that is cut off or damaged (${(error as Error).message}); save it again`, { cause: error });
  }
  if (Array.isArray(value)) return value.flatMap((report, i) => runsOf(report, `${path}[${i}]`));
  return runsOf(value, path);
}

function runsOf(value: unknown, name: string): Run[] {
  const isBaseline = typeof value === 'object' && value !== null && 'kind' in value;
  if (isBaseline) return runsOfBaseline(parse(baselineSchema, value, name, 'baseline'), name);
  return [runOfReport(parse(reportSchema, value, name, 'report'), name)];
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, name: string, what: string): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UnreadableTrace(`${name}: expected a saved ${what} of schema version 1, found another shape at ${issue?.path.join('.') || 'its top'} (${issue?.message}); save it again with this version`);
}
