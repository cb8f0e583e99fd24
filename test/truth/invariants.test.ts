/** Every sample's report has the shape that the schema promises, and holds together. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../../src/report/report.ts';
import { brokenInvariants } from './invariants.ts';
import { reportOf } from './sample-reports.ts';
import { SAMPLES } from './truth.ts';

const ALL_SAMPLES = readdirSync(SAMPLES).filter((name) => existsSync(join(SAMPLES, name, 'netlog.json.gz'))).toSorted();

describe.each(ALL_SAMPLES)('the report of %s', (sample) => {
  it('has the fields of the schema and no others', async () => {
    const written: unknown = JSON.parse(JSON.stringify(await reportOf(sample)));
    expect(reportSchema.parse(written)).toEqual(written);
  });

  it('keeps the promises that every report makes', async () => {
    expect(brokenInvariants(await reportOf(sample))).toEqual([]);
  });
});
