/**
 * The page of a report: one place at a time, the overview of a trace, a race or a source, as its
 * address says. Everything stays within the file; going back works as between pages.
 */
import type { PageData, TracePage } from '../report/html/page-data.ts';
import { plainText } from '../report/plain-text.ts';
import { addressText, parseAddress, type Address, type Place } from './address.ts';
import { choice, element, fill } from './dom.ts';
import type { Frame } from './frame.ts';
import { linksWithin } from './links.ts';
import { overview, type Overview } from './overview.ts';
import { shownPlace } from './places.ts';

interface OverviewLeft {
  readonly address: string;
  readonly scrollY: number;
  /** The link that was followed. */
  readonly focus: Element | null;
}

/** Shows the traces from now on, until what it returns is called. */
export function reportPage({ traces }: Pick<PageData, 'traces'>, { main, tools, drawing }: Frame): () => void {
  const overviews = new Map<TracePage, Overview>();
  const traceChoice = choice(
    'Trace',
    traces.map(({ file }, trace) => ({ value: String(trace), text: file })),
    '0',
    (value) => {
      location.hash = overviewAddress(Number(value), 'summary');
    },
  );
  let current: Address | undefined;
  let left: OverviewLeft | undefined;

  function show(): void {
    const wanted = parseAddress(location.hash);
    const trace = traces[wanted.trace] === undefined ? 0 : wanted.trace;
    const page = traces[trace];
    if (page === undefined) return;
    const from = current;
    current = { trace, place: wanted.place };
    if (from?.place.kind === 'overview') left = { address: addressText(from), scrollY, focus: document.activeElement };
    const links = linksWithin(page, trace);
    const made = overviews.get(page) ?? overview(page, links);
    overviews.set(page, made);
    const back = left !== undefined && parseAddress(left.address).trace === trace ? left.address : overviewAddress(trace, 'races');
    const shown = shownPlace(current.place, { page, links, overview: made, back });
    fill(main, [element('p', { class: 'file' }, page.file), ...shown.content]);
    drawing.watch(shown.charts);
    const select = traceChoice.querySelector('select');
    if (select !== null) select.value = String(trace);
    document.title = plainText(titleOf(current.place, page));
    if (from !== undefined && from.place.kind !== 'overview' && addressText(current) === left?.address) returnTo(left);
    // On opening, the focus stays at the top, unless the address names something.
    else if (from !== undefined || location.hash !== '') shown.focus();
  }

  if (traces.length > 1) tools.append(traceChoice);
  const shown = new AbortController();
  addEventListener('hashchange', show, { signal: shown.signal });
  show();
  return () => {
    shown.abort();
    drawing.watch([]);
  };
}

/** Back on the overview: where the reader was, at the link that was followed. */
function returnTo({ scrollY: top, focus }: OverviewLeft): void {
  scrollTo({ top });
  if (focus instanceof HTMLElement) focus.focus({ preventScroll: true });
}

function overviewAddress(trace: number, section: string): string {
  return addressText({ trace, place: { kind: 'overview', section } });
}

function titleOf(place: Place, { file }: TracePage): string {
  const about = place.kind === 'overview' ? '' : `${place.kind === 'race' ? 'Race' : 'Source'} ${place.id} – `;
  return `${about}${file} – netlog-analyze`;
}
