/** The colours of the charts in the rest of the page: the same meaning has the same colour everywhere. */
import { darkTheme, lightTheme, type Meaning, type Theme } from '../report/charts/palette.ts';

/** How the outcomes of races, attempts, resolutions and requests are called in the palette. */
const OUTCOMES = {
  connected: 'won',
  ok: 'won',
  won: 'won',
  spare: 'spare',
  lost: 'lost',
  failed: 'failed',
  cancelled: 'cancelled',
  unfinished: 'unfinished',
  pooled: 'pooled',
} as const satisfies Record<string, Meaning>;

export function outcomeMeaning(outcome: keyof typeof OUTCOMES): Meaning {
  return OUTCOMES[outcome];
}

export function themeNamed(name: Theme['name']): Theme {
  return name === 'dark' ? darkTheme : lightTheme;
}

/** Gives the style its colours. */
export function paint({ style }: HTMLElement, { colours, background, text, quietText, grid }: Theme): void {
  for (const [name, colour] of Object.entries({ background, text, 'quiet-text': quietText, grid, ...colours })) style.setProperty(`--${name}`, colour);
}
