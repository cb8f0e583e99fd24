/** Holds `docs/profiles.md` against the code: every profile and parameter is there once, with the draft's value. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { withOverrides } from '../../../src/engine/profiles/overrides.ts';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import { profile } from './profile-race.ts';

const [profilesPart = '', parametersPart = ''] = readFileSync(new URL('../../../docs/profiles.md', import.meta.url), 'utf8').split('## Parameters');

/** The cells of the rows of a table, without head and marks of code. */
function rowsOf(part: string): string[][] {
  return part.split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim().replaceAll('`', '')));
}

/** Whoever asks for what no profile has is told what there is. */
function namesOfOverrides(): string[] {
  try {
    withOverrides(profile('draft-v3'), { nothing: 0 });
  } catch (error) {
    return String(error).split('expected one of ')[1]?.split(', ') ?? [];
  }
  return [];
}

it('lists the profiles in their order', () => {
  expect(rowsOf(profilesPart).map(([name]) => name)).toEqual(Object.keys(PROFILES));
});

it('lists every parameter that can be overridden', () => {
  const listed = rowsOf(parametersPart).map(([name = '']) => name);
  expect(new Set([...listed, 'draft'])).toEqual(new Set(namesOfOverrides()));
  expect(new Set(listed).size).toBe(listed.length);
});

it('gives each the value of the draft', () => {
  const draft: Readonly<Record<string, number | boolean | string>> = { ...profile('draft-v3') };
  for (const [name = '', , value] of rowsOf(parametersPart)) expect({ [name]: value }).toEqual({ [name]: String(draft[name] ?? '–') });
});

it('gives each the words that it takes, and no other', () => {
  for (const [name = '', takes = ''] of rowsOf(parametersPart)) {
    for (const word of takes.split(', ')) {
      const value = word === 'flag' ? true : word === 'ms' || word === 'number' ? 7 : word;
      expect(withOverrides(profile('draft-v3'), { [name]: value })).toMatchObject({ [name]: value });
    }
  }
});
