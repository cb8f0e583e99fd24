/** What `npm pack` would publish: all that is needed, and no more. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TOOL } from '../../src/report/tool.ts';
import { reachFrom } from './reachable.ts';

interface Manifest {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

interface PackedFile {
  readonly path: string;
  readonly size: number;
}

/** Without building: other tests read the build while this one runs. */
function npmPack(): { readonly size: number; readonly unpackedSize: number; readonly files: readonly PackedFile[] } {
  const printed: unknown = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  // A list in npm 10, by name in npm 11.
  return Object.values(printed as object)[0] as ReturnType<typeof npmPack>;
}

const packed = npmPack();
const paths = packed.files.map(({ path }) => path);

/** Folders and files at the top, and those of the build. */
function placesOf(files: readonly string[]): readonly string[] {
  return [...new Set(files.map((path) => path.split('/').slice(0, path.startsWith('dist/') ? 2 : 1).join('/')))].filter((place) => !/^dist\/[\w-]+\.(?:d\.ts|js)$/.test(place)).toSorted();
}

const entries = Object.values(manifest.exports).flatMap((target) => Object.values(typeof target === 'string' ? { target } : target)).filter((path) => /\.(?:d\.ts|js)$/.test(path)).map((path) => path.replace('./', ''));
const needed = reachFrom(entries);

/** Not imported: a page of a chart takes the text of the first, a PNG the fonts of the second. */
const FOUND_AS_FILES = ['vega-interpreter', 'dejavu-fonts-ttf'];

describe('the package', () => {
  test('has these folders and files', () => {
    expect(placesOf(paths)).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      ...['cli', 'compare', 'dataset', 'engine', 'findings', 'input', 'metrics', 'model', 'netlog', 'page', 'redact', 'render', 'report', 'simulator', 'whatif'].map((folder) => `dist/${folder}`),
      'man',
      'package.json',
      'schemas',
    ]);
  });

  test('has no source, no source map, and nothing of tests', () => {
    expect(paths.filter((path) => /\.map$|(?<!\.d)\.ts$|(?:^|\/)(?:test|samples)\//.test(path))).toEqual([]);
  });

  test('has every file that its exports import, in code and in types', () => {
    expect(needed.files.size).toBeGreaterThan(100);
    expect([...needed.files].filter((path) => !paths.includes(path))).toEqual([]);
  });

  test('depends on what its exports import, and on nothing else: the program brings its own', () => {
    expect([...needed.packages, ...FOUND_AS_FILES].toSorted()).toEqual(Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies }).toSorted());
  });

  // npm makes it executable where it is installed.
  test('has a program that says what runs it', () => {
    expect(paths).toContain(manifest.bin['netlog-analyze']);
    expect(readFileSync(manifest.bin['netlog-analyze'] ?? '', 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  test('has the licences of what the program brings along', () => {
    expect(paths).toContain('dist/cli/third-party-licenses.txt');
  });

  // docs/size.md states both.
  test('is no larger than stated', () => {
    expect(packed.size).toBeLessThan(2_500_000);
    expect(packed.unpackedSize).toBeLessThan(8_500_000);
  });
});

describe('package.json', () => {
  test('has one version, which every report has', () => {
    expect(TOOL.version).toBe(manifest.version);
  });

  test('needs no newer Node than it says', () => {
    expect(manifest.engines.node).toBe('>=20.19');
  });

  test('has a command, which npm ci has built', () => {
    const entry = manifest.bin['netlog-analyze'] ?? '';
    expect(execFileSync('node', [entry, '--version'], { encoding: 'utf8' }).trim()).toBe(manifest.version);
  });
});
