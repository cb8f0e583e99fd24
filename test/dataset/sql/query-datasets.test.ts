/** The library's way to ask data sets, and to make them. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { queryDatasets } from '../../../src/dataset/sql/query-datasets.ts';
import { exportTrace } from '../../../src/export-trace.ts';

const folder = mkdtempSync(join(tmpdir(), 'query-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const BLACKHOLE = 'samples/v6-blackhole-hev3/netlog.json.gz';

describe('a trace that a program exports', () => {
  const dataset = join(folder, 'fleet');

  it('becomes a partition once', async () => {
    expect(await exportTrace(BLACKHOLE, dataset, { network: 'lab' })).toEqual({ outcome: 'written', complete: true });
    expect(await exportTrace(BLACKHOLE, dataset, { network: 'lab' })).toEqual({ outcome: 'already there' });
    expect(await exportTrace(BLACKHOLE, dataset, { network: 'lab', replace: true })).toEqual({ outcome: 'written', complete: true });
    expect(readdirSync(dataset)).toHaveLength(1);
  });

  it('is another run with a window', async () => {
    const windowed = join(folder, 'windowed');
    await exportTrace(BLACKHOLE, windowed);
    await exportTrace(BLACKHOLE, windowed, { window: { fromMs: 1000 } });
    expect(readdirSync(windowed)).toHaveLength(2);
  });

  it('answers with records: those of the race that samples/README.md tells of', async () => {
    expect(await queryDatasets("SELECT network, outcome, fallback_family, winner_family FROM races JOIN runs USING (run) WHERE host = 'dual.lab.test'", [dataset])).toEqual([
      { network: 'lab', outcome: 'connected', fallback_family: true, winner_family: 'ipv4' },
    ]);
  });

  it('goes by the name that it is given', async () => {
    const named = join(folder, 'named');
    await exportTrace(BLACKHOLE, named, { name: 'monday' });
    expect(await queryDatasets('SELECT file FROM runs', [named])).toEqual([{ file: 'monday' }]);
  });

  it('leaves no temporary folder of a query behind, even of one that fails', async () => {
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    vi.stubEnv('TMPDIR', temporary);
    expect(await queryDatasets('SELECT 1 AS one', [dataset])).toEqual([{ one: 1 }]);
    await expect(queryDatasets('SELECT nothing', [dataset])).rejects.toThrow(/nothing/);
    vi.unstubAllEnvs();
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('says what cannot be written to, and of what is no NetLog', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'text');
    await expect(exportTrace(BLACKHOLE, join(file, 'fleet'))).rejects.toMatchObject({ name: 'UnwritableDataset' });
    await expect(exportTrace(file, join(folder, 'other'))).rejects.toMatchObject({ name: 'NetLogError' });
  });

  it('only reads, whatever is asked', async () => {
    await expect(queryDatasets(`COPY runs TO '${join(folder, 'copy.csv')}'`, [dataset])).rejects.toMatchObject({ name: 'QueryError' });
  });
});
