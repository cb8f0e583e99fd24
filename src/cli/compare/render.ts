/** A comparison or a check in each of the forms it can be written in. */
import type { Check, Comparison } from '../../compare/comparison.ts';
import { junitXml } from '../../report/compare/junit.ts';
import { checkMarkdown, comparisonMarkdown } from '../../report/compare/markdown.ts';
import { checkText, comparisonText } from '../../report/compare/terminal.ts';
import { jsonChunks } from '../../report/json.ts';
import type { View } from '../../report/view.ts';

export const FORMATS = ['text', 'json', 'markdown', 'junit'] as const;
export type Format = (typeof FORMATS)[number];

/** A chart is for a file, not for a screen. */
export type Form = Format | 'chart';
export const COMPARISON_FORMS: readonly Form[] = [...FORMATS, 'chart'];

export interface RenderOptions {
  readonly view: View;
  readonly key: string;
}

export function* render(result: Comparison | Check, format: Format, { view, key }: RenderOptions): Generator<string> {
  switch (format) {
    case 'text':
      yield result.kind === 'check' ? checkText(result, view) : comparisonText(result, view);
      break;
    case 'json':
      yield* jsonChunks(result);
      yield '\n';
      break;
    case 'markdown':
      yield result.kind === 'check' ? checkMarkdown(result, { key }) : comparisonMarkdown(result, { key });
      break;
    case 'junit':
      yield junitXml(result);
      break;
  }
}
