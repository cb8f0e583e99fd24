/** The options for limits: what is passed is told by the name of its option, and ordinary help does without them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { limitOptions } from '../../src/cli/limits.ts';
import type { Report } from '../../src/report/report.ts';
import { aReport } from '../report/builders.ts';
import { SLOW_LOGS } from '../security/slow-logs.ts';
import { netlogAnalyze } from './harness.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'netlog-limits-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function stored(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
  return path;
}

async function diagnosticsOf(text: string, option: string, value: string, name = 'log.json') {
  const { stdout } = await netlogAnalyze([stored(name, text), option, value, '-f', 'json'], { real: true });
  return (JSON.parse(stdout) as { trace: { complete: boolean; diagnostics: { code: string; message: string }[] } }).trace;
}

const requests = SLOW_LOGS['requests that all ask one job']!(300);
const managers = SLOW_LOGS['attempts that no manager of many claims']!(300);

describe('a limit that is passed is told, with the option that moves it:', () => {
  test.each<[option: string, value: string, code: string, log: string]>([
    ['--max-event', '100', 'value-too-long', requests],
    ['--max-depth', '1', 'params-left-out', requests],
    ['--max-text', '5', 'params-left-out', managers],
    ['--max-sources', '10', 'too-many-events', requests],
    ['--max-events', '10', 'too-many-events', requests],
    ['--max-source-events', '10', 'too-many-events', requests],
    ['--max-races', '2', 'too-many-races', managers],
  ])('%s %s', async (option, value, code, log) => {
    const { diagnostics, complete } = await diagnosticsOf(log, option, value);
    expect(diagnostics).toContainEqual(expect.objectContaining({ code, severity: 'warning', message: expect.stringContaining(option) as unknown }));
    expect(complete, 'nothing is missing but params').toBe(code === 'params-left-out');
    expect((await diagnosticsOf(log, option, '1000')).diagnostics.map((one) => one.code)).not.toContain(code);
  });

  test('--max-size 1M', async () => {
    const { diagnostics } = await diagnosticsOf(SLOW_LOGS['requests that all ask one job']!(20_000), '--max-size', '1M', 'log.json.gz');
    expect(diagnostics[0]).toMatchObject({ code: 'too-large', message: expect.stringContaining('1048576 bytes (--max-size)') as unknown });
  });

  test('--max-findings 1', async () => {
    const words = [join(import.meta.dirname, '../../samples/ring-hev2/netlog.json.gz'), '-f', 'json'];
    const [all, gravest] = await Promise.all([words, [...words, '--max-findings', '1']].map((line) => netlogAnalyze(line, { real: true })));
    const [whole, cut] = [all!, gravest!].map(({ stdout }) => JSON.parse(stdout) as Report);
    expect(whole!.findings.length).toBeGreaterThan(1);
    expect(cut!.findings).toEqual(whole!.findings.slice(0, 1));
    expect(cut!.trace.diagnostics.at(-1)).toMatchObject({ code: 'too-many-findings', count: whole!.findings.length - 1, message: expect.stringContaining('--max-findings') as unknown });
  });
});

describe('the options for limits', () => {
  it('are shown by help when it is asked for them, and not otherwise', async () => {
    const words = Object.keys(limitOptions).map((name) => `--${name}`);
    const [plain, full] = await Promise.all([['races', '--help'], ['races', '--help', '--show-limits']].map((line) => netlogAnalyze(line)));
    expect(words.filter((word) => plain!.stdout.includes(word))).toEqual([]);
    expect(words.filter((word) => !full!.stdout.includes(word))).toEqual([]);
  });

  it('reach whoever reads the log', async () => {
    const seen: unknown[] = [];
    await netlogAnalyze(['races', 'a.json', '--max-sources', '500', '--max-event', '2m'], { reports: { 'a.json': aReport() }, onRead: (_, options) => seen.push(options) });
    expect(seen).toEqual([expect.objectContaining({ limits: { mostSources: 500, longestEvent: 2 * 1024 ** 2 } })]);
  });

  it.each(['0', '-1', '1.5', 'many', '1T', ''])('take no %s', async (value) => {
    const { exitCode, stderr } = await netlogAnalyze(['races', 'a.json', `--max-races=${value}`]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--max-races takes a whole number')]);
  });

  it('go no further than what can be walked through', async () => {
    expect((await netlogAnalyze(['races', 'a.json', '--max-depth', '1001'])).stderr).toContain('--max-depth takes at most 1000');
  });

  it('belong to commands that read a log', async () => {
    expect((await netlogAnalyze(['simulate', 'a.yaml', '--max-races', '5'])).stderr).toContain('Unknown argument');
  });
});
