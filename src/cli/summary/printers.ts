/** Prints summaries of one or several reports, in each format. */
import { jsonChunks } from '../../report/json.ts';
import { summaryMarkdown } from '../../report/markdown/summary.ts';
import type { Report } from '../../report/report.ts';
import { summaryText } from '../../report/terminal/summary.ts';
import type { Output } from '../output.ts';

export interface Printer {
  /** Prints one more report. */
  add(report: Report): Promise<void>;
  end(): Promise<void>;
}

type SummaryOptions = Parameters<typeof summaryText>[1];

export const printers: Readonly<Record<'text' | 'json' | 'markdown', (output: Output, several: boolean, options: SummaryOptions) => Printer>> = {
  text: (output, _several, options) => blocks(output, (report) => summaryText(report, options, output.view)),
  markdown: (output, _several, options) => blocks(output, (report) => summaryMarkdown(report, options)),
  json: jsonPrinter,
};

/** One block of text per report, with an empty line between. */
function blocks(output: Output, render: (report: Report) => string): Printer {
  let separator = '';
  return {
    async add(report) {
      await output.write(separator + render(report));
      separator = '\n';
    },
    end: () => Promise.resolve(),
  };
}

/** An object for one report; an array, written as it comes, for several. */
function jsonPrinter(output: Output, several: boolean): Printer {
  let separator = several ? '[\n  ' : '';
  return {
    async add(report) {
      await output.write(separator);
      for (const chunk of jsonChunks(report, several ? '  ' : '')) await output.write(chunk);
      separator = ',\n  ';
      if (!several) await output.write('\n');
    },
    async end() {
      if (several) await output.write(separator.startsWith('[') ? '[]\n' : '\n]\n');
    },
  };
}
