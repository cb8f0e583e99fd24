/** `compare` and `check` on files of a temporary directory, with the real reader. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { run } from '../../src/cli/run.ts';
import type { Report } from '../../src/report/report.ts';
import { summarize } from '../../src/metrics/statistics/summarize.ts';
import { sampleOf } from '../metrics/statistics/samples.ts';
import { aMetric, aReport } from '../report/builders.ts';

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Folder {
  readonly path: (name: string) => string;
  /** Writes a file; text and bytes as they are, other objects as JSON. */
  readonly write: (name: string, content: string | Uint8Array | object) => Promise<string>;
  /** `netlog-analyze …`; a word that begins with `@` is a file or directory of the folder. */
  readonly netlogAnalyze: (words: string, env?: Readonly<Record<string, string>>) => Promise<Ended>;
  readonly remove: () => Promise<void>;
}

export async function temporaryFolder(): Promise<Folder> {
  const folder = await mkdtemp(join(tmpdir(), 'compare-'));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    async write(name, content) {
      await mkdir(dirname(path(name)), { recursive: true });
      await writeFile(path(name), typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content, null, 2));
      return path(name);
    },
    async netlogAnalyze(words, env = {}) {
      const [stdout, stderr] = [new PassThrough(), new PassThrough()];
      const texts = { stdout: '', stderr: '' };
      stdout.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()));
      stderr.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()));
      const argv = words.split(' ').map((word) => word.replace(/(^|=)@/, `$1${folder}/`));
      const exitCode = await run(argv, { stdin: new PassThrough().end(), stdout, stderr, env });
      // What the folder is called differs from run to run.
      const shown = (text: string): string => text.replaceAll(`${folder}/`, '');
      return { exitCode, stdout: shown(texts.stdout), stderr: shown(texts.stderr) };
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** A saved report whose races took these times. */
export function savedReport(times: readonly number[], trace: Partial<Report['trace']> = {}): Report {
  const metrics = times.length === 0 ? [] : [aMetric({ n: times.length, value: summarize(sampleOf(times)).p50, summary: summarize(sampleOf(times)), values: [...times] })];
  return aReport({ metrics, trace: { fieldTrials: [], ...trace } });
}
