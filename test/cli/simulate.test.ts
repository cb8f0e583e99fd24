/** `simulate SCENARIO`: the log, the explanation, clients side by side, and what is said of mistakes. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import { type Outcome, netlogAnalyze, type Surroundings } from './harness.ts';

const simulate = (words: string, surroundings: Surroundings = {}): Promise<Outcome> => netlogAnalyze(['simulate', ...words.split(' ')], surroundings);
const scenario = (name: string): string => `test/cli/scenarios/${name}.yaml`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulate-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('--explain', () => {
  const explained = ['v6-black-hole', 'resolution-delay', 'late-https', 'late-udp', 'refused'];
  for (const name of explained) {
    test.each([80, 140])(`${name} in %i columns`, async (width) => {
      const { stdout, stderr, exitCode } = await simulate(`${scenario(name)} --explain --width ${width}`);
      expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
      await expect(stdout).toMatchFileSnapshot(`__golden__/explain-${name}-${width}.txt`);
    });
  }

  // Times by hand: an answer takes one round trip of 20 ms, TCP one more, TLS 1.3 another, the response the last.
  test.each([
    ['v6-black-hole', 'HE-62: 250 ms after the first attempt', 20 + 250, /^Attempt 2 starts, IPv4 TCP .* delay after attempt 1 has passed/],
    ['v6-black-hole', 'two round trips later', 270 + 40, /^Attempt 2 wins: IPv4 TCP h2, 310 ms/],
    ['resolution-delay', 'HE-12: 50 ms after the first addresses', 20 + 50, /^The gate opens: the resolution delay is over/],
    ['resolution-delay', 'NXDOMAIN is certain when the last answer is in', 20 + 300, /^The resolution fails: no such name/],
    ['late-https', 'HE-68: with the HTTPS answer', 24, /^Attempt 1 may begin its secure handshake/],
    ['late-https', 'one round trip of QUIC', 24 + 20, /^Attempt 2 wins: IPv4 QUIC h3, 44 ms/],
    ['refused', 'the refusal is back', 20 + 20, /^Attempt 2 starts, IPv4 TCP .*: attempt 1 failed/],
    ['refused', 'RFC 9113 §9.1.1: as soon as its address is known', 100 + 20, /^No connection is needed: the session of https:\/\/a\.test/],
  ])('%s: %s', async (name, _why, at, text) => {
    const sections = JSON.parse((await simulate(`${scenario(name)} --explain --format json`)).stdout) as { lines: { at: number; text: string }[] }[];
    expect(sections.flatMap(({ lines }) => lines).find((line) => text.test(line.text))?.at).toBe(at);
  });

  test('another client gives other reasons: Node.js abandons what is slow', async () => {
    const { stdout } = await simulate(`${scenario('v6-black-hole')} --explain --profile node-20 --width 140`);
    expect(stdout).toMatch(/270 ms {2}Attempt 1 is cancelled: it has outlived the connection attempt delay\. \[slow-attempt-abandoned\]\n *270 ms {2}Attempt 2 starts,.*: attempt 1 was slow and is given up\./);
  });

  test('is coloured on a terminal, and keeps to its width', async () => {
    const { stdout } = await simulate(`${scenario('v6-black-hole')} --explain`, { columns: 60 });
    expect(stdout).toContain('\u001B[32mAttempt 2 wins');
    // oxlint-disable-next-line no-control-regex -- colour codes begin with one
    const lines = stdout.replaceAll(/\u001B\[\d+m/g, '').split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  test('names of a scenario cannot steer the terminal', async () => {
    const { stdout } = await simulate('- --explain', { stdin: 'version: 1\nname: "a\\e[2Jb"\nrequests: [{url: "https://x.test/"}]\n' });
    expect(stdout).toContain('a\\x1b[2Jb');
    expect(stdout).not.toContain('\u001B');
  });

  test('with --output the log goes to the file', async () => {
    const [alone, file] = [await simulate(`${scenario('late-https')}`), join(folder, 'explained.json')];
    const { stdout } = await simulate(`${scenario('late-https')} --explain -o ${file}`);
    expect(stdout).toBe((await simulate(`${scenario('late-https')} --explain`)).stdout);
    expect(await readFile(file, 'utf8')).toBe(alone.stdout);
  });
});

describe('--profile a,b,c', () => {
  test.each([
    ['v6-black-hole', 'draft-v3,rfc8305,go,node-20'],
    ['late-udp', 'draft-v3,chromium-hev3,go'],
    ['refused', 'draft-v3,go'],
  ])('%s: %s', async (name, profiles) => {
    const { stdout, stderr, exitCode } = await simulate(`${scenario(name)} --profile ${profiles}`);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    await expect(stdout).toMatchFileSnapshot(`__golden__/profiles-${name}.txt`);
  });

  test('as JSON: the second IPv4 attempt comes after 250 ms in the draft, after 300 ms in Go', async () => {
    const rows = JSON.parse((await simulate(`${scenario('v6-black-hole')} --profile draft-v3,go --format json`)).stdout) as object[];
    const row = (profile: string, connectedMs: number) => ({
      profile,
      url: 'https://dual.test/',
      purpose: 'load',
      beganAtMs: 0,
      ended: { state: 'done', atMs: connectedMs + 20 },
      connection: { afterMs: connectedMs, alpn: 'h2', reused: false, endpoint: { ip: { address: '10.0.0.1', port: 443 }, transport: 'tcp', alpn: ['h2', 'http/1.1'] } },
      race: { started: 2, cancelled: 1, failed: 0, firstAttemptAtMs: 20, resolvedAtMs: 20 },
    });
    expect(rows[0]).toEqual(row('draft-v3', 20 + 250 + 40));
    expect(rows[2]).toEqual(row('go', 20 + 300 + 40));
  });
});

describe('the log', () => {
  test('is the same for the same seed', async () => {
    const words = `${scenario('v6-black-hole')} --seed 7`;
    expect((await simulate(words)).stdout).toBe((await simulate(words)).stdout);
  });

  test('of a network with jitter depends on the seed, and so does its explanation', async () => {
    const stdin = (await readFile(scenario('v6-black-hole'), 'utf8')).replace('rttMs: 20', 'rttMs: 20, jitterMs: 5');
    const explained = async (seed: number): Promise<string> => (await simulate(`- --explain --format json --seed ${seed}`, { stdin })).stdout;
    const [first, again, other] = [await explained(7), await explained(7), await explained(8)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('comes from a scenario on stdin, too', async () => {
    const stdin = await readFile(scenario('late-udp'), 'utf8');
    expect((await simulate('-', { stdin })).stdout).toBe((await simulate(scenario('late-udp'))).stdout);
  });

  test.each([
    ['v6-black-hole', 'ipv4', 'tcp', 'h2'],
    ['late-https', 'ipv4', 'quic', 'h3'],
  ])('of %s has the winner that the explanation has', async (name, family, transport, alpn) => {
    const file = join(folder, `${name}.json`);
    expect(await simulate(`${scenario(name)} -o ${file}`)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const { races } = await analyze(file);
    const [race] = races;
    expect(races).toHaveLength(1);
    expect(race?.outcome).toBe('connected');
    expect(race?.winner).toMatchObject({ family, transport, alpn });
  });
});

describe('a mistake ends with exit code 2 and one line', () => {
  const start = 'version: 1\nname: x\n';
  const end = 'requests: [{url: "https://x.test/"}]\n';
  test.each([
    ['an unknown profile', '- --profile chromium-hev4', '', '--profile: expected one of the profiles draft-v3, '],
    ['one unknown among several', '- --profile go,nodee', '', 'found "nodee"'],
    ["the scenario's profile", '-', `${start}profile: goo\n`, 'stdin:3: profile: expected one of the profiles draft-v3, '],
    ['an unknown override', '-', `${start}overrides:\n  quic: false\n  quick: true\n`, 'stdin:5: overrides.quick: expected one of '],
    ['an impossible override', '-', `${start}overrides: {\n  quic: 1}\n`, 'stdin:4: overrides.quic: expected true or false, found 1'],
    ['a seed that is no number', '- --seed soon', '', '--seed takes a whole number, 0 to 4294967295'],
    ['a seed below 0', '- --seed=-1', '', '--seed takes a whole number, 0 to 4294967295'],
    ['a scenario that is not there', 'missing.yaml', '', 'missing.yaml: no such file'],
    ['a folder', 'test/cli/scenarios', '', 'test/cli/scenarios: is a directory, not a scenario'],
    ['a scenario that is none', '-', 'version: 2\n', 'stdin:1: version: expected 1, found 2'],
    ['--output with several profiles', '- --profile go,none -o x.json', start, '--output takes the log of one profile'],
    ['--explain with several profiles', '- --profile go,none --explain', start, '--explain takes one profile'],
    ['--explain with the log on stdout', '- --explain -o -', start, '--output takes a file for the log'],
  ])('%s', async (_what, words, head, says) => {
    const { exitCode, stdout, stderr } = await simulate(words, { stdin: `${head}${end}` });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test("the scenario's profile does not matter if another is asked for", async () => {
    expect((await simulate('- --profile go', { stdin: `${start}profile: goo\n${end}` })).exitCode).toBe(0);
  });
});
