/** docs/datasets.md holds what it promises: its commands run, its tables are those of the code. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RELATIVE_ERROR } from '../../src/dataset/pool/sketch.ts';
import { DATASET_SCHEMA_VERSION } from '../../src/dataset/schema-version.ts';
import { READY_VIEWS } from '../../src/dataset/sql/ready-views.ts';
import { ALL_TABLES } from '../../src/dataset/tables/all-tables.ts';
import { netlogAnalyze } from '../cli/harness.ts';

const text = readFileSync('docs/datasets.md', 'utf8');
const calls = [...text.matchAll(/^npx netlog-analyze (.*)$/gm)].map(([, call = '']) => call);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dataset-docs-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The data set that the first command makes belongs to the test. */
const wordsOf = (call: string): string[] =>
  (call.match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^['"]|['"]$/g, '')).map((word) => (word === 'fleet' ? join(folder, 'fleet') : word));

describe('docs/datasets.md', () => {
  // In order, as a reader would.
  test.each(calls)('shows a call that works: netlog-analyze %s', async (call) => {
    const { exitCode, stderr } = await netlogAnalyze(wordsOf(call), { real: true });
    expect({ exitCode, stderr: stderr.replace(/.*: \d+ written\n/, '') }).toEqual({ exitCode: 0, stderr: '' });
  });

  test('shows calls', () => {
    expect(calls.length).toBeGreaterThan(4);
  });

  test.each(ALL_TABLES.map((table) => [table.name, table] as const))('describes the columns of %s as they are', (name, { meaning, columns }) => {
    const rows = columns.map((column) => `| \`${column.name}\` | ${column.type} | ${column.meaning} |\n`).join('');
    expect(text.includes(`### ${name}\n\nA row is ${meaning}.\n\n| column | type | |\n|---|---|---|\n${rows}`)).toBe(true);
  });

  test('names every ready view, the error of sketches and the version of the schema', () => {
    expect(READY_VIEWS.filter(({ name }) => !text.includes(`| \`${name}\` |`))).toEqual([]);
    expect(text).toContain(`**${RELATIVE_ERROR * 100} %** of each value`);
    expect(text).toContain(`\`schema_version\` (now ${DATASET_SCHEMA_VERSION})`);
  });

  test('links only to files that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => join('docs', path));
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });
});
