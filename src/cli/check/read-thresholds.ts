/** Reads a thresholds file, YAML or JSON; says file, line, what was expected, found, and what to try. */
import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { MetricTraits } from '../../compare/run.ts';
import { ExpressionError, parseExpression } from '../../compare/thresholds/parse-expression.ts';
import { inconclusiveSchema, levelSchema, UNEXPECTED_HOSTS, type OnInconclusive, type Threshold } from '../../compare/thresholds/threshold.ts';
import { allRules } from '../../findings/all-rules.ts';
import { anyGlob } from '../../glob.ts';
import { allMetrics } from '../../metrics/all-metrics.ts';
import { mismatch } from '../../simulator/scenario/expectation.ts';
import { createNodePositions, fieldText, type FieldPath, type NodePositions } from '../../simulator/scenario/node-positions.ts';
import { FINDING_TOTALS } from '../../report/run-of-report.ts';
import { UsageError } from '../exit-code.ts';
import { nearest } from '../nearest.ts';
import { suggestion } from './nearest-metrics.ts';

const EXAMPLE = 'a condition such as "p95 < 200ms", or a list: [warn, "delta(median) < max(10%, 5ms)"]';

const optionsSchema = z.strictObject({ optional: z.boolean().optional(), allow: z.array(z.string()).optional() });
type ThresholdOptions = z.infer<typeof optionsSchema>;

/** The form of the file; what a condition may say is `parseExpression`'s to tell. */
export const thresholdsFileSchema = z.strictObject({
  thresholds: z
    .record(z.string(), z.union([z.string(), z.array(z.union([z.string(), optionsSchema])).min(1)]))
    .describe('By metric: a condition such as "p95 < 200ms", or a list: [warn, "delta(median) < max(10%, 5ms)"]'),
  minRuns: z.number().int().min(2).optional(),
  alpha: z.number().gt(0).max(0.5).optional(),
  onInconclusive: inconclusiveSchema.optional(),
});

const EXPECTED: Readonly<Record<string, string>> = {
  '': 'a map with thresholds, and optionally minRuns, alpha and onInconclusive',
  thresholds: 'a map from metrics to conditions',
  minRuns: 'a whole number from 2 on',
  alpha: 'a number above 0, at most 0.5',
  onInconclusive: 'one of pass, warn, fail',
};

export interface ThresholdsFile {
  readonly file: string;
  readonly thresholds: readonly Threshold[];
  readonly minRuns?: number | undefined;
  readonly alpha?: number | undefined;
  readonly onInconclusive?: OnInconclusive | undefined;
}

/** @throws UsageError for the first mistake */
export async function readThresholds(file: string): Promise<ThresholdsFile> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'no such file' : error.code === 'EISDIR' ? 'is a directory, not a thresholds file' : error.message;
    throw new UsageError(`${file}: ${reason}`, { cause: error });
  });
  return parseThresholds(text, file);
}

export function parseThresholds(text: string, file: string): ThresholdsFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: true });
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake !== undefined) throw new UsageError(`${file}:${lines.linePos(mistake.pos[0]).line}: expected YAML or JSON, found a mistake: ${mistake.message}`);
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  const at = createNodePositions(document, lines);
  const parsed = thresholdsFileSchema.safeParse(value);
  if (!parsed.success) throw schemaError(parsed.error.issues, value, file, at);
  const { thresholds, ...settings } = parsed.data;
  const all = Object.entries(thresholds).flatMap(([metric, entry]) => thresholdsFor(metric, typeof entry === 'string' ? [entry] : entry, file, at));
  if (all.length === 0) throw new UsageError(`${file}:${at.lineOf(['thresholds'])}: thresholds: expected at least one metric with ${EXAMPLE}, found none`);
  return { file, thresholds: all, ...settings };
}

function schemaError(issues: readonly z.core.$ZodIssue[], value: unknown, file: string, at: NodePositions): UsageError {
  const located = issues.map((issue) => {
    const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const path: FieldPath = unknownKey === undefined ? issue.path : [...issue.path, unknownKey];
    return { path, unknownKey, line: at.lineOf(path) };
  });
  const first = located.reduce((a, b) => (b.line < a.line ? b : a));
  const where = [`${file}:${first.line}`, fieldText(first.path)].filter(Boolean).join(': ');
  if (first.unknownKey !== undefined) {
    const known = first.path.length === 1 ? Object.keys(thresholdsFileSchema.shape) : Object.keys(optionsSchema.shape);
    return new UsageError(`${where}: ${mismatch(`one of ${known.join(', ')}`, first.unknownKey)}${nearest(first.unknownKey, known, 1).map((name) => `; did you mean ${name}?`).join('')}`);
  }
  const found = first.path.reduce<unknown>((inner, step) => (inner as Readonly<Record<PropertyKey, unknown>> | undefined)?.[step], value);
  return new UsageError(`${where}: ${mismatch(EXPECTED[first.path.join('.')] ?? EXAMPLE, found)}`);
}

function thresholdsFor(metric: string, entries: readonly (string | ThresholdOptions)[], file: string, at: NodePositions): Threshold[] {
  const fail = (path: FieldPath, problem: string): never => {
    throw new UsageError(`${file}:${at.lineOf(['thresholds', ...path])}: ${metric}: ${problem}`);
  };
  const traits = TRAITS.get(metric) ?? fail([metric], `expected a metric, found none of that name; ${suggestion(metric, METRIC_NAMES)}`);
  const level = levelSchema.safeParse(entries[0]);
  const options = entries.filter((entry) => typeof entry !== 'string').reduce<ThresholdOptions>((all, more) => ({ ...all, ...more }), {});
  if (options.allow !== undefined && metric !== UNEXPECTED_HOSTS.id) fail([metric], `expected allow for ${UNEXPECTED_HOSTS.id} only, found it here`);
  if (options.allow === undefined && metric === UNEXPECTED_HOSTS.id) fail([metric], 'expected the hosts that may be contacted, such as {allow: ["*.example.com"]}, found no allow');
  const allowed = options.allow ?? [];
  const matches = anyGlob(allowed);
  const conditions = entries.flatMap((entry, i) => (typeof entry === 'string' && !(i === 0 && level.success) ? [{ text: entry, i }] : []));
  if (conditions.length === 0) fail([metric], `expected ${EXAMPLE}, found no condition`);
  return conditions.map(({ text, i }) => {
    const path = entries.length === 1 ? [metric] : [metric, i];
    try {
      return {
        metric: traits,
        text,
        expression: parseExpression(text, traits),
        level: level.data ?? 'error',
        line: at.lineOf(['thresholds', ...path]),
        optional: options.optional ?? false,
        // No globs at all would match everything.
        allows: (host) => allowed.length > 0 && matches(host),
      };
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return fail(path, error.message);
    }
  });
}

const TRAITS = new Map<string, MetricTraits>(
  [
    ...allMetrics.map(({ id, unit, better, statistic }): MetricTraits => ({ id, unit, better, kind: statistic })),
    UNEXPECTED_HOSTS,
    ...FINDING_TOTALS,
    // Findings are named by their rule, and any number of them is a number.
    ...allRules.map(({ id }): MetricTraits => ({ id: `finding.${id}`, unit: 'count', better: 'lower', kind: 'total' })),
  ].map((traits) => [traits.id, traits]),
);
const METRIC_NAMES = [...TRAITS.keys()];
