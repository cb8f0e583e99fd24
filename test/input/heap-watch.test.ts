/** A log that would fill the heap ends in a diagnostic, not in a dead process. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.ts';

const COPIES = 60;

/** A log of 60 MB: the events of a recording again and again, each time with sources of its own. */
function writeLongLog(path: string): void {
  const [constants = '', opening = '', ...lines] = gunzipSync(readFileSync('samples/ring-hev3/netlog.json.gz')).toString().split('\n');
  const events = lines.filter((line) => line.startsWith('{')).map((line) => line.replace(/\]?,?$/, ''));
  const file = openSync(path, 'w');
  writeSync(file, `${constants}\n${opening}\n`);
  for (let copy = 0; copy < COPIES; copy++) {
    const shifted = events.join(',\n').replaceAll(/("source(?:_dependency)?":\{"id":)(\d+)/g, (_, before: string, id: string) => `${before}${Number(id) + copy * 100_000}`);
    writeSync(file, `${copy === 0 ? '' : ',\n'}${shifted}`);
  }
  writeSync(file, ']}\n');
  closeSync(file);
}

test('what the heap has no room for is left out, and counted', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netlog-heap-'));
  try {
    const log = join(folder, 'long.json');
    writeLongLog(log);
    const report = (megabytes: number): Report =>
      JSON.parse(execFileSync(process.execPath, [`--max-old-space-size=${megabytes}`, 'dist/cli/main.js', log, '--format', 'json'], { encoding: 'utf8', maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'ignore'] })) as Report;
    const roomy = report(1000);
    const tight = report(60);
    expect(roomy.trace.diagnostics.map(({ code }) => code)).not.toContain('too-many-events');
    expect(tight.trace.complete).toBe(false);
    expect(tight.trace.diagnostics).toContainEqual(expect.objectContaining({ code: 'too-many-events', message: expect.stringMatching(/^Left out \d+ events: \d+ after memory was full/) as unknown }));
    expect(tight.races.length).toBeGreaterThan(0);
    expect(tight.races.length).toBeLessThan(roomy.races.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);
