/** The JSON Schemas of the package: every format that other programs read or write, from the zod schemas that the program itself goes by. */
import { z } from 'zod';
import { thresholdsFileSchema } from '../../src/cli/check/read-thresholds.ts';
import { baselineSchema } from '../../src/compare/baseline.ts';
import { checkSchema, comparisonSchema } from '../../src/compare/comparison.ts';
import { findingSchema } from '../../src/findings/finding.ts';
import { histogramSchema } from '../../src/metrics/histograms/histogram.ts';
import { metricSchema, summarySchema } from '../../src/metrics/metric.ts';
import { diagnosticSchema, evidenceSchema, netErrorSchema } from '../../src/model/common.ts';
import { attemptSchema, raceSchema } from '../../src/model/race.ts';
import { requestSchema } from '../../src/model/request.ts';
import { dnsAttemptSchema, dnsTransactionSchema, endpointUpdateSchema, httpsRecordSchema, resolutionSchema, resolverTaskSchema, serviceEndpointSchema } from '../../src/model/resolution.ts';
import { migrationSchema, sessionSchema } from '../../src/model/session.ts';
import { reportSchema } from '../../src/report/report.ts';
import { scenarioSchema } from '../../src/simulator/scenario/scenario.ts';

export interface PublishedSchema {
  /** Of the file, without `.json`. */
  readonly name: string;
  readonly title: string;
  readonly schema: z.ZodType;
}

export const PUBLISHED_SCHEMAS: readonly PublishedSchema[] = [
  { name: 'report', title: 'A report: what netlog-analyze TRACE --format json prints', schema: reportSchema },
  { name: 'comparison', title: 'A comparison: what netlog-analyze compare --format json prints', schema: comparisonSchema },
  { name: 'check', title: 'A check: what netlog-analyze check --format json prints', schema: checkSchema },
  { name: 'baseline', title: 'A baseline: what --save-baseline writes and compare reads', schema: baselineSchema },
  { name: 'scenario', title: 'A scenario: what netlog-analyze simulate, sweep and chart read', schema: scenarioSchema },
  { name: 'thresholds', title: 'Thresholds: what --thresholds reads', schema: thresholdsFileSchema },
];

/** Parts with a definition of their own in a schema that has them, so that what is made from it has names for them. */
const NAMED: Readonly<Record<string, z.ZodType>> = {
  Attempt: attemptSchema,
  Diagnostic: diagnosticSchema,
  DnsAttempt: dnsAttemptSchema,
  DnsTransaction: dnsTransactionSchema,
  EndpointUpdate: endpointUpdateSchema,
  Evidence: evidenceSchema,
  Finding: findingSchema,
  Histogram: histogramSchema,
  HttpsRecord: httpsRecordSchema,
  Metric: metricSchema,
  Migration: migrationSchema,
  NetError: netErrorSchema,
  Race: raceSchema,
  Request: requestSchema,
  Resolution: resolutionSchema,
  ResolverTask: resolverTaskSchema,
  ServiceEndpoint: serviceEndpointSchema,
  Session: sessionSchema,
  Summary: summarySchema,
};
for (const [id, part] of Object.entries(NAMED)) z.globalRegistry.add(part, { ...z.globalRegistry.get(part), id });

/**
 * JSON Schema (draft 2020-12) of what may be written and is read.
 *
 * Objects of results are open, as later versions add fields; files that people write are closed. What zod checks by code,
 * such as one field against another, is not in it: a file that fits can still be refused.
 */
export function jsonSchemaOf({ title, schema }: PublishedSchema): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.ZodObject) setRequired(jsonSchema, zodSchema);
      // Every integer has these bounds in zod.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return { $schema, title, ...rest };
}

/** Asked of the fields themselves: those that tell in words of their own that they are missing count as optional in zod. */
function setRequired(jsonSchema: z.core.JSONSchema.BaseSchema, { shape }: z.ZodObject): void {
  const required = Object.entries(shape).flatMap(([name, field]) => (z.safeParse(field, undefined).success ? [] : [name]));
  if (required.length > 0) jsonSchema.required = required;
}

/** The file's content. */
export function schemaText(published: PublishedSchema): string {
  return `${JSON.stringify(jsonSchemaOf(published), null, 2)}\n`;
}
