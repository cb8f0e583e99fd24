/** docs/compare.md and action.yml hold what they promise: every verdict and condition is one, the example of the action runs. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PassThrough } from 'node:stream';
import { parse } from 'yaml';
import { parseThresholds } from '../../src/cli/check/read-thresholds.ts';
import { run } from '../../src/cli/run.ts';
import { verdictSchema } from '../../src/compare/verdict.ts';

const text = readFileSync('docs/compare.md', 'utf8');
const readme = readFileSync('README.md', 'utf8');
const blocks = (language: string, page = text): string[] => [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block = '']) => block);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'compare-docs-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function netlogAnalyze(words: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const texts = { stdout: '', stderr: '' };
  stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
  stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
  return { exitCode: await run(words, { stdin: new PassThrough().end(), stdout, stderr, env: {} }), ...texts };
}

describe('docs/compare.md', () => {
  test('names every verdict', () => {
    const table = text.slice(text.indexOf('| verdict'), text.indexOf('The unit is the run'));
    expect(verdictSchema.options.filter((verdict) => !table.includes(verdict))).toEqual([]);
  });

  test('has in its table of conditions only what parses', () => {
    const table = text.slice(text.indexOf('| condition'), text.indexOf('- A limit is held'));
    const conditions = [...table.matchAll(/`([^`]+)`/g)].map(([, condition = '']) => condition);
    expect(conditions.length).toBeGreaterThanOrEqual(9);
    for (const condition of conditions) {
      const metric = condition.includes('rate') ? 'race.failure_rate' : 'race.duration';
      expect(() => parseThresholds(`thresholds: {${metric}: ["${condition}"]}`, 'doc')).not.toThrow();
    }
  });
});

describe('action.yml', () => {
  interface Step {
    readonly id?: string;
    readonly uses?: string;
    readonly with?: Readonly<Record<string, string>>;
    readonly run?: string;
    readonly env?: Readonly<Record<string, string>>;
  }
  const action = parse(readFileSync('action.yml', 'utf8')) as { inputs: Record<string, { default?: string }>; outputs: Record<string, unknown>; runs: { using: string; steps: Step[] } };
  const script = action.runs.steps.find(({ id }) => id === 'run');
  const workflow = parse(blocks('yaml', readme)[0] ?? '') as { jobs: { compare: { steps: Step[] } } };
  const example = workflow.jobs.compare.steps.find(({ uses }) => uses?.includes('/netlog-analyze@'))?.with ?? {};

  /** The words with which the script calls the program, which here only notes them and ends with this code. */
  function wordsOf(inputs: Readonly<Record<string, string>>, exitCode = 0): { words: string[]; status: number; outputs: string } {
    mkdirSync(join(folder, 'dist/cli'), { recursive: true });
    // Whatever kind of package the folder above belongs to.
    writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
    writeFileSync(join(folder, 'dist/cli/main.js'), `require('fs').writeFileSync(${JSON.stringify(join(folder, 'words.json'))}, JSON.stringify(process.argv.slice(2))); process.exit(${exitCode});`);
    const output = join(folder, 'output.txt');
    writeFileSync(output, '');
    const env = Object.fromEntries(
      Object.entries(script?.env ?? {}).map(([name, value]) => [name, value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/, (_, input: string) => inputs[input] ?? action.inputs[input]?.default ?? '')]),
    );
    let status = 0;
    try {
      execFileSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script?.run ?? 'exit 9'], { env: { PATH: process.env['PATH'] ?? '', ...env, RUNNER_TEMP: folder, GITHUB_ACTION_PATH: folder, GITHUB_OUTPUT: output }, stdio: 'pipe' });
    } catch (error) {
      status = (error as { status: number }).status;
    }
    return { words: JSON.parse(readFileSync(join(folder, 'words.json'), 'utf8')) as string[], status, outputs: readFileSync(output, 'utf8') };
  }

  test('gives every input to the script as a variable, and none as part of it', () => {
    expect(script?.run).not.toContain('${{');
    expect(Object.values(script?.env ?? {}).join(' ')).toContain('inputs.thresholds');
  });

  test('has the inputs and outputs that the example uses', () => {
    expect(Object.keys(example).filter((name) => !(name in action.inputs))).toEqual([]);
    expect(readme).toContain('steps.connections.outputs.markdown');
    expect(Object.keys(action.outputs)).toContain('markdown');
  });

  test('compares as the example of the documentation says, and writes the comment', async () => {
    const { words, outputs } = wordsOf(example);
    expect(words.slice(0, 5)).toEqual(['compare', 'samples/v6-blackhole-hev2/netlog.json.gz', '--against', 'samples/v6-blackhole-hev3/netlog.json.gz', 'samples/v6-blackhole-hev3/*.gz']);
    expect((await netlogAnalyze(words)).exitCode).toBe(0);
    const [, markdown = ''] = /^markdown=(.*)$/m.exec(outputs) ?? [];
    expect(readFileSync(markdown, 'utf8')).toMatch(/^<!-- netlog-analyze:compare:connection-time -->/);
  });

  test('checks without a base', () => {
    expect(wordsOf({ new: 'a b.json', thresholds: 'limits.yaml' }).words).toEqual(
      ['check', 'a b.json', '--thresholds', 'limits.yaml', '--force', '--also', `markdown=${folder}/netlog-analyze.md`, '--also', `junit=${folder}/netlog-analyze.xml`],
    );
  });

  test('runs no command that hides in an input', () => {
    const { words } = wordsOf({ new: '$(touch pwned)`touch pwned`; touch pwned', thresholds: 't.yaml' });
    expect(words[1]).toBe('$(touch pwned)`touch pwned`; touch pwned');
    expect(existsSync('pwned')).toBe(false);
  });

  test.each([0, 1, 2, 3, 4])('ends with the exit code %i of the program, and tells it', (exitCode) => {
    const { status, outputs } = wordsOf({ new: 'a.json', thresholds: 't.yaml' }, exitCode);
    expect(status).toBe(exitCode);
    expect(outputs).toContain(`exit-code=${exitCode}\n`);
  });
});
