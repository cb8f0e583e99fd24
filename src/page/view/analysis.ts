/** An analysis as the page has it: a worker that can be left at any time. */
import type { FromWorker, ToWorker } from './messages.ts';

export interface Analysis {
  readonly askForReport: () => void;
  /** Ends it at once, whatever it is doing, and frees its memory. */
  readonly end: () => void;
}

export function startAnalysis(log: Blob, name: string, told: (message: FromWorker) => void): Analysis {
  const worker = new Worker('analysis-worker.js');
  const ask = (message: ToWorker): void => {
    worker.postMessage(message);
  };
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    told(data);
  });
  worker.addEventListener('error', ({ message }) => {
    told({ kind: 'failed', message: message === '' ? 'its worker has stopped' : message });
  });
  ask({ kind: 'analyze', log, name });
  return {
    askForReport: () => {
      ask({ kind: 'report' });
    },
    end: () => {
      worker.terminate();
    },
  };
}
