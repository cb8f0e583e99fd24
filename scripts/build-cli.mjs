/**
 * Bundles the program into few files, `dist/cli`: started hundreds of times a day, it must not load hundreds of modules each time.
 * What the bundle takes of other packages is named in `dist/cli/third-party-licenses.txt`, with the licence of each.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'dist/cli');

/** Optional, native or data: looked for where they are installed. */
const NOT_BUNDLED = ['@duckdb/node-api', '@resvg/resvg-js', 'dejavu-fonts-ttf'];

/** Everything but the program itself is two folders below `dist`, as deep as in `src`: it finds the page's assets by its own place. */
const CHUNKS = 'chunks';

const ENTRIES = { main: 'src/cli/main.ts', run: 'src/cli/run.ts', [`${CHUNKS}/grid-worker`]: 'src/cli/sweep/grid-worker.ts' };

const { output } = await build({
  configFile: false,
  envDir: false,
  logLevel: 'warn',
  root: ROOT,
  ssr: { noExternal: true, external: NOT_BUNDLED },
  build: {
    ssr: true,
    outDir: OUT,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, join(ROOT, path)])),
      output: { entryFileNames: '[name].js', chunkFileNames: `${CHUNKS}/[name]-[hash].js` },
    },
  },
});

/** The folder of the package that a module belongs to; undefined for our own. */
function packageOf(path) {
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path.replaceAll('\\', '/'))?.[0];
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  return [`${name} ${version}: ${license}`, ...texts.map((file) => readFileSync(join(folder, file), 'utf8').trim())].join('\n\n');
}

const folders = new Set(output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds.map(packageOf).filter((folder) => folder !== undefined) : [])));
writeFileSync(join(OUT, 'third-party-licenses.txt'), `${[...folders].toSorted((a, b) => (a < b ? -1 : 1)).map(licenceOf).join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
