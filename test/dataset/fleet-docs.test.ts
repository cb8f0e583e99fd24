/** docs/fleet.md holds what it promises: its first two recipes are run as they stand there, on the samples. */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { SAMPLES } from './sample-dataset.ts';

const text = readFileSync('docs/fleet.md', 'utf8');
const blocks = (language: string): string[] => [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block = '']) => block);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-docs-'));
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'bin/netlog-analyze'), `#!/bin/sh\nexec node ${resolve('dist/cli/main.js')} "$@"\n`);
  chmodSync(join(folder, 'bin/netlog-analyze'), 0o755);
  // Names that a careless pipe would take apart.
  for (const [i, name] of SAMPLES.entries()) cpSync(`samples/${name}/netlog.json.gz`, join(folder, `logs/run ${i}/${name}'s.json.gz`));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function bash(script: string, env: Readonly<Record<string, string>> = {}): string {
  const path = `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`;
  return execFileSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { cwd: folder, env: { PATH: path, HOME: folder, ...env }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

const hasParallel = ((): boolean => {
  try {
    return execFileSync('parallel', ['--version'], { encoding: 'utf8', stdio: 'pipe' }).startsWith('GNU parallel');
  } catch {
    return false;
  }
})();

describe('docs/fleet.md', () => {
  test.skipIf(!hasParallel)('fills a data set with GNU parallel', () => {
    const [recipe = ''] = blocks('sh');
    expect(bash(recipe)).toContain(`${SAMPLES.length}, 1 of an incomplete log`);
    expect(readdirSync(join(folder, 'fleet'))).toHaveLength(SAMPLES.length);
    rmSync(join(folder, 'fleet'), { recursive: true });
  });

  interface Step {
    readonly run?: string;
    readonly uses?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }
  interface Workflow {
    readonly jobs: {
      readonly export: { readonly strategy: { readonly matrix: { readonly shard: readonly number[] } }; readonly env: { readonly SHARD: string; readonly SHARDS: number }; readonly steps: readonly Step[] };
      readonly ask: { readonly steps: readonly Step[] };
    };
  }
  const workflow = parse(blocks('yaml').find((block) => block.includes('matrix')) ?? '') as Workflow;
  const runOf = (steps: readonly Step[]): string => steps.find(({ run }) => run !== undefined)?.run ?? '';

  test('fills one with a CI matrix, each file in one shard, and asks it', () => {
    const { strategy, env, steps } = workflow.jobs.export;
    expect({ shards: strategy.matrix.shard.length, expression: env.SHARD }).toEqual({ shards: env.SHARDS, expression: '${{ matrix.shard }}' });
    mkdirSync(join(folder, 'merged'));
    for (const shard of strategy.matrix.shard) {
      bash(runOf(steps), { SHARD: String(shard), SHARDS: String(env.SHARDS) });
      for (const run of readdirSync(join(folder, 'fleet'))) expect(existsSync(join(folder, 'merged', run))).toBe(false);
      cpSync(join(folder, 'fleet'), join(folder, 'merged'), { recursive: true });
      rmSync(join(folder, 'fleet'), { recursive: true });
    }
    expect(readdirSync(join(folder, 'merged'))).toHaveLength(SAMPLES.length);
    cpSync(join(folder, 'merged'), join(folder, 'fleet'), { recursive: true });
    const summary = join(folder, 'summary.md');
    bash(runOf(workflow.jobs.ask.steps), { GITHUB_STEP_SUMMARY: summary });
    expect(readFileSync(summary, 'utf8')).toContain('| network |');
  });

  test('selects files for Kubernetes as for the matrix', () => {
    const job = parse(blocks('yaml').find((block) => block.includes('batch/v1')) ?? '') as { spec: { completions: number; template: { spec: { containers: { args: string[]; env: { value: string }[] }[] } } } };
    const [container] = job.spec.template.spec.containers;
    expect(container?.env[0]?.value).toBe(String(job.spec.completions));
    const ofMatrix = runOf(workflow.jobs.export.steps);
    expect(container?.args[0]?.replaceAll('/data/', '').replace('JOB_COMPLETION_INDEX', 'SHARD')).toBe(ofMatrix);
  });
});
