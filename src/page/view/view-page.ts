/**
 * The page of `netlog-analyze view`: the reader opens a log, waits or gives up, and reads its report; then the next one.
 * One log at a time: opening another forgets the one before.
 */
import type { TracePage } from '../../report/html/page-data.ts';
import type { ViewData } from '../../report/html/view-document.ts';
import { button, element, fill } from '../dom.ts';
import { pageFrame } from '../frame.ts';
import { reportPage } from '../report-page.ts';
import { startAnalysis, type Analysis } from './analysis.ts';
import { onDrop } from './drop.ts';
import { readingView } from './reading-view.ts';
import { saveFile } from './save-file.ts';
import { startView } from './start-view.ts';

export function viewPage({ tool, given }: ViewData, body: HTMLElement): void {
  const frame = pageFrame(tool, body);
  const { main, tools } = frame;
  const chooser = element('input', { type: 'file', hidden: true, 'aria-label': 'NetLog' });
  /** Ends what is on the page now. */
  let leave = (): void => undefined;

  function choose(): void {
    // The same file again is a choice, too.
    chooser.value = '';
    chooser.click();
  }

  function start(remark?: string): void {
    leave();
    leave = () => undefined;
    document.title = tool.name;
    fill(tools, [chooser]);
    fill(main, [startView(remark, choose)]);
  }

  /** After something else, the focus goes on from here. */
  function startAgain(remark?: string): void {
    start(remark);
    main.querySelector('button')?.focus();
  }

  /** `load`: the log, given up when the signal says so. */
  function read(name: string, load: (signal: AbortSignal) => Promise<Blob>): void {
    leave();
    const reading = new AbortController();
    let analysis: Analysis | undefined;
    leave = () => {
      reading.abort();
      analysis?.end();
    };
    const view = readingView(name, () => {
      startAgain();
    });
    fill(tools, [chooser]);
    fill(main, [view.content]);
    view.focus();
    const begin = (log: Blob): void => {
      if (reading.signal.aborted) return;
      analysis = startAnalysis(log, name, (message) => {
        switch (message.kind) {
          case 'progress':
            return view.progress(message.share);
          case 'refused':
            return startAgain(`${name}: ${message.message}`);
          case 'failed':
            return startAgain(`${name} could not be analysed, which is a fault of ${tool.name} or a lack of memory: ${message.message}`);
          case 'done':
            return show(message.page, analysis);
          case 'report':
            return saveFile(message.json, `${name.replace(/^.*[/\\]/, '')}.report.json`);
        }
      });
    };
    load(reading.signal).then(begin, (error: unknown) => {
      if (!reading.signal.aborted) startAgain(`${name} could not be loaded: ${error instanceof Error ? error.message : String(error)}`);
    });
  }

  function show(page: TracePage, analysis: Analysis | undefined): void {
    fill(tools, [
      chooser,
      button('Open another log', choose),
      button('Save as JSON', () => {
        analysis?.askForReport();
      }),
    ]);
    const close = reportPage({ traces: [page] }, frame);
    leave = () => {
      close();
      analysis?.end();
      // The next log has other races.
      history.replaceState(null, '', location.pathname);
    };
    if (location.hash === '') main.focus({ preventScroll: true });
  }

  function open(files: readonly File[]): void {
    const [file, ...others] = files;
    if (file === undefined) return;
    if (others.length > 0) startAgain('Expected one log, found several. Open one at a time; netlog-analyze compare holds logs against each other.');
    else read(file.name, () => Promise.resolve(file));
  }

  chooser.addEventListener('change', () => {
    open([...(chooser.files ?? [])]);
  });
  onDrop(body, open);
  if (given === undefined) start();
  else read(given.name, (signal) => fetched(given.address, signal));
}

async function fetched(address: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`the server says ${response.status}`);
  return response.blob();
}
