/** Writes what is made from `--help`, the pages of `docs/commands` and the man page: `npm run docs:commands`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { module } = await runnerImport(`${ROOT}scripts/reference/reference-files.ts`, { configFile: false, root: ROOT, logLevel: 'error' });

// Of commands that are gone nothing stays.
rmSync(`${ROOT}docs/commands`, { recursive: true, force: true });
for (const [path, content] of module.REFERENCE_FILES) {
  mkdirSync(dirname(`${ROOT}${path}`), { recursive: true });
  writeFileSync(`${ROOT}${path}`, content);
}
