/** The table in docs/findings.md against the rules themselves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { allRules } from '../../src/findings/all-rules.ts';

it('docs/findings.md tells every rule with its severity, threshold and ground, in the order of the rules', () => {
  const text = readFileSync(join(import.meta.dirname, '../../docs/findings.md'), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toEqual(allRules.map(({ id, severity, title, threshold, spec }) => `| \`${id}\` | ${severity} | ${title} | ${threshold} | ${spec} |`));
});
