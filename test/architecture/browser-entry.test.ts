/** The entry point for browsers, with all that it imports, our files and packages, needs nothing of Node. */
import { isBuiltin } from 'node:module';
import { build } from 'vite';
import { expect, it } from 'vitest';

/** Loaded on Node alone, for speed; elsewhere the package does without. */
const ON_NODE_ONLY = /stream-chain\/src\/utils\/fixUtf8Stream\.js imports node:string_decoder$/;

/** What a bundler would have to leave out. */
async function builtinsBehind(entry: string): Promise<{ builtins: string[]; files: number }> {
  const builtins: string[] = [];
  const files = new Set<string>();
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: false, lib: { entry, formats: ['es'], fileName: 'entry' } },
    plugins: [
      {
        name: 'listen',
        enforce: 'pre',
        resolveId(id, importer) {
          if (isBuiltin(id)) builtins.push(`${importer ?? ''} imports ${id}`);
        },
        moduleParsed({ id }) {
          files.add(id);
        },
      },
    ],
  });
  return { builtins, files: files.size };
}

it('netlog-analyze/browser imports no module of Node, however far its imports reach', async () => {
  const { builtins, files } = await builtinsBehind('src/browser.ts');
  expect(builtins.filter((line) => !ON_NODE_ONLY.test(line))).toEqual([]);
  expect(files).toBeGreaterThan(100);
});

it('would be caught importing one', async () => {
  const { builtins } = await builtinsBehind('src/analyze.ts');
  expect(builtins.filter((line) => line.includes('src/input/open-input.ts imports node:fs/promises'))).toHaveLength(1);
});
