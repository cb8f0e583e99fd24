/** What must hold of every input, whatever is in it. Tells what does not, as one line; undefined if all is well. */
import { writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { analyze } from '../../src/analyze.ts';
import { computeMetrics } from '../../src/metrics/all-metrics.ts';
import { createModel } from '../../src/model/model.ts';
import { NetLogError } from '../../src/netlog/errors.ts';
import { redactedCopy } from '../../src/redact/redact-log.ts';
import { type Report, reportSchema } from '../../src/report/report.ts';
import { markdownText } from '../../src/report/plain-text.ts';
import { raceText } from '../../src/report/terminal/race-chart.ts';
import { summaryText } from '../../src/report/terminal/summary.ts';
import { plainStyle } from '../../src/report/view.ts';
import { differenceFromParsed, parsedLog } from './against-json-parse.ts';
import { chunksOf } from '../netlog/reading.ts';
import type { FuzzInput } from './make-input.ts';
import { difference, readAsAnyJson, readAsUsual } from './read-both-ways.ts';

/** `path`: a file to write inputs to. */
export async function checkInput(input: FuzzInput, path: string): Promise<string | undefined> {
  try {
    return input.throughFile ? await checkFile(input.bytes, path) : await checkBytes(input);
  } catch (error) {
    return `threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

async function checkBytes({ bytes, chunkSizes }: FuzzInput): Promise<string | undefined> {
  const model = createModel();
  // Params that nobody asks for are passed over without a look.
  const paramsOf = bytes.length % 3 === 0 ? model.paramsOf : undefined;
  const usual = await readAsUsual(bytes, [bytes.length], { paramsOf, also: model });
  const inPieces = await readAsUsual(bytes, chunkSizes, { paramsOf });
  if (!isDeepStrictEqual(usual, inPieces)) return `read differently in pieces of ${chunkSizes.join(' and ')} bytes`;
  const parsed = parsedLog(bytes);
  const different = difference(usual, await readAsAnyJson(bytes, { paramsOf }), parsed !== undefined);
  if (different !== undefined || usual.kind === 'refused') return different;
  const unlike = parsed && differenceFromParsed(usual.events, usual.codes, parsed, bytes, paramsOf === undefined);
  if (unlike !== undefined) return unlike;
  const lost = lostByRedaction(bytes, chunkSizes, parsed !== undefined, usual.events.length);
  if (lost !== undefined) return lost;
  const trace = model.trace();
  return numberlessPlace([trace.races, trace.resolutions, trace.sessions, trace.requests, computeMetrics(trace)], 'trace');
}

/** Of valid JSON a redacted copy has all events; of damaged text it may have fewer, but it has no error of ours. */
function lostByRedaction(bytes: Uint8Array, chunkSizes: readonly number[], isValid: boolean, events: number): string | undefined {
  const copy = redactedCopy(() => undefined);
  try {
    for (const chunk of chunksOf(bytes, chunkSizes)) copy.take(chunk);
    copy.end();
  } catch (error) {
    // Where the reader found nothing to object to, such as in a second header.
    if (!(error instanceof NetLogError)) throw error;
    return `redaction refuses what can be read: ${error.message}`;
  }
  return isValid && copy.events !== events ? `${events} events, and ${copy.events} in a redacted copy` : undefined;
}

async function checkFile(bytes: Uint8Array, path: string): Promise<string | undefined> {
  writeFileSync(path, bytes);
  let report: Report;
  try {
    report = await analyze(path);
  } catch (error) {
    if (error instanceof NetLogError) return UNSAFE.test(error.message) ? `an unsafe message: ${JSON.stringify(error.message)}` : undefined;
    throw error;
  }
  reportSchema.parse(report);
  const view = { width: 80, style: plainStyle };
  const texts = [summaryText(report, { top: 5, filters: '' }, view), ...report.races.map((race) => raceText(race, report.resolutions, view))];
  for (const text of texts) {
    if (UNSAFE.test(text)) return `unsafe text: ${JSON.stringify(UNSAFE.exec(text)?.[0])}`;
    if (/\b(?:NaN|undefined|Infinity)\b/.test(text) && !/NaN|undefined|Infinity/.test(bytes.toString())) return `a value that is none: ${/.*\b(?:NaN|undefined|Infinity)\b.*/.exec(text)?.[0]}`;
  }
  for (const { destination } of report.races) markdownText(destination?.host ?? '');
  return numberlessPlace(report, 'report');
}

/** Controls but line ends, marks of direction, lone surrogates. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Where a number is NaN or infinite, which JSON cannot say. */
function numberlessPlace(value: unknown, path: string): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} is ${value}`;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = numberlessPlace(inner, `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
