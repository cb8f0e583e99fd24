/** The files that paths, globs and directories mean, in an order that does not depend on the file system. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDataset } from '../../dataset/partitions.ts';
import { globMatcher } from '../../glob.ts';
import { UsageError } from '../exit-code.ts';

interface FoundFile {
  /** A file, or the folder of a data set. */
  readonly path: string;
  /** Named itself, or met in a directory, where not everything need be a trace. */
  readonly named: boolean;
}

const LIKE_A_TRACE = /\.(json|netlog|log|gz|zst|zip)$/i;

/** @throws UsageError if a glob or a directory holds nothing */
export async function expandPaths(paths: readonly string[]): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for (const path of paths) {
    const isDirectory = await stat(path).then((entry) => entry.isDirectory(), () => undefined);
    // A name that exists is meant as it stands, whatever characters it has.
    const files = isDirectory === undefined && /[*?]/.test(path) ? await filesOfGlob(path) : isDirectory === true ? await filesIn(path) : [{ path, named: true }];
    found.push(...files);
  }
  return [...new Map(found.map((file) => [file.path, file])).values()];
}

async function filesIn(directory: string): Promise<FoundFile[]> {
  if (await isDataset(directory)) return [{ path: directory, named: true }];
  const names = await readdir(directory, { recursive: true });
  const files = names.filter((name) => LIKE_A_TRACE.test(name)).toSorted();
  if (files.length === 0) throw new UsageError(`${directory}: expected a directory with traces, found no file that ends in .json, .netlog, .log, .gz, .zst or .zip`);
  return files.map((name) => ({ path: join(directory, name), named: false }));
}

/** `*` and `?` match within one name of the path, `**` any number of directories. */
async function filesOfGlob(glob: string): Promise<FoundFile[]> {
  const steps = glob.split('/');
  const matched = await walk(steps[0] === '' ? '/' : '.', steps[0] === '' ? steps.slice(1) : steps);
  if (matched.length === 0) throw new UsageError(`${glob}: expected files that match, found none`);
  const expanded = await Promise.all(matched.map(async (path) => ((await stat(path)).isDirectory() ? filesIn(path) : [{ path, named: true }])));
  return expanded.flat();
}

async function walk(folder: string, [step, ...rest]: readonly string[]): Promise<string[]> {
  if (step === undefined) return [folder];
  if (step === '.' || step === '..') return walk(join(folder, step), rest);
  const entries = (await readdir(folder, { withFileTypes: true }).catch(() => [])).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const matches = globMatcher(step === '**' ? '*' : step);
  const results = await Promise.all(
    entries
      .filter(({ name }) => !name.startsWith('.') && matches(name))
      .map(async (entry) => {
        const path = join(folder, entry.name);
        if (step === '**') return entry.isDirectory() ? walk(path, [step, ...rest]) : [];
        return rest.length === 0 ? [path] : walk(path, rest);
      }),
  );
  return [...(step === '**' ? await walk(folder, rest) : []), ...results.flat()];
}
