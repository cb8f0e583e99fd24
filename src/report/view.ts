/**
 * How a renderer is told about its surroundings: the width to fill and how to colour. Renderers know
 * no terminal; who calls them decides, so the same code serves a terminal, a pipe and a test.
 */

export type Tone = 'heading' | 'good' | 'bad' | 'warning' | 'accent' | 'dim';

/** Marks up text that is already plain; must not change its visible width. */
export type Style = (tone: Tone, text: string) => string;

export const plainStyle: Style = (_tone, text) => text;

export interface View {
  /** Columns of the terminal; lines keep within it where their content allows. */
  readonly width: number;
  readonly style: Style;
}

/** Styles text if there is a tone for it. */
export function toned(style: Style, tone: Tone | undefined, text: string): string {
  return tone === undefined || text === '' ? text : style(tone, text);
}
