/** Analyses one log beside the page, which stays usable meanwhile, with the same code as the command line. */
import { analyze, NetLogError, readNetLog } from '../../browser.ts';
import { eventCollector } from '../../report/html/collect-events.ts';
import type { TracePage } from '../../report/html/page-data.ts';
import { tracePage } from '../../report/html/trace-page.ts';
import { wantedSources } from '../../report/html/wanted-sources.ts';
import { jsonChunks } from '../../report/json.ts';
import type { Report } from '../../report/report.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** More than in a report's file, which has to be carried about. */
const MOST_ROWS = 10_000;
const MOST_CHARACTERS_OF_EVENTS = 16_000_000;

let report: Report | undefined;

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'analyze') void analyzed(data.log, data.name).then(tell);
  else if (report !== undefined) tell({ kind: 'report', json: new Blob([...jsonChunks(report), '\n'], { type: 'application/json' }) });
});

function tell(message: FromWorker): void {
  postMessage(message);
}

async function analyzed(log: Blob, name: string): Promise<FromWorker> {
  try {
    return { kind: 'done', page: await pageOf(log, name) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: error instanceof NetLogError ? 'refused' : 'failed', message };
  }
}

/** Reads the log twice: for its report, and, once it is known what the page shows, for the events of that. */
async function pageOf(log: Blob, name: string): Promise<TracePage> {
  report = await analyze(log, { name, onProgress: progressFrom(0, log.size) });
  const page = tracePage(report, { most: MOST_ROWS, filters: '' });
  const collector = eventCollector(wantedSources(page));
  await readNetLog(log, collector.sink, { name, onProgress: progressFrom(0.5, log.size) });
  return { ...page, ...collector.sources(MOST_CHARACTERS_OF_EVENTS) };
}

/** Tells of each hundredth once. */
function progressFrom(start: number, bytes: number): (progress: { readonly bytesRead: number }) => void {
  let told = -1;
  return ({ bytesRead }) => {
    const share = Math.floor(100 * (start + bytesRead / bytes / 2)) / 100;
    if (share > told) tell({ kind: 'progress', share });
    told = share;
  };
}
