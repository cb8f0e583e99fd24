/** Light or dark: as the system has it, or as the reader chooses; always light on paper. */
import type { Theme } from '../report/charts/palette.ts';
import { choice } from './dom.ts';
import { paint, themeNamed } from './meanings.ts';

export interface ThemeSwitch {
  readonly control: HTMLElement;
  readonly current: () => Theme['name'];
  readonly isPrinting: () => boolean;
  /** Told after every change, and before and after printing. */
  readonly onChange: (listener: () => void) => void;
}

const CHOICES = [
  { value: 'system', text: 'as the system' },
  { value: 'light', text: 'light' },
  { value: 'dark', text: 'dark' },
] as const;

export function themeSwitch(): ThemeSwitch {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const listeners: (() => void)[] = [];
  let chosen = 'system';
  let printing = false;

  function current(): Theme['name'] {
    if (printing) return 'light';
    if (chosen === 'system') return system.matches ? 'dark' : 'light';
    return chosen === 'dark' ? 'dark' : 'light';
  }

  function apply(): void {
    document.documentElement.dataset['theme'] = current();
    paint(document.documentElement, themeNamed(current()));
    for (const listener of listeners) listener();
  }

  system.addEventListener('change', apply);
  for (const [event, isPrinting] of [['beforeprint', true], ['afterprint', false]] as const) {
    addEventListener(event, () => {
      printing = isPrinting;
      apply();
    });
  }
  apply();
  return {
    control: choice('Colours', CHOICES, chosen, (value) => {
      chosen = value;
      apply();
    }),
    current,
    isPrinting: () => printing,
    onChange: (listener) => listeners.push(listener),
  };
}
