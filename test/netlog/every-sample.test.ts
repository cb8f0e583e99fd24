/** Both readers, the one for Chromium's lines and the one for any JSON, give the same events of every recording. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readAsAnyJson } from '../fuzz/read-both-ways.ts';
import { expectedEvents, read } from './reading.ts';

const SAMPLES = join(import.meta.dirname, '../../samples');
const names = readdirSync(SAMPLES).filter((name) => existsSync(join(SAMPLES, name, 'netlog.json.gz')));

it.each(names)('%s: the lines as recorded, each way, and the same log on one line', async (name) => {
  const bytes = gunzipSync(readFileSync(join(SAMPLES, name, 'netlog.json.gz')));
  const text = bytes.toString();
  const whole = text.trimEnd().endsWith('}') ? text : `${text.slice(0, text.lastIndexOf('\n')).replace(/,\s*$/, '')}]}`;
  const expected = expectedEvents(whole);
  expect(expected.length).toBeGreaterThan(100);
  expect((await read(bytes)).events).toEqual(expected);
  expect(await readAsAnyJson(bytes, {})).toMatchObject({ kind: 'read', events: expected });
  expect((await read(JSON.stringify(JSON.parse(whole)))).events).toEqual(expected);
});
