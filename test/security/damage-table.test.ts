/**
 * How logs get damaged, and what is made of each: the events that can be recovered, with what was lost and where, or
 * one line that says what the file is. Never an error of ours, and never names of another log's table.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyze } from '../../src/analyze.ts';
import * as analyzer from '../../src/analyze.ts';
import { run } from '../../src/cli/run.ts';
import { storedZstd, zip } from '../input/compressed.ts';
import { readNetLogFile } from '../../src/input/read-netlog-file.ts';
import { CONSTANTS, EVENTS, HEAD, expectedEvents, lineLog, read, recorder } from '../netlog/reading.ts';

const event = (i: number): string => `{"phase":0,"source":{"id":${i},"start_time":"${i}","type":0},"time":"${i}","type":12}`;
const COUNT = 200;
const MANY = Array.from({ length: COUNT }, (_, i) => event(i));

const LOG = lineLog(MANY);
const ONE_LINE = JSON.stringify(JSON.parse(LOG));
const PRETTY = JSON.stringify(JSON.parse(LOG), undefined, 2);
const part = (text: string, share: number): string => text.slice(0, Math.floor(text.length * share));
const bytes = (text: string): Buffer => Buffer.from(text);

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'netlog-damage-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function stored(content: Uint8Array, name = 'log'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** At least so many events, and the codes of what was wrong. */
type Recovered = readonly [what: string, content: Uint8Array, events: number, codes: readonly string[]];

const otherLog = lineLog(MANY).replace('"SOCKET_BYTES_SENT":12', '"OTHER":12');
const sixty = Math.floor(HEAD.length + (LOG.length - HEAD.length) * 0.6);

const RECOVERED: readonly Recovered[] = [
  ['whole', bytes(LOG), COUNT, []],
  ['cut at 60 %', bytes(LOG.slice(0, sixty)), COUNT * 0.55, ['truncated']],
  ['with CR LF and cut', bytes(LOG.slice(0, sixty).replaceAll('\n', '\r\n')), COUNT * 0.55, ['truncated']],
  ['on one line', bytes(ONE_LINE), COUNT, []],
  ['on one line and cut', bytes(part(ONE_LINE, 0.6)), COUNT * 0.55, ['truncated']],
  ['pretty-printed', bytes(PRETTY), COUNT, []],
  ['pretty-printed and cut', bytes(part(PRETTY, 0.6)), COUNT * 0.5, ['truncated']],
  ['with a byte order mark', bytes(`\u{feff}${LOG}`), COUNT, []],
  ['with gzip', gzipSync(LOG), COUNT, []],
  ['with gzip, cut', gzipSync(LOG).subarray(0, -20), 1, ['damaged-compression', 'truncated']],
  ['with zstd, cut', storedZstd(bytes(LOG)).subarray(0, -3000), 100, ['damaged-compression', 'truncated']],
  ['with a hole in the middle', bytes(LOG.slice(0, sixty) + LOG.slice(sixty + 1050)), COUNT - 16, ['malformed-event']],
  ['with a hole filled with NULs', bytes(LOG.slice(0, sixty) + '\0'.repeat(1050) + LOG.slice(sixty + 1050)), COUNT - 16, ['malformed-event']],
  ['with a block twice', bytes(lineLog([...MANY.slice(0, 100), ...MANY.slice(60)])), COUNT + 40, ['time-backwards']],
  ['with a tail of NULs instead of its end', bytes(LOG.slice(0, sixty) + '\0'.repeat(8192)), COUNT * 0.55, ['truncated']],
  ['with a tail of NULs after its end', bytes(LOG + '\0'.repeat(8192)), COUNT, ['trailing-data']],
  ['followed by another log', bytes(LOG + otherLog), COUNT, ['trailing-data']],
  ['cut, and followed by another log', bytes(`${LOG.slice(0, sixty)}\n${otherLog}`), COUNT * 0.55, ['broken-json', 'malformed-event']],
  ['with another writer’s lines between its own', bytes(interleaved(LOG, otherLog)), 1, ['broken-json']],
  ['in Latin-1', Buffer.from(lineLog([...MANY, EVENTS[1]!.replace('日本 😀', 'é')]), 'latin1'), COUNT, ['time-backwards']],
];

function interleaved(first: string, second: string): string {
  const [a, b] = [first.split('\n'), second.split('\n')];
  return a.flatMap((line, i) => (i < 4 ? [line] : [line, b[i - 4] ?? ''])).join('\n');
}

