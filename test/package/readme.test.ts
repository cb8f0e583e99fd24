/** The README holds what it promises: its commands run, its paths exist, its exit codes are the contract's. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { TOOL } from '../../src/report/tool.ts';

const readme = readFileSync('README.md', 'utf8');
const manifest: { version: string; bin: Record<string, string>; engines: { node: string } } = JSON.parse(readFileSync('package.json', 'utf8'));

/** Lines of shell blocks, without their comments. */
const commands = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block.split('\n').map((line) => line.replace(/\s+# .*$/, '').trim()).filter((line) => line !== ''),
);
const calls = commands.flatMap((line) => /npx netlog-analyze (.*)$/.exec(line)?.[1] ?? []);

describe('the README', () => {
  it('starts with the two commands that are all the set-up', () => {
    expect(commands.slice(0, 2)).toEqual([
      'npm ci && npx netlog-analyze samples/v6-blackhole-hev3/netlog.json.gz',
      'npm ci && npm test',
    ]);
  });

  it.each(calls)('shows a call that works: netlog-analyze %s', async (call) => {
    const words = call.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", '')) ?? [];
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    stdout.resume();
    let errors = '';
    let bytes = 0;
    stdout.on('data', (chunk: Buffer) => (bytes += chunk.length));
    stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    expect(await run(words, { stdin: new PassThrough().end(), stdout, stderr, env: {} })).toBe(0);
    expect(errors).toBe('');
    expect(bytes).toBeGreaterThan(100);
  });

  it('links only to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) => path);
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((path) => !existsSync(path))).toEqual([]);
  });
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
