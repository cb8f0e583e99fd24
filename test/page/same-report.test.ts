/** The page of `view` says of a log what the command line says: the same JSON, of whole logs and of damaged ones. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { netlogAnalyze } from '../cli/harness.ts';
import { storedZstd, zip } from '../input/compressed.ts';
import { describeInBrowser } from './browser.ts';
import { viewOpener } from './open-view.ts';
import { repeated } from './repeated.ts';

const stored = (name: string): Buffer => readFileSync(`samples/${name}/netlog.json.gz`);
const log = (name: string): Buffer => gunzipSync(stored(name));
const middle = (bytes: Buffer): number => bytes.length >> 1;
const corrupted = (bytes: Buffer): Buffer => Buffer.concat([bytes.subarray(0, middle(bytes)), Buffer.alloc(40, 0xff), bytes.subarray(middle(bytes) + 40)]);

const WHOLE = ['v6-blackhole-hev3', 'svc-hev2', 'dual-legacy', 'altsvc-hev3', 'doh-secure-hev3', 'ech-hev3', 'nxdomain-hev3', 'ring-hev3', 'truncated-hev3'];

type Log = readonly [name: string, bytes: Buffer];

const [svc, dual, svcStored] = [log('svc-hev3'), log('dual-hev3'), stored('svc-hev3')];
const longStored = gzipSync(repeated(log('dual-hev3'), 10));

/**
 * The last end, up to `most`, of the pieces in which compressed bytes are decoded, each an eighth of those before it: all that
 * the last one gives lies decoded in the browser's stream when that ends too early, and must not be lost.
 */
function endOfPiece(most: number): number {
  let end = 0;
  for (let next = 512; next <= most; next += Math.max(512, next >> 3)) end = next;
  return end;
}

const KINDS: readonly (readonly [what: string, logs: readonly Log[]])[] = [
  ['samples', WHOLE.map((name) => [`${name}.json.gz`, stored(name)])],
  [
    'logs that are laid out and stored in other ways',
    [
      ['plain.json', svc],
      ['one-line.json', Buffer.from(JSON.stringify(JSON.parse(dual.toString())))],
      ['log.json.zst', storedZstd(dual, 60_000)],
      ['log.zip', zip([{ name: 'log.json', content: dual }])],
      ['Ünïcode “log”.json', Buffer.from(dual.toString().replaceAll('dual.lab.test', 'dü\u202eal.\\u0000lab.test'))],
    ],
  ],
  [
    'damaged logs',
    [
      ['cut-off.json', svc.subarray(0, middle(svc))],
      ['corrupt.json', corrupted(svc)],
      ['cut-off.json.gz', svcStored.subarray(0, middle(svcStored))],
      ['long-cut-off.json.gz', longStored.subarray(0, endOfPiece(middle(longStored)))],
      ['no-checksum.json.gz', svcStored.subarray(0, -6)],
      ['cut-off.json.zst', storedZstd(dual, 60_000).subarray(0, middle(dual))],
    ],
  ],
];

describeInBrowser('the page gives the JSON of the command line', (browser) => {
  const open = viewOpener(browser);
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'netlog-analyze-same-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(KINDS)('of %s', { timeout: 120_000 }, async (_, logs) => {
    const { choose, saved, trouble } = await open();
    for (const [name, bytes] of logs) {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      const { exitCode, stdout } = await netlogAnalyze([path, '--format', 'json'], { real: true });
      expect(exitCode, name).toBe(0);
      await choose(name, bytes);
      expect(withoutReason(await saved()), name).toBe(withoutReason(stdout.replaceAll(path, name)));
    }
    expect(await trouble()).toEqual([]);
  });

  // Streams of browsers stop where they please: what was decoded last before the damage may be lost or not.
  test('gzip, corrupt: the same diagnostic, and as much of the log within a few pieces', async () => {
    const bytes = corrupted(stored('svc-hev3'));
    const path = join(folder, 'corrupt.gz');
    writeFileSync(path, bytes);
    const { choose, saved } = await open();
    await choose('corrupt.gz', bytes);
    const [here, there] = [await saved(), (await netlogAnalyze([path, '--format', 'json'], { real: true })).stdout].map((text) => JSON.parse(text).trace);
    expect(here.complete).toBe(false);
    expect(here.diagnostics.map(({ code }: { code: string }) => code)).toEqual(there.diagnostics.map(({ code }: { code: string }) => code));
    expect(here.eventCount).toBeGreaterThan(there.eventCount * 0.8);
    expect(here.eventCount).toBeLessThan(there.eventCount * 1.25);
  });

  test('of gzip in several members the first is read, and the rest is told of', async () => {
    const whole = log('dual-hev3');
    const { choose, saved } = await open();
    await choose('two.gz', Buffer.concat([gzipSync(whole.subarray(0, middle(whole))), gzipSync(whole.subarray(middle(whole)))]));
    const { trace } = JSON.parse(await saved());
    expect(trace.complete).toBe(false);
    expect(trace.eventCount).toBeGreaterThan(100);
    expect(trace.diagnostics[0]).toMatchObject({ code: 'damaged-compression', message: expect.stringContaining('of a kind that cannot be decompressed here') });
  });
});

/** Each decoder has its own words for why it stopped. */
function withoutReason(json: string): string {
  return json.replaceAll(/(that cannot be decompressed here) \([^"]*?\)(?=\. The first)/g, '$1');
}