describe('a log', () => {
  it.each(RECOVERED)('%s gives what can be recovered', async (_, content, least, codes) => {
    const { trace } = await analyze(stored(content));
    expect(trace.eventCount).toBeGreaterThanOrEqual(least);
    const told = trace.diagnostics.filter(({ code }) => code !== 'head-lost');
    for (const code of codes) expect(told.map((d) => d.code)).toContain(code);
    if (codes.length === 0) expect(told).toEqual([]);
    for (const { severity, byteOffset, eventIndex, count } of told) {
      if (severity !== 'info') expect(byteOffset ?? eventIndex ?? count, 'says where, or how much').toBeDefined();
    }
    const isWhole = told.every(({ code }) => ['trailing-data', 'time-backwards', 'malformed-event'].includes(code));
    expect(trace.complete).toBe(isWhole);
  });

  it('never takes the names of another log’s table for its own', async () => {
    const { events, summary } = await read(`${HEAD}${event(1)},\n{"params":{"cut\n${otherLog}`);
    expect(events).toEqual(expectedEvents(lineLog([event(1)])));
    expect(summary.diagnostics[0]).toMatchObject({ code: 'broken-json', severity: 'error', message: expect.stringContaining('another log begins there') as unknown });
  });

  it('compressed and broken at any byte gives events or one line', { timeout: 300_000 }, async () => {
    const log = bytes(lineLog(MANY.slice(0, 5)));
    const files = [gzipSync(log), storedZstd(log), zip([{ name: 'log.json', content: log }])];
    for (const file of files) {
      for (let at = 0; at < file.length; at += 1) {
        const broken = Buffer.from(file);
        broken[at] = ~broken[at]! & 0xff;
        for (const content of [broken, file.subarray(0, at)]) {
          const outcome = await readNetLogFile(stored(content, 'broken'), recorder().sink).then(
            ({ events }) => events,
            (error: unknown) => (error instanceof Error ? error.name : 'not even an error'),
          );
          expect(typeof outcome === 'number' || outcome === 'NetLogError', `byte ${at}: ${outcome}`).toBe(true);
        }
      }
    }
  });
});

/** What it is, in the words of the one line that refuses it. */
const REFUSED: readonly (readonly [what: string, content: Uint8Array, message: RegExp])[] = [
  ['an empty file', Buffer.of(), /found nothing/],
  ['the note of a log in progress', bytes('Logging is in progress writing data to:\n  /x/a.json.inprogress\n'), /still logging/],
  ['a page saved by mistake', bytes('<!DOCTYPE html><html>'), /HTML or XML page.*download the log itself again/],
  ['a HAR file', bytes('{"log":{"version":"1.2","entries":[]}}'), /HAR file/],
  ['a trace', bytes('{"traceEvents":[]}'), /Chrome trace/],
  ['a trace that is a list', bytes('[{"ph":"X"}]'), /Chrome traces can look like this/],
  ['a log in UTF-16', Buffer.from(`\u{feff}${LOG}`, 'utf16le'), /UTF-16.*Save it as UTF-8/],
  ['a log in UTF-16, the other way round', Buffer.from(`\u{feff}${LOG}`, 'utf16le').swap16(), /UTF-16.*Save it as UTF-8/],
  ['a log in UTF-16 without its mark', Buffer.from(LOG, 'utf16le'), /UTF-16.*Save it as UTF-8/],
  ['a log in UTF-16 without its mark, the other way round', Buffer.from(LOG, 'utf16le').swap16(), /UTF-16.*Save it as UTF-8/],
  ['a log in UTF-32', Buffer.from(Uint32Array.from(bytes(LOG)).buffer), /Expected a NetLog/],
  ['a page compressed on its way', gzipSync('<html><body>Not found</body></html>'), /HTML or XML page/],
  ['a log cut in its header', bytes(HEAD.slice(0, 60)), /before the constants are whole/],
  ['a log without its head', bytes(LOG.slice(HEAD.length)), /Expected a NetLog/],
  ['events before constants', bytes(`{"events":[],"constants":${JSON.stringify(CONSTANTS)}}`), /Move "constants" to the front/],
  ['gzip of which nothing is left', gzipSync(LOG).subarray(0, 12), /cut off or damaged/],
  ['a zip archive with several logs', zip([{ name: 'a.json', content: bytes(LOG) }, { name: 'b.json', content: bytes(LOG) }]), /found 2 files \("a\.json", "b\.json"\)/],
  ['a zip archive that would unpack elsewhere', zip([{ name: '../../a.json', content: bytes(LOG) }]), /zip archive/],
  ['a zip archive of very many files', zip(Array.from({ length: 10_001 }, (_, i) => ({ name: `${i}`, content: bytes('') }))), /more than 10000 files/],
  ['NULs', Buffer.alloc(5000), /Expected a NetLog/],
];

describe('what is no log, or has nothing of one left', () => {
  it.each(REFUSED)('ends with exit code 3 and one line: %s', async (_, content, message) => {
    const stderr = new PassThrough();
    const io = { stdin: new PassThrough(), stdout: new PassThrough(), stderr, env: {} };
    expect(await run([stored(content)], io, () => Promise.resolve(analyzer))).toBe(3);
    const text = String(stderr.read());
    expect(text.match(/\n/g)).toHaveLength(1);
    expect(text.replace(/^netlog-analyze: /, '')).toMatch(message);
    expect(text).not.toMatch(/(?!\n)[^\x20-\x7e]|internal error/);
  });
});
