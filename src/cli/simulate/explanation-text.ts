/** An explanation laid out for a terminal: a heading for each section, times on the left, rules in brackets. */
import { plainText } from '../../report/plain-text.ts';
import { padStart, textWidth, wrapText } from '../../report/terminal/text-width.ts';
import { toned, type Tone, type View } from '../../report/view.ts';
import type { ExplanationLine, ExplanationSection, ExplanationTone } from '../../simulator/explain/explanation.ts';
import { millisText } from './millis-text.ts';

const TONES: Readonly<Record<ExplanationTone, Tone | undefined>> = { step: undefined, decision: 'accent', success: 'good', failure: 'bad' };

export function explanationText(title: string, sections: readonly ExplanationSection[], view: View): string {
  const times = sections.flatMap(({ lines }) => lines.map(({ at }) => textWidth(timeText(at))));
  const margin = Math.max(0, ...times) + 4;
  const lines = wrapText(plainText(title), view.width).map((line) => view.style('dim', line));
  for (const section of sections) {
    lines.push('', headingText(section, view));
    for (const line of section.lines) lines.push(...lineText(line, margin, view));
  }
  return `${lines.join('\n')}\n`;
}

function headingText({ kind, id, origin }: ExplanationSection, { style }: View): string {
  return `${style('heading', `${kind === 'race' ? 'Race' : 'Resolution'} ${id}`)}  ${style('heading', plainText(origin))}`;
}

function lineText({ at, tone, text, rule }: ExplanationLine, margin: number, { width, style }: View): string[] {
  const mark = rule === undefined ? '' : ` [${plainText(rule)}]`;
  const wrapped = wrapText(plainText(text) + mark, width - margin);
  const time = `${padStart(timeText(at), margin - 2)}  `;
  return wrapped.map((line, i) => {
    const isMarked = i === wrapped.length - 1 && line.endsWith(mark.trimStart());
    const words = isMarked ? line.slice(0, line.length - mark.trimStart().length) : line;
    const styled = toned(style, TONES[tone], words) + (isMarked && mark !== '' ? style('dim', mark.trimStart()) : '');
    return (i === 0 ? style('dim', time) : ' '.repeat(margin)) + styled;
  });
}

function timeText(at: number): string {
  return `${millisText(at)} ms`;
}
