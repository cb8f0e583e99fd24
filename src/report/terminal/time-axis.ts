/** A stretch of time laid onto character cells: the scale, and the axis drawn above a chart. */
import type { Tone, View } from '../view.ts';

export interface Scale {
  readonly fromMs: number;
  readonly toMs: number;
  readonly cells: number;
  /** The cell of a moment; moments outside fall into the first or last cell. */
  cell(ms: number): number;
}

export function timeScale(fromMs: number, toMs: number, cells: number): Scale {
  const span = Math.max(1, toMs - fromMs);
  return {
    fromMs,
    toMs: fromMs + span,
    cells,
    cell: (ms) => Math.min(cells - 1, Math.max(0, Math.floor(((ms - fromMs) / span) * cells))),
  };
}

/** Ticks stand at 1, 2 or 5 times a power of ten, far enough apart for their labels. */
const CELLS_PER_LABEL = 10;

function tickStep(spanMs: number, cells: number): number {
  const least = Math.max(1, (spanMs * CELLS_PER_LABEL) / cells);
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10);
}

function tickLabel(offsetMs: number): string {
  return offsetMs < 1000 ? `${offsetMs} ms` : `${offsetMs / 1000} s`;
}

export interface AxisMark {
  readonly atMs: number;
  readonly glyph: string;
  readonly tone?: Tone;
}

/** Two lines: labels counted from the start of the scale, and a rule with ticks and marks. */
export function axisLines(scale: Scale, marks: readonly AxisMark[], view: View): [labels: string, rule: string] {
  const step = tickStep(scale.toMs - scale.fromMs, scale.cells);
  const rule = Array.from({ length: scale.cells }, () => '─');
  let labels = '';
  for (let offset = 0; scale.fromMs + offset < scale.toMs; offset += step) {
    const cell = scale.cell(scale.fromMs + offset);
    rule[cell] = offset === 0 ? '├' : '┼';
    const label = offset === 0 ? '0' : tickLabel(offset);
    if (cell + label.length <= scale.cells) labels = labels.padEnd(cell) + label;
  }
  const styled = rule.map((glyph) => view.style('dim', glyph));
  for (const { atMs, glyph, tone } of marks) styled[scale.cell(atMs)] = view.style(tone ?? 'dim', glyph);
  return [view.style('dim', labels), styled.join('')];
}
