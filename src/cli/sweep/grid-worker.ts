/** A worker of a sweep: gets the study once, then cells by number, and answers each with its results or its error. */
import { parentPort, workerData } from 'node:worker_threads';
import { UsageError } from '../exit-code.ts';
import { simulateCell, type Study } from './simulate-cell.ts';
import type { CellAnswer, CellTask } from './run-grid.ts';

parentPort?.on('message', ({ index, values }: CellTask) => {
  parentPort?.postMessage(answerOf(workerData as Study, index, values));
});

/** Errors lose their class on the way. */
function answerOf(study: Study, index: number, values: readonly number[]): CellAnswer {
  try {
    return { index, results: simulateCell(study, values) };
  } catch (error) {
    if (error instanceof UsageError) return { index, usageError: error.message };
    throw error;
  }
}
