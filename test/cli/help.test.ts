/** The help of every command, and what is not worth a report: version, completion, mistakes. */
import { describe, expect, test } from 'vitest';
import { COMMAND_NAMES } from '../../src/cli/commands.ts';
import { netlogAnalyze } from './harness.ts';

describe('--help', () => {
  for (const command of ['', ...COMMAND_NAMES]) {
    test(`of ${command === '' ? 'the program' : command}`, async () => {
      const { exitCode, stdout, stderr } = await netlogAnalyze([...(command === '' ? [] : [command]), '--help']);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      await expect(stdout).toMatchFileSnapshot(`__golden__/help${command === '' ? '' : `-${command}`}.txt`);
    });
  }

  test('fits the terminal', async () => {
    const { stdout } = await netlogAnalyze(['races', '--help'], { columns: 72 });
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(72);
  });
});

test('--version prints the version of the package', async () => {
  expect(await netlogAnalyze(['--version'])).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

test('completion prints a script for the shell', async () => {
  const { exitCode, stdout } = await netlogAnalyze(['completion']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('###-begin-netlog-analyze-completions-###');
});

test('the shell gets commands and options to complete', async () => {
  const { stdout } = await netlogAnalyze(['--get-yargs-completions', 'netlog-analyze', 're']);
  expect(stdout.trimEnd().split('\n').toSorted()).toEqual(
    ['completion', 'summary', ...COMMAND_NAMES].toSorted(),
  );
});

describe('a mistake ends with exit code 2 and one line', () => {
  test.each([
    { words: [], says: 'Not enough non-option arguments' },
    { words: ['x.json', '--bogus'], says: 'Unknown argument: bogus' },
    { words: ['x.json', '--format', 'xml'], says: 'Choices: "text", "json", "markdown"' },
    { words: ['x.json', '--format', 'json', '--format', 'text'], says: '--format is given more than once' },
    { words: ['x.json', '--from', 'soon'], says: '--from takes milliseconds' },
    { words: ['x.json', '--from', '20', '--to', '10'], says: '--from 20 must be before --to 10' },
    { words: ['x.json', '--slower-than', '-1'], says: '--slower-than takes milliseconds' },
    { words: ['x.json', '--top', '1.5'], says: '--top takes a whole number' },
    { words: ['x.json', '--width', '7'], says: '--width takes a whole number from 40 on' },
    { words: ['races'], says: 'Not enough non-option arguments' },
    { words: ['races', 'x.json', '--sort', 'colour'], says: 'Choices: "id", "destination"' },
    { words: ['events', 'x.json', '--source', 'abc'], says: '--source takes the id of a source' },
  ])('$words', async ({ words, says }) => {
    const { exitCode, stdout, stderr } = await netlogAnalyze(words);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
