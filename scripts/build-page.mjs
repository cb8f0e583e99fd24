/**
 * Bundles the script and the style of a report's page, each into one file: `page.js`, `page.css`.
 * The same sources give the same bytes. Folder: the first argument, or dist/page.
 */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export async function buildPage(outDir) {
  await build({
    configFile: false,
    envDir: false,
    logLevel: 'warn',
    root: fileURLToPath(new URL('../src/page/', import.meta.url)),
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      minify: true,
      cssMinify: true,
      reportCompressedSize: false,
      lib: { entry: 'main.ts', name: 'netlogAnalyzePage', formats: ['iife'], fileName: () => 'page.js', cssFileName: 'page' },
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPage(resolve(process.argv[2] ?? 'dist/page'));
