/** What holds for every page of the documentation. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readHelp, readLimits } from '../../scripts/reference/read-help.ts';
import { PAGES } from './pages.ts';
import { fencesIn, shellCommands } from './shell-blocks.ts';

/** Headings as GitHub makes addresses of them. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-'));
}

const textOf = new Map(PAGES.map(({ path, text }) => [path, text]));

describe.each(PAGES)('$path', ({ path, text }) => {
  const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)]+))?\)/g)].map(([, file = '', anchor]) => ({ target: file === '' ? path : join(dirname(path), file), anchor }));

  test('links to files that exist, and headings that these have', () => {
    expect(links.filter(({ target }) => !existsSync(target))).toEqual([]);
    expect(links.filter(({ target, anchor }) => anchor !== undefined && !anchorsOf(textOf.get(target) ?? '').includes(anchor))).toEqual([]);
  });

  test('says of every block what language it is in', () => {
    expect(fencesIn(text).filter(({ language }) => language === '')).toEqual([]);
  });

  // What cannot be run is in blocks for a console, a cluster or the like.
  test('has commands in blocks that are run, or for another program', () => {
    const elsewhere = fencesIn(text).filter(({ language, lines }) => ['', 'text', 'bash', 'shell'].includes(language) && lines.some((line) => /^(?:npx )?netlog-analyze (?!<)\S*[./]/.test(line)));
    expect(elsewhere).toEqual([]);
  });
});

describe('a call in the midst of text', async () => {
  const commands = await readHelp();
  const names = (entries: readonly { readonly names: string }[]): readonly string[] => entries.flatMap((entry) => entry.names.split(', '));
  const everywhere = ['--help', '-h', '--version', '--show-limits', ...names(await readLimits())];
  const optionsOf = new Map(commands.map(({ name, groups }) => [name, new Set([...everywhere, ...groups.flatMap(({ entries }) => names(entries))])]));
  const summary = optionsOf.get('summary') ?? new Set();

  const calls = PAGES.flatMap(({ path, text }) => [...text.matchAll(/`netlog-analyze ([^`\n]+)`/g)].map(([, call = '']) => ({ path, call })));

  test.each(calls)('$path: netlog-analyze $call', ({ call }) => {
    const [first = ''] = call.split(' ');
    const known = first === 'completion' ? new Set(everywhere) : (optionsOf.get(first) ?? summary);
    const options = [...call.matchAll(/(?:^|\s)(--?[a-z][\w-]*)/g)].map(([, option = '']) => option);
    expect(options.filter((option) => !known.has(option))).toEqual([]);
  });
});

describe('the commands of a page', () => {
  const page = (...lines: readonly string[]): string => ['text', '```sh', ...lines, '```', '```yaml', 'a: b', '```'].join('\n');

  test('are the lines of its blocks for the shell', () => {
    expect(shellCommands(page('a 1', '', 'b "#2"  # told'))).toEqual([
      { script: 'a 1', line: 3, exitCode: 0 },
      { script: 'b "#2"  # told', line: 5, exitCode: 0 },
    ]);
  });

  test('may take several lines', () => {
    expect(shellCommands(page('a \\', '  1', 'b'))).toEqual([
      { script: 'a \\\n  1', line: 3, exitCode: 0 },
      { script: 'b', line: 5, exitCode: 0 },
    ]);
  });

  test('end with the exit code that a comment tells', () => {
    expect(shellCommands(page('a   # exit code 1', '# Exit code 4: the log is cut off', 'b', 'c')).map(({ exitCode }) => exitCode)).toEqual([1, 4, 0]);
  });
});
