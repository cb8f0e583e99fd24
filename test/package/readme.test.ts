/** What the README alone promises; what holds for every page is in pages.test.ts. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { shellCommands } from './shell-blocks.ts';

it('the README starts with the two commands that are all the set-up', () => {
  expect(shellCommands(readFileSync('README.md', 'utf8')).slice(0, 2).map(({ script }) => script)).toEqual([
    'npm ci && npx netlog-analyze samples/v6-blackhole-hev3/netlog.json.gz',
    'npm ci && npm test',
  ]);
});
