/** docs/datasets.md holds what it promises: its tables are those of the code. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RELATIVE_ERROR } from '../../src/dataset/pool/sketch.ts';
import { DATASET_SCHEMA_VERSION } from '../../src/dataset/schema-version.ts';
import { READY_VIEWS } from '../../src/dataset/sql/ready-views.ts';
import { ALL_TABLES } from '../../src/dataset/tables/all-tables.ts';

const text = readFileSync('docs/datasets.md', 'utf8');
describe('docs/datasets.md', () => {
  test.each(ALL_TABLES.map((table) => [table.name, table] as const))('describes the columns of %s as they are', (name, { meaning, columns }) => {
    const rows = columns.map((column) => `| \`${column.name}\` | ${column.type} | ${column.meaning} |\n`).join('');
    expect(text.includes(`### ${name}\n\nA row is ${meaning}.\n\n| column | type | |\n|---|---|---|\n${rows}`)).toBe(true);
  });

  test('names every ready view, the error of sketches and the version of the schema', () => {
    expect(READY_VIEWS.filter(({ name }) => !text.includes(`| \`${name}\` |`))).toEqual([]);
    expect(text).toContain(`**${RELATIVE_ERROR * 100} %** of each value`);
    expect(text).toContain(`\`schema_version\` (now ${DATASET_SCHEMA_VERSION})`);
  });
});
