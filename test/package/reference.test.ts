/** The pages of commands and the man page: current, and well-formed. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseHelp } from '../../scripts/reference/parse-help.ts';
import { REFERENCE_FILES } from '../../scripts/reference/reference-files.ts';
import { bold, roff } from '../../scripts/reference/roff.ts';
import { preparationsFor } from '../../scripts/reference/example-files.ts';

describe('what is made from --help', () => {
  test.each([...REFERENCE_FILES])('%s is what `npm run docs:commands` writes', (path, content) => {
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  test('has no page of a command that is gone', () => {
    expect(readdirSync('docs/commands').map((name) => `docs/commands/${name}`).filter((path) => !REFERENCE_FILES.has(path))).toEqual([]);
  });
});

describe('the parts of a help', () => {
  const help = parseHelp(`netlog-analyze draw <trace>

Draw a trace

Positionals:
  trace  NetLog file, or - for stdin  [string] [required]

Output:
  -f, --format  How to draw  [choices: "svg", "png"] [default: "svg"]
      --kind    What to draw: lines, dots  [array] [default: []]
      --force   Replace a file  [boolean] [default: false]

Options:
  -h, --help         Show help  [boolean]
      --show-limits  Show help with limits  [boolean]

Examples:
  netlog-analyze draw a.json -f svg   a picture
  zcat a.gz | netlog-analyze draw -  from a pipe

Kinds:
  lines: one for each race
  dots: one for each attempt

What a paragraph
tells.
`);

  test('are its usage, summary, positionals and examples', () => {
    expect(help).toMatchObject({
      usage: 'netlog-analyze draw <trace>',
      summary: 'Draw a trace',
      positionals: [{ names: 'trace', meaning: 'NetLog file, or - for stdin', type: 'string', choices: [], required: true }],
      examples: [
        { call: 'netlog-analyze draw a.json -f svg', meaning: 'a picture' },
        { call: 'zcat a.gz | netlog-analyze draw -', meaning: 'from a pipe' },
      ],
    });
  });

  test('are its own options, with a default only where it says something', () => {
    expect(help.groups).toEqual([
      {
        title: 'Output',
        entries: [
          { names: '-f, --format', meaning: 'How to draw', type: 'string', choices: ['svg', 'png'], default: '"svg"', required: false },
          { names: '--kind', meaning: 'What to draw: lines, dots', type: 'array', choices: [], required: false },
          { names: '--force', meaning: 'Replace a file', type: 'boolean', choices: [], required: false },
        ],
      },
    ]);
  });

  test('are its lists and paragraphs', () => {
    expect(help.notes).toEqual([
      { kind: 'list', title: 'Kinds', items: ['lines: one for each race', 'dots: one for each attempt'] },
      { kind: 'paragraph', text: 'What a paragraph tells.' },
    ]);
  });

  test('are not looked for in what is no help', () => {
    expect(() => parseHelp('unknown command')).toThrow('expected the help of a command');
  });
});

describe('the files of examples', () => {
  test('are made after those that they are made of, each once', () => {
    expect(preparationsFor(['netlog-analyze netlog.json.gz', 'netlog-analyze race netlog.json 4'])).toEqual([
      'cp docs/examples/scenario.yaml .',
      'netlog-analyze simulate scenario.yaml --profile chromium-hev2 -o netlog.json',
      'gzip --keep netlog.json',
    ]);
  });

  test('are not those that an example writes', () => {
    expect(preparationsFor(['netlog-analyze infer - -o scenario.yaml'])).toEqual([]);
  });
});

describe('roff', () => {
  test.each([
    ['--from a\\b', '\\-\\-from a\\(rsb'],
    ['.json is an ending', '\\&.json is an ending'],
    ['Chromium’s', 'Chromium\\[u2019]s'],
  ])('takes %j as text', (text, escaped) => {
    expect(roff(text)).toBe(escaped);
  });

  test('takes quotes within an argument', () => {
    expect(bold('sql "FROM races"')).toBe('.B "sql \\(dqFROM races\\(dq"');
  });

  const lint = (program: string, words: readonly string[]) => spawnSync(program, [...words, 'man/netlog-analyze.1'], { encoding: 'utf8' });
  const isThere = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

  test.skipIf(!isThere('groff'))('of the man page is warned of by no groff', () => {
    const { status, stderr } = lint('groff', ['-man', '-ww', '-z', '-Tutf8']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.skipIf(!isThere('mandoc'))('of the man page is warned of by mandoc for its date alone, which is that of the version', () => {
    const { stdout } = lint('mandoc', ['-T', 'lint', '-W', 'warning']);
    expect(stdout.split('\n').filter((line) => line !== '' && !line.includes('missing date'))).toEqual([]);
  });
});
