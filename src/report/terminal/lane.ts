/** One row of a chart: cells painted span by span, later paint over earlier. */
import { toned, type Style, type Tone } from '../view.ts';
import type { Scale } from './time-axis.ts';

interface Cell {
  readonly glyph: string;
  readonly tone: Tone | undefined;
}

export class Lane {
  readonly #scale: Scale;
  readonly #cells: (Cell | undefined)[];

  constructor(scale: Scale) {
    this.#scale = scale;
    this.#cells = Array.from({ length: scale.cells }, () => undefined);
  }

  /** Fills a span. However short, it takes one cell; one outside the scale shows as an arrow at the edge. */
  span(fromMs: number, toMs: number, glyph: string, tone?: Tone): this {
    const { fromMs: first, toMs: last } = this.#scale;
    if (toMs < first || fromMs > last) return this.mark(fromMs > last ? fromMs : toMs, glyph, tone);
    const start = this.#scale.cell(fromMs);
    // The end is exclusive: a span that ends where the next begins leaves the cell to that one.
    const end = Math.max(start, this.#scale.cell(toMs) - 1);
    for (let i = start; i <= end; i++) this.#cells[i] = { glyph, tone };
    return this;
  }

  /** As `span`, but a stretch of less than half a cell is too short to show. */
  longSpan(fromMs: number, toMs: number, glyph: string, tone?: Tone): this {
    const cellMs = (this.#scale.toMs - this.#scale.fromMs) / this.#scale.cells;
    return toMs - fromMs < cellMs / 2 ? this : this.span(fromMs, toMs, glyph, tone);
  }

  /** Puts a glyph at a moment. One outside the scale shows at the edge as an arrow that points to it. */
  mark(atMs: number, glyph: string, tone?: Tone): this {
    const { fromMs, toMs, cells } = this.#scale;
    if (atMs > toMs) this.#cells[cells - 1] = { glyph: '▸', tone };
    else if (atMs < fromMs) this.#cells[0] = { glyph: '◂', tone };
    else this.#cells[this.#scale.cell(atMs)] = { glyph, tone };
    return this;
  }

  /** A span with its own glyphs at both ends, such as `├──┤`; in a single cell the end shows. */
  bracket(fromMs: number, toMs: number, glyphs: { start: string; body: string; end: string }, tone?: Tone): this {
    return this.span(fromMs, toMs, glyphs.body, tone).mark(fromMs, glyphs.start, tone).mark(toMs, glyphs.end, tone);
  }

  /** The glyphs that are still visible after all painting. */
  glyphs(): Set<string> {
    return new Set(this.#cells.flatMap((cell) => (cell === undefined ? [] : [cell.glyph])));
  }

  /** The painted row, cells of one tone styled together. */
  toString(style: Style): string {
    let text = '';
    let run = '';
    let tone: Tone | undefined;
    for (const cell of this.#cells) {
      if (cell?.tone !== tone) {
        text += toned(style, tone, run);
        run = '';
        tone = cell?.tone;
      }
      run += cell?.glyph ?? ' ';
    }
    return text + toned(style, tone, run);
  }
}
