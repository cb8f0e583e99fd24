/**
 * What a chart is: a Vega-Lite specification with its data inside, and a frame that all charts share, which gives
 * title, sizes, fonts and colours. Nothing here draws.
 */
import type { TopLevelSpec } from 'vega-lite';
import type { Theme } from './palette.ts';

export type ChartSpecification = TopLevelSpec;

type Framed = '$schema' | 'background' | 'title' | 'config' | 'padding' | 'description';
type WithoutFrame<Specification> = Specification extends unknown ? Omit<Specification, Framed> : never;

/** The part of a specification that differs from chart to chart. */
export type ChartBody = WithoutFrame<TopLevelSpec>;

/** One of the drawings that lie over each other in a chart. */
export type ChartLayer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

export interface Heading {
  readonly title: string;
  /** What was counted and how much of it, what was left out, how it was simplified; a line each. */
  readonly subtitle: readonly string[];
}

/** Width of a whole chart's plot, in pixels. */
export const PLOT_WIDTH = 640;

/** The fonts that a PNG is drawn with come first, and one with much the same widths second. */
const FONT = 'DejaVu Sans, Verdana, sans-serif';

/** Columns of a line of a title and of a subtitle beside a plot of `PLOT_WIDTH`. */
const TITLE_WIDTH = 66;
const SUBTITLE_WIDTH = 118;

export function framed(theme: Theme, { title, subtitle }: Heading, body: ChartBody): ChartSpecification {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: title,
    background: theme.background,
    padding: 16,
    title: { text: title, subtitle: subtitle.flatMap((line) => brokenAtSpaces(line, SUBTITLE_WIDTH)) },
    ...body,
    config: configOf(theme),
    // The union of all forms of a specification is too wide for the compiler to see that a body and its frame are one of them.
  } as ChartSpecification;
}

/** The same chart under a title that says what is to be seen in this one; what it shows comes first below. For charts with the frame above. */
export function retitled(specification: ChartSpecification, title: string): ChartSpecification {
  const own = specification.title as { readonly text: string; readonly subtitle: readonly string[] };
  return { ...specification, description: title, title: { ...own, text: brokenAtSpaces(title, TITLE_WIDTH), subtitle: [own.text, ...own.subtitle] } };
}

/** The title of one plot among several. */
export function panelTitle(text: string) {
  return { text, fontSize: 12, fontWeight: 'normal', anchor: 'start', frame: 'group' } as const;
}

/** What a page shows of a mark under the pointer: these fields of its data, as they are. */
export function tooltip(...fields: readonly string[]) {
  return fields.map((field) => ({ field, title: field, type: 'nominal' as const }));
}

/** A chart without data: it says why there is none. */
export function emptyChart(theme: Theme, title: string, reason: string): ChartSpecification {
  return framed(theme, { title, subtitle: ['n = 0'] }, {
    width: PLOT_WIDTH,
    height: 80,
    data: { values: [{ reason }] },
    mark: { type: 'text', fontSize: 14, color: theme.quietText },
    encoding: { text: { field: 'reason', type: 'nominal' } },
  });
}

function brokenAtSpaces(line: string, width: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const at = rest.lastIndexOf(' ', width);
    if (at <= 0) break;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return [...lines, rest];
}

/** Vega knows this; Vega-Lite hands it on, but its types leave it out. */
const LEGENDS_BELOW_EACH_OTHER: object = { layout: { bottom: { anchor: 'start', direction: 'vertical', margin: 8 } } };

function configOf({ text, quietText, grid }: Theme): NonNullable<TopLevelSpec['config']> {
  return {
    font: FONT,
    title: { anchor: 'start', frame: 'group', fontSize: 16, color: text, subtitleColor: quietText, subtitleFontSize: 11, subtitleLineHeight: 15, offset: 14 },
    axis: {
      labelColor: quietText, titleColor: text, titleFontWeight: 'normal', titleFontSize: 12, labelFontSize: 11,
      gridColor: grid, domainColor: grid, tickColor: grid, labelLimit: 320, titleLimit: 640, labelFlush: false, labelPadding: 6,
    },
    axisQuantitative: { tickCount: 8 },
    legend: { labelColor: text, titleColor: text, titleFontWeight: 'normal', titleFontSize: 12, titleLimit: 640, labelFontSize: 11, labelLimit: 320, orient: 'bottom', direction: 'horizontal', columns: 6, ...LEGENDS_BELOW_EACH_OTHER },
    header: { labelColor: text, titleColor: text, labelFontSize: 12, labelLimit: 600 },
    text: { color: text, fontSize: 11 },
    view: { stroke: null },
  };
}
