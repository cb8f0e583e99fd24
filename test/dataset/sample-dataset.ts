/** A data set of a few recorded traces, made as a user makes one, in a folder that the test takes away. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { netlogAnalyze } from '../cli/harness.ts';

/** All engines, both transports, fallbacks of both kinds, failures, DNS over HTTPS, a log that is cut off. */
export const SAMPLES = ['v6-blackhole-hev3', 'v6-blackhole-hev2', 'dual-legacy', 'quic-blocked-hev3', 'svc-hev3', 'nxdomain-hev3', 'doh-secure-hev3', 'truncated-hev3'] as const;

export const sampleFiles: readonly string[] = SAMPLES.map((name) => `samples/${name}/netlog.json.gz`);

export interface SampleDataset {
  /** The folder of the data set; there from the first test on. */
  readonly path: string;
  /** For whatever else the tests make. */
  readonly folder: string;
}

export function useSampleDataset(): SampleDataset {
  const folder = mkdtempSync(join(tmpdir(), 'dataset-test-'));
  const path = join(folder, 'fleet');
  beforeAll(async () => {
    const { exitCode, stderr } = await netlogAnalyze(['export', ...sampleFiles, '-f', 'parquet', '-o', path], { real: true });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: `netlog-analyze: ${path}: ${SAMPLES.length} written\n` });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return { path, folder };
}
