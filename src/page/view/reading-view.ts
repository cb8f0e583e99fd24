/** A log being read: how far, and the way out. */
import { button, element, fill } from '../dom.ts';

export interface ReadingView {
  readonly content: HTMLElement;
  /** From 0 to 1. */
  readonly progress: (share: number) => void;
  readonly focus: () => void;
}

export function readingView(name: string, onCancel: () => void): ReadingView {
  const bar = element('progress', { max: '1', 'aria-labelledby': 'reading-title' });
  const percent = element('span', { class: 'percent' });
  const cancel = button('Cancel', onCancel);
  return {
    content: element(
      'section',
      { class: 'reading', 'aria-labelledby': 'reading-title' },
      element('h2', { id: 'reading-title' }, 'Reading ', element('span', { class: 'verbatim' }, name)),
      element('p', {}, bar, percent, cancel),
    ),
    progress(share) {
      bar.value = share;
      fill(percent, [`${Math.floor(share * 100)} %`]);
    },
    focus() {
      cancel.focus();
    },
  };
}
