/** The README holds what it promises, and so does package.json. What holds for every page is in pages.test.ts. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TOOL } from '../../src/report/tool.ts';
import { shellCommands } from './shell-blocks.ts';

const manifest: { version: string; bin: Record<string, string>; engines: { node: string } } = JSON.parse(readFileSync('package.json', 'utf8'));

it('the README starts with the two commands that are all the set-up', () => {
  expect(shellCommands(readFileSync('README.md', 'utf8')).slice(0, 2).map(({ script }) => script)).toEqual([
    'npm ci && npx netlog-analyze samples/v6-blackhole-hev3/netlog.json.gz',
    'npm ci && npm test',
  ]);
});

describe('the package', () => {
  it('has one version, in package.json and in every report', () => {
    expect(TOOL.version).toBe(manifest.version);
  });

  it('needs no newer Node than it says', () => {
    expect(manifest.engines.node).toBe('>=20.19');
  });

  // Not built here: other tests read the build while this one runs.
  it('has a command, which npm ci has built', () => {
    const entry = manifest.bin['netlog-analyze'] ?? '';
    expect(execFileSync('node', [entry, '--version'], { encoding: 'utf8' }).trim()).toBe(manifest.version);
  });
});
