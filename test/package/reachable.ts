/** Which files of the build the entries of the package need: what they import, in code and in declarations, and so on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface Reach {
  /** Paths below the root. */
  readonly files: ReadonlySet<string>;
  /** Packages that the files import, with the name of the package alone. */
  readonly packages: ReadonlySet<string>;
}

/** @param entries paths below the root, of modules or declarations. Node's own modules are left out. */
export function reachFrom(entries: readonly string[]): Reach {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (files.has(path)) continue;
    files.add(path);
    for (const { fileName } of ts.preProcessFile(readFileSync(path, 'utf8'), true, true).importedFiles) {
      if (fileName.startsWith('.')) waiting.push(importedBy(path, fileName));
      else if (!fileName.startsWith('node:')) packages.add(/^(?:@[^/]+\/)?[^/]+/.exec(fileName)?.[0] ?? fileName);
    }
  }
  return { files, packages };
}

function importedBy(path: string, specifier: string): string {
  const target = join(path, '..', specifier);
  return path.endsWith('.d.ts') ? target.replace(/\.[jt]s$/, '.d.ts') : target;
}
