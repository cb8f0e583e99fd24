/** Runs the cells of a grid on as many threads as are worth it; the results stand in the order of the cells. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { UsageError } from '../exit-code.ts';
import { type CellResult, simulateCell, type Study } from './simulate-cell.ts';

export interface CellTask {
  readonly index: number;
  readonly values: readonly number[];
}

export type CellAnswer = { readonly index: number; readonly results: readonly CellResult[] } | { readonly index: number; readonly usageError: string };

/** Below this many cells for each thread, starting one takes longer than it saves. */
const FEW_CELLS = 50;

/** What is told while the grid runs, and what may end it. */
export interface GridWatch {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
}

export async function runGrid(study: Study, cells: readonly (readonly number[])[], watch: GridWatch = {}): Promise<readonly (readonly CellResult[])[]> {
  const threads = Math.min(availableParallelism(), Math.floor(cells.length / FEW_CELLS));
  if (threads > 1) return runOnWorkers(() => new Worker(new URL('./grid-worker.js', import.meta.url), { workerData: study }), threads, cells, watch);
  return cells.map((values, i) => {
    watch.signal?.throwIfAborted();
    watch.onProgress?.(i);
    return simulateCell(study, values);
  });
}

/** What of a worker is used. */
export type GridWorker = Pick<Worker, 'postMessage' | 'on' | 'terminate'>;

/** Each worker gets a cell when it has done the one before. The first error ends them all. */
export async function runOnWorkers(start: () => GridWorker, threads: number, cells: readonly (readonly number[])[], { signal, onProgress }: GridWatch = {}): Promise<readonly (readonly CellResult[])[]> {
  const results: (readonly CellResult[])[] = cells.map(() => []);
  const workers = Array.from({ length: threads }, start);
  let next = 0;
  let done = 0;
  try {
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        reject(signal?.reason as Error);
      };
      if (signal?.aborted === true) return stop();
      signal?.addEventListener('abort', stop, { once: true });
      for (const worker of workers) {
        const give = (): void => {
          const values = cells[next];
          if (values !== undefined) worker.postMessage({ index: next++, values } satisfies CellTask);
        };
        worker.on('error', reject);
        worker.on('message', (answer: CellAnswer) => {
          if ('usageError' in answer) return reject(new UsageError(answer.usageError));
          results[answer.index] = answer.results;
          done++;
          onProgress?.(done);
          if (done === cells.length) resolve();
          else give();
        });
        give();
      }
    });
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}
