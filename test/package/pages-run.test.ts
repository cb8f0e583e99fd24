/** Every command that the documentation shows in a block for the shell is run, in order, as a reader in a clone would. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PAGES } from './pages.ts';
import { shellCommands } from './shell-blocks.ts';

/** Run by a test of its own (test/dataset/fleet-docs.test.ts), on files with odder names than the page has. */
const RUN_ELSEWHERE = new Set(['docs/fleet.md']);

/** What is done before any test can run, and what runs this one. */
const SET_UP = /^npm ci && (?:npm test$)?/;

/** Programs that a page may use and not every machine has. */
const missing = ['gzip', 'jq', 'less', 'sed', 'zcat'].filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0);

const pages = PAGES.filter(({ path }) => !RUN_ELSEWHERE.has(path))
  .map((page) => ({ path: page.path, commands: shellCommands(page.text).flatMap((each) => (each.script.replace(SET_UP, '') === '' ? [] : [{ ...each, script: each.script.replace(SET_UP, '') }])) }))
  .filter(({ commands }) => commands.length > 0);

/** A folder that looks like a clone to what reads, with the program at hand. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pages-run-'));
  const program = (name: string, script: string): void => {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  };
  mkdirSync(join(folder, 'bin'));
  program('netlog-analyze', `exec node ${resolve('dist/cli/main.js')} "$@"`);
  program('npx', '[ "$1" = netlog-analyze ] && shift && exec netlog-analyze "$@"');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the program says beside its results where all is well. */
const NOTE = /^netlog-analyze: \S+: (?:\d+ (?:written|runs kept)\b|kept \d+ of \d+ sources$|taken out: |holds \d+ kinds? of |no findings at the level |\d+ races? .*left out$)/;

async function outcomeOf(script: string, cwd: string): Promise<{ readonly status: number | null; readonly told: readonly string[] }> {
  const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: cwd };
  const shell = spawn('bash', ['--noprofile', '--norc', '-o', 'pipefail', '-c', script], { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] });
  const stderr = text(shell.stderr);
  const [status] = (await once(shell, 'close')) as [number | null];
  return { status, told: (await stderr).split('\n').filter((line) => line !== '' && !NOTE.test(line)) };
}

test.concurrent.for(pages)('the commands of $path', { timeout: 600_000 }, async ({ path, commands }, { expect }) => {
  const place = join(folder, path.replaceAll(/\W/g, '-'));
  mkdirSync(place);
  cpSync('docs', join(place, 'docs'), { recursive: true });
  symlinkSync(resolve('samples'), join(place, 'samples'));
  // In a clone a script finds the package by its own name, whatever lies above.
  writeFileSync(join(place, 'package.json'), '{}');
  mkdirSync(join(place, 'node_modules'));
  symlinkSync(resolve('.'), join(place, 'node_modules/netlog-analyze'));
  for (const { script, line, exitCode } of commands) {
    if (missing.some((program) => new RegExp(`\\b${program}\\b`).test(script))) continue;
    const { status, told } = await outcomeOf(script, place);
    // Who shows a mistake shows what is said of it.
    expect({ line, script, status, told: exitCode > 1 ? [] : told }).toEqual({ line, script, status: exitCode, told: [] });
  }
});

test('pages show commands', () => {
  expect(pages.length).toBeGreaterThan(25);
});
