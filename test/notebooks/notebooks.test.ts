/** The notebooks as they are committed: executed from scratch, shown everywhere, and true to the public types. `npm run notebooks -- --check` executes them anew. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeOf, type Notebook, readNotebooks, sourceOf } from './read-notebooks.ts';
import { typeErrorsIn } from './type-errors.ts';

const notebooks = readNotebooks();
const FOLDER = join(import.meta.dirname, '../../notebooks');

/** PNG's own beginning, in base 64. */
const PNG = 'iVBORw0KGgo';
const VEGA_LITE = 'application/vnd.vegalite.v5+json';
const MOST_BYTES = 1_000_000;

it('are the five that the README tells of', () => {
  expect(notebooks.map(({ file }) => file)).toEqual(['1-first-look.ipynb', '2-races-in-depth.ipynb', '3-hev3-against-hev2.ipynb', '4-fleet.ipynb', '5-lazy-eye.ipynb']);
});

describe.each(notebooks.map((notebook): [string, Notebook] => [notebook.file, notebook]))('%s', (_, notebook) => {
  const outputs = notebook.cells.flatMap(({ outputs: own = [] }) => own);

  it('is a notebook in TypeScript', () => {
    expect(notebook).toMatchObject({ nbformat: 4, metadata: { kernelspec: { name: 'deno', language: 'typescript' } } });
  });

  it('was executed from its first cell to its last, without an error', () => {
    const counts = notebook.cells.filter(({ cell_type }) => cell_type === 'code').map(({ execution_count }) => execution_count);
    expect(counts).toEqual(counts.map((__, i) => i + 1));
    expect(outputs.map(({ output_type }) => output_type)).not.toContain('error');
  });

  it('shows each chart both as a picture and as its specification', () => {
    const charts = outputs.flatMap(({ data = {} }) => (VEGA_LITE in data || 'image/png' in data ? [data] : []));
    expect(charts.length).toBeGreaterThan(1);
    for (const chart of charts) {
      expect(Object.keys(chart).toSorted()).toEqual([VEGA_LITE, 'image/png']);
      expect(String(chart['image/png']).slice(0, PNG.length)).toBe(PNG);
    }
  });

  it('shows something wherever a cell ends with a chart or a table', () => {
    const silent = notebook.cells.filter((cell) => /^(await )?notebook(Chart|Table)\(/m.test(sourceOf(cell)) && cell.outputs?.length === 0);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('asks a question first, and ends with a conclusion', () => {
    const [first, ...rest] = notebook.cells;
    expect(first === undefined ? '' : sourceOf(first)).toMatch(/^# \d · [\s\S]*\*\*[^*]+\?\*\*/);
    const last = rest.at(-1);
    expect(last === undefined ? '' : sourceOf(last)).toMatch(/^## Conclusion\n\n\*\*/);
  });

  it('imports the package by its name, and what belongs to Node', () => {
    const imported = codeOf(notebook).flatMap((code) => [...code.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, specifier = '']) => specifier));
    expect(imported).toContain('netlog-analyze');
    expect(imported.filter((specifier) => specifier !== 'netlog-analyze' && !specifier.startsWith('node:'))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const links = notebook.cells.flatMap((cell) => [...sourceOf(cell).matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => path));
    expect(links.filter((path) => !existsSync(join(FOLDER, path)))).toEqual([]);
  });

  it('stays small', () => {
    expect(notebook.bytes).toBeLessThan(MOST_BYTES);
  });
});

it('hold to the types of the public interface', () => {
  expect(typeErrorsIn(notebooks)).toEqual([]);
}, 180_000);
