/** The fuzzer's short form, so that CI runs some of it: `npm run fuzz` reads as many inputs as you like. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkInput } from './check-input.ts';
import { makeInput } from './make-input.ts';
import { seedLogs } from './seed-logs.ts';

const SEED = 8305;
const INPUTS = 1500;

const logs = seedLogs(join(import.meta.dirname, '../../samples'));
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'netlog-fuzz-'))));
afterAll(() => rmSync(folder, { recursive: true }));

it('no mutated log does harm, and both readers agree on it', async () => {
  const finds: string[] = [];
  for (let number = 0; number < INPUTS; number++) {
    const reason = await checkInput(makeInput(SEED, number, logs), join(folder, 'input'));
    if (reason !== undefined) finds.push(`input ${number}: ${reason}`);
  }
  expect(finds).toEqual([]);
});

it('the same seed and number make the same input', () => {
  for (const number of [0, 7, 1234]) expect(makeInput(SEED, number, logs)).toEqual(makeInput(SEED, number, logs));
  expect(makeInput(SEED, 1, logs).bytes).not.toEqual(makeInput(SEED + 1, 1, logs).bytes);
});
