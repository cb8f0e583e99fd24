/**
 * Bundles the page of `report` and `view`, script and style, and the worker in which `view` analyses logs, each into one
 * file: `page.js`, `page.css`, `analysis-worker.js`. The same sources give the same bytes. Folder: the first argument, or
 * dist/page.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export async function buildPage(outDir) {
  await bundle(outDir, 'main.ts', 'page', true);
  await bundle(outDir, 'view/analysis-worker.ts', 'analysis-worker', false);
}

async function bundle(outDir, entry, name, emptyOutDir) {
  await build({
    configFile: false,
    envDir: false,
    logLevel: 'warn',
    root: fileURLToPath(new URL('../src/page/', import.meta.url)),
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir,
      target: 'es2022',
      minify: true,
      cssMinify: true,
      reportCompressedSize: false,
      // stream-chain loads it on Node alone.
      rolldownOptions: { external: ['node:string_decoder'] },
      lib: { entry, name: 'netlogAnalyzePage', formats: ['iife'], fileName: () => `${name}.js`, cssFileName: name },
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPage(resolve(process.argv[2] ?? 'dist/page'));
