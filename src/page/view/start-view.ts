/** Where a reader begins: what can be opened, and why the last log could not. */
import { button, element } from '../dom.ts';

export function startView(remark: string | undefined, onChoose: () => void): HTMLElement {
  return element(
    'section',
    { class: 'start', 'aria-labelledby': 'start-title' },
    remark === undefined ? undefined : element('p', { class: 'remark', role: 'alert' }, remark),
    element(
      'div',
      { class: 'drop' },
      element('h2', { id: 'start-title', tabindex: '-1' }, 'Drop a NetLog here'),
      element('p', {}, 'or ', button('Choose a file', onChoose)),
      element('p', { class: 'note' }, 'Plain JSON, gzip, zstd or zip; whole, cut off or damaged.'),
    ),
    element(
      'p',
      {},
      'The log is read within this page, by the same code as on the command line. Nothing of it leaves this machine, and nothing is kept when the page is closed.',
    ),
    element('p', { class: 'note' }, 'To record a log, open chrome://net-export in Chrome or edge://net-export in Edge.'),
  );
}
