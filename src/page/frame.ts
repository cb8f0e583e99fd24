/** What stays on the page whatever it shows: the header with its tools, the place for content, the footer. */
import type { PageData } from '../report/html/page-data.ts';
import { element } from './dom.ts';
import { drawWhenSeen, type Drawing } from './draw-when-seen.ts';
import { themeSwitch } from './theme.ts';

export interface Frame {
  readonly main: HTMLElement;
  /** In the header, for what belongs to the content. */
  readonly tools: HTMLElement;
  readonly drawing: Drawing;
}

export function pageFrame({ name, version }: PageData['tool'], body: HTMLElement): Frame {
  const main = element('main', { id: 'main', tabindex: '-1' });
  const tools = element('div', { class: 'tools' });
  const theme = themeSwitch();
  const skip = element('a', { class: 'skip', href: '#main' }, 'Skip to the report');
  skip.addEventListener('click', (event) => {
    // Not a place of the report.
    event.preventDefault();
    main.focus();
  });
  const header = element('header', {}, element('h1', {}, 'Connection report'), tools, theme.control);
  body.append(skip, header, main, element('footer', {}, `${name} ${version}`));
  return { main, tools, drawing: drawWhenSeen(theme) };
}
