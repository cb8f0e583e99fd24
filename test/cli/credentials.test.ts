/** No password, cookie or token of a log captured with everything is printed, whatever prints it. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { netlogAnalyze } from './harness.ts';

const SECRET = 'hunter2';
const TYPES = ['REQUEST_ALIVE', 'URL_REQUEST_START_JOB', 'HTTP_TRANSACTION_SEND_REQUEST_HEADERS', 'COOKIE_STORE_COOKIE_ADDED', 'SSL_SOCKET_BYTES_SENT', 'HTTP_TRANSACTION_READ_RESPONSE_HEADERS', 'AUTH_CONTROLLER', 'HTTP_STREAM_JOB_CONTROLLER'];

const EVENTS: readonly (readonly [type: string, params: object])[] = [
  ['REQUEST_ALIVE', { url: `https://user:${SECRET}@a.test/x?token=${SECRET}` }],
  ['URL_REQUEST_START_JOB', { url: `https://user:${SECRET}@a.test/x?token=${SECRET}`, method: 'GET' }],
  ['HTTP_STREAM_JOB_CONTROLLER', { url: `https://user:${SECRET}@a.test/x?token=${SECRET}`, proxy_info: `PROXY user:${SECRET}@proxy.test:3128` }],
  ['HTTP_TRANSACTION_SEND_REQUEST_HEADERS', { headers: [`cookie: id=${SECRET}`, `Authorization: Basic ${SECRET}`, `Proxy-Authorization: Bearer ${SECRET}`, `x-csrf-token: ${SECRET}`], line: `GET https://user:${SECRET}@a.test/ HTTP/1.1\r\n` }],
  ['HTTP_TRANSACTION_READ_RESPONSE_HEADERS', { headers: ['HTTP/1.1 200 OK', `set-cookie: id=${SECRET}`, `www-authenticate: Basic realm=${SECRET}`] }],
  ['COOKIE_STORE_COOKIE_ADDED', { name: 'id', value: SECRET, domain: 'a.test' }],
  ['SSL_SOCKET_BYTES_SENT', { bytes: btoa(`GET / HTTP/1.1\r\ncookie: ${SECRET}\r\n`), byte_count: 40 }],
  ['AUTH_CONTROLLER', { challenge: SECRET, password: SECRET }],
];

const LOG = JSON.stringify({
  constants: {
    logEventTypes: Object.fromEntries(TYPES.map((type, i) => [type, i])),
    logEventPhase: { PHASE_BEGIN: 1, PHASE_END: 2, PHASE_NONE: 0 },
    logSourceType: { NONE: 0, URL_REQUEST: 1 },
    logCaptureMode: 'Everything',
    clientInfo: { name: 'Chrome', command_line: `chrome --proxy-server=http://user:${SECRET}@proxy.test:3128 --api-key=${SECRET}` },
    timeTickOffset: 1_700_000_000_000,
  },
  events: EVENTS.map(([type, params], i) => ({ params, phase: i < 3 ? 1 : 0, source: { id: 1, type: 1, start_time: '1' }, time: String(i + 1), type: TYPES.indexOf(type) })),
});

let folder = '';
let log = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netlog-analyze-test-'));
  log = join(folder, 'log.json');
  await writeFile(log, LOG);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Also as bytes are printed: in hexadecimal, in Base64, or broken over columns. */
function showsSecret(text: string): boolean {
  const hex = Buffer.from(SECRET).toString('hex').replaceAll(/../g, '$& ').trim();
  return [SECRET, hex, btoa(`cookie: ${SECRET}`).slice(4, 14), btoa(SECRET).slice(0, 8)].some((form) => text.includes(form));
}

test.each([
  ['the summary', ['LOG', '--top', '0']],
  ['the summary in markdown', ['LOG', '-f', 'markdown']],
  ['the JSON report', ['LOG', '-f', 'json']],
  ['requests', ['requests', 'LOG', '-f', 'csv']],
  ['events by source', ['events', 'LOG', '--full']],
  ['events in order', ['events', 'LOG', '--flat', '--full']],
  ['the page', ['report', 'LOG']],
  ['HAR', ['export', 'LOG']],
  ['NDJSON', ['export', 'LOG', '-f', 'ndjson']],
  ['a redacted log', ['redact', 'LOG']],
  ['the check', ['redact', 'LOG', '--check']],
])('%s', async (_what, words) => {
  const { exitCode, stdout, stderr } = await netlogAnalyze(words.map((word) => (word === 'LOG' ? log : word)), { real: true });
  expect([0, 1]).toContain(exitCode);
  expect(stdout).not.toBe('');
  expect(showsSecret(stdout + stderr)).toBe(false);
});

test('the request is told all the same, with its host', async () => {
  const { stdout } = await netlogAnalyze([log, '-f', 'json'], { real: true });
  expect(JSON.parse(stdout)).toMatchObject({ requests: [{ url: 'https://a.test/x?token=redacted' }] });
});

test('the log itself is not touched', async () => {
  expect(await readFile(log, 'utf8')).toBe(LOG);
  expect(await readdir(folder)).toEqual(['log.json']);
});
