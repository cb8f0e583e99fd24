/** The completion scripts, in the shells that they are for. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../src/cli/commands.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'completion-'));
  writeFileSync(join(folder, 'netlog-analyze'), `#!/bin/sh\nexec node ${resolve('dist/cli/main.js')} "$@"\n`);
  chmodSync(join(folder, 'netlog-analyze'), 0o755);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What a script prints in a shell that has read nothing of its user's. */
function printedBy(shell: string, script: string): readonly string[] {
  const bare = { bash: ['--noprofile', '--norc'], zsh: ['-f'] }[shell] ?? [];
  const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}`, SHELL: `/bin/${shell}`, HOME: folder };
  const { stdout, stderr } = spawnSync(shell, [...bare, '-c', script], { env, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trimEnd().split('\n');
}

/** The script of a shell that completes its last word. */
const inBash = (...words: readonly string[]): string => `source <(netlog-analyze completion)
COMP_WORDS=(${words.join(' ')}) COMP_CWORD=${words.length - 1}
_netlog-analyze_yargs_completions && printf '%s\\n' "\${COMPREPLY[@]}"`;

// zsh's own functions, of which the script uses these, are there only in a terminal; it is zsh that takes what begins alike.
const inZsh = (...words: readonly string[]): string => `compdef() { :; }
_describe() { print -l -- "\${(@P)2}"; }
source <(netlog-analyze completion)
words=(${words.join(' ')}) CURRENT=${words.length} BUFFER="${words.join(' ')}" CURSOR=\${#BUFFER}
_netlog-analyze_yargs_completions`;

const startingWith = (start: string): readonly string[] => COMMAND_NAMES.filter((name) => name.startsWith(start)).toSorted();

test('bash completes commands', () => {
  expect(startingWith('re').length).toBeGreaterThan(3);
  expect(printedBy('bash', inBash('netlog-analyze', 're')).toSorted()).toEqual(startingWith('re'));
});

test('bash completes the options of a command', () => {
  expect(printedBy('bash', inBash('netlog-analyze', 'races', '--so'))).toEqual(['--sort']);
});

test('bash completes what an option may be', () => {
  expect(printedBy('bash', inBash('netlog-analyze', 'races', '--format', 'm'))).toEqual(['markdown']);
});

const hasZsh = spawnSync('sh', ['-c', 'command -v zsh']).status === 0;

test.skipIf(!hasZsh)('zsh is offered commands', () => {
  const offered = printedBy('zsh', inZsh('netlog-analyze', 're')).map((line) => line.split(':')[0] ?? '');
  expect(offered).toEqual(expect.arrayContaining([...COMMAND_NAMES]));
});

test.skipIf(!hasZsh)('zsh is offered the options of a command', () => {
  expect(printedBy('zsh', inZsh('netlog-analyze', 'races', '--so')).map((line) => line.split(':')[0])).toContain('--sort');
});
