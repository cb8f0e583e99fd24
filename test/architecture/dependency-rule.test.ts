/** The dependency rule, held against every file of `src`, and against files that break it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forbiddenImports, importCycles, impurities, nodeOutOfPlace, unknownParts } from './breaches.ts';
import type { SourceFiles } from './source-files.ts';

const SRC = join(import.meta.dirname, '../../src');

const FILES: SourceFiles = Object.fromEntries(
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path.split(sep).join('/'), readFileSync(join(SRC, path), 'utf8')]),
);

describe('the source', () => {
  it('has nothing in its root but the entry points and the leaf vocabularies', () => {
    expect(Object.keys(FILES).filter((path) => !path.includes('/')).toSorted()).toEqual(['address.ts', 'analyze.ts', 'browser.ts', 'export-trace.ts', 'glob.ts', 'index.ts', 'log-analysis.ts', 'units.ts']);
  });

  it('has no part that the dependency table does not know', () => {
    expect(unknownParts(FILES)).toEqual([]);
  });

  it('imports only what the dependency table allows', () => {
    expect(forbiddenImports(FILES)).toEqual([]);
  });

  it('has no cycle of imports', () => {
    expect(importCycles(FILES)).toEqual([]);
  });

  it('knows Node only where bytes come from and go to', () => {
    expect(nodeOutOfPlace(FILES)).toEqual([]);
  });

  it('computes without clock, randomness, process or console', () => {
    expect(impurities(FILES)).toEqual([]);
  });
});

describe('the dependency rule', () => {
  it.each<[string, SourceFiles, string]>([
    ['an import across the arms', { 'engine/race.ts': "import { Race } from '../model/race.ts';" }, 'engine/race.ts imports ../model/race.ts: engine may not import model'],
    ['a type import against the stream', { 'netlog/event.ts': "import type { Trace } from '../model/trace.ts';" }, 'netlog/event.ts imports ../model/trace.ts: netlog may not import model'],
    ['a re-export', { 'units.ts': "export * from './netlog/event.ts';" }, 'units.ts imports ./netlog/event.ts: units.ts may not import netlog'],
    ['an import in the midst of the code', { 'metrics/x.ts': "const later = () => import('../report/json.ts');" }, 'metrics/x.ts imports ../report/json.ts: metrics may not import report'],
    ['an import of the second entry point', { 'report/x.ts': "import { analyze } from '../analyze.ts';" }, 'report/x.ts imports ../analyze.ts: report may not import analyze.ts'],
    ['a value where only types are allowed', { 'report/x.ts': "import { type Race, createModel } from '../model/model.ts';" }, 'report/x.ts imports createModel from ../model/model.ts: report may import only types of model'],
  ])('finds %s', (_, files, breach) => {
    expect(forbiddenImports(files)).toEqual([breach]);
  });

  it('allows schemas, types and files of the same part', () => {
    const files = { 'report/x.ts': "import { raceSchema } from '../model/race.ts';\nimport { type Race } from '../model/race.ts';\nimport { y } from './columns/y.ts';" };
    expect(forbiddenImports(files)).toEqual([]);
  });

  it('finds a part that is in no table', () => {
    expect(unknownParts({ 'helpers/x.ts': '', 'model/x.ts': '' })).toEqual(['helpers/x.ts is in no part of the table']);
  });

  it('finds a cycle, even of type imports and across folders', () => {
    const files = {
      'model/a.ts': "import type { B } from './deep/b.ts';",
      'model/deep/b.ts': "import { c } from '../c.ts';",
      'model/c.ts': "export { a } from './a.ts';",
      'model/d.ts': "import './a.ts';",
    };
    expect(importCycles(files)).toEqual(['model/a.ts -> model/deep/b.ts -> model/c.ts -> model/a.ts']);
  });

  it('finds Node where it must not be, with and without its prefix', () => {
    const files = { 'netlog/a.ts': "import { readFile } from 'node:fs';", 'report/b.ts': "import fs from 'fs';", 'input/c.ts': "import 'node:zlib';", 'model/d.ts': "import { z } from 'zod';" };
    expect(nodeOutOfPlace(files)).toEqual(['netlog/a.ts imports node:fs: netlog must run in a browser', 'report/b.ts imports fs: report must run in a browser']);
  });

  it.each<[string, string]>([
    ['process', 'export const cwd = process.cwd();'],
    ['console', 'function f() { console.log(1); }'],
    ['Date.now', 'const now = Date.now();'],
    ['Date.now', 'const now = new Date();'],
    ['Math.random', 'const pick = { by: Math.random };'],
    ['setTimeout', 'setTimeout(() => 1, 5);'],
    ['queueMicrotask', 'const later = [queueMicrotask];'],
  ])('finds %s in a part that only computes', (name, text) => {
    expect(impurities({ 'engine/x.ts': text })).toEqual([`engine/x.ts uses ${name}: engine only computes`]);
    expect(impurities({ 'cli/x.ts': text })).toEqual([]);
  });

  it('takes no comment, text, member or date that is given for an impurity', () => {
    const text = "// console.log, Date.now()\nconst a = 'process.cwd()';\nconst b = { process: 1 }.process;\nconst d = new Date(5);\nfunction f(console: number) {}";
    expect(impurities({ 'model/x.ts': text })).toEqual([]);
  });
});
