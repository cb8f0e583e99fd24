/** Checks a map of source files against the dependency table: breaches in words, none for sound files. */
import { isBuiltin } from 'node:module';
import { AS_GOOD_AS_A_TYPE, IMPURE_GLOBALS, IMPURE_MEMBERS, MAY_IMPORT, MAY_KNOW_NODE, PURE, type Part, TYPES_ONLY } from './dependency-table.ts';
import { type Import, type SourceFiles, importsOf, usesOf } from './source-files.ts';

/** The folder of a file, or the file itself if it lies in the root. */
function partOf(path: string): Part {
  return path.split('/')[0] ?? path;
}

export function unknownParts(files: SourceFiles): string[] {
  return Object.keys(files)
    .filter((path) => MAY_IMPORT[partOf(path)] === undefined)
    .map((path) => `${path} is in no part of the table`);
}

export function forbiddenImports(files: SourceFiles): string[] {
  return everyImport(files).flatMap(([path, { specifier, target, values }]) => {
    if (target === undefined) return [];
    const [from, to] = [partOf(path), partOf(target)];
    if (from === to) return [];
    if (MAY_IMPORT[from]?.includes(to) !== true) return [`${path} imports ${specifier}: ${from} may not import ${to}`];
    const running = TYPES_ONLY[from]?.includes(to) === true ? values.filter((name) => !AS_GOOD_AS_A_TYPE.test(name)) : [];
    return running.map((name) => `${path} imports ${name} from ${specifier}: ${from} may import only types of ${to}`);
  });
}

/** Each cycle once, from its first file in order of path: type imports count, as they tie files together all the same. */
export function importCycles(files: SourceFiles): string[] {
  const targets = new Map(Object.entries(files).map(([path, text]) => [path, importsOf(path, text).flatMap((i) => i.target ?? [])]));
  const cycles: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, way: readonly string[]): void => {
    const at = way.indexOf(path);
    if (at >= 0) cycles.push([...way.slice(at), path].join(' -> '));
    if (at >= 0 || done.has(path)) return;
    for (const target of targets.get(path) ?? []) walk(target, [...way, path]);
    done.add(path);
  };
  for (const path of [...targets.keys()].toSorted()) walk(path, []);
  return cycles;
}

export function nodeOutOfPlace(files: SourceFiles): string[] {
  return everyImport(files)
    .filter(([path, { specifier }]) => isBuiltin(specifier) && !MAY_KNOW_NODE.includes(partOf(path)))
    .map(([path, { specifier }]) => `${path} imports ${specifier}: ${partOf(path)} must run in a browser`);
}

export function impurities(files: SourceFiles): string[] {
  return Object.entries(files)
    .filter(([path]) => PURE.includes(partOf(path)))
    .flatMap(([path, text]) => {
      const used = usesOf(path, text).filter((name) => IMPURE_GLOBALS.has(name) || IMPURE_MEMBERS.has(name));
      return [...new Set(used)].map((name) => `${path} uses ${name}: ${partOf(path)} only computes`);
    });
}

function everyImport(files: SourceFiles): [path: string, imported: Import][] {
  return Object.entries(files).flatMap(([path, text]) => importsOf(path, text).map((i): [string, Import] => [path, i]));
}
