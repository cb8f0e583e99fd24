/** What the four listing commands share: one trace, filters, an order, and a table in four formats. */
import type { Column } from '../report/column.ts';
import { sortByColumn } from '../report/order.ts';
import type { Reconstruction } from '../report/report.ts';
import { selectFrom, selectionText } from '../report/selection.ts';
import { defineCommand } from './command.ts';
import { warn } from './io.ts';
import { filterOptions, formatOption, outputOptions, selectionOf, topOf, topOption, widthOf, windowOf, windowOptions } from './options.ts';
import { openOutput } from './output.ts';
import { exitCodeFor, readReconstruction } from './read-report.ts';
import { TABLE_FORMATS, tableChunks } from './table-format.ts';

const EPILOGUE =
  'Columns that are empty, or find no room in the width, are left out of text; csv has them all, with times as plain numbers of milliseconds. json prints an array of whole objects, as in the full report.';

interface TableSpecification<Row extends object> {
  readonly name: string;
  readonly columns: readonly Column<Row>[];
  readonly rowsOf: (report: Reconstruction) => readonly Row[];
  readonly examples: readonly (readonly [command: string, meaning: string])[];
}

export function tableCommand<Row extends object>({ name, columns, rowsOf, examples }: TableSpecification<Row>) {
  const columnIds = columns.filter(({ only }) => only !== 'people').map(({ id }) => id);
  return defineCommand({
    build: (cli) =>
      cli
        .positional('trace', { type: 'string', demandOption: true, describe: 'NetLog file, or - for stdin' })
        .options({
          ...windowOptions,
          ...filterOptions,
          ...topOption('Print at most N rows; 0 prints all', 0),
          sort: {
            choices: columnIds,
            group: 'Output:',
            requiresArg: true,
            describe: 'Order: numbers from the greatest down, text from A on; default: as logged',
          },
          reverse: { type: 'boolean', group: 'Output:', default: false, describe: 'Turn the order round' },
          ...formatOption(TABLE_FORMATS),
          ...outputOptions,
        })
        .example(examples.map(([command, meaning]): [string, string] => [command, meaning]))
        .epilogue(EPILOGUE),
    async run(args, context) {
      const selection = selectionOf(args);
      const top = topOf(args.top);
      windowOf(args);
      const output = await openOutput({ ...args, width: widthOf(args.width) }, context.io);
      try {
        const report = await readReconstruction(args.trace, args, context);
        const chosen = rowsOf(selectFrom(report, selection));
        const rows = ordered(chosen, columns, args).slice(0, top);
        for (const chunk of tableChunks(columns, rows, args.format, output.view)) await output.write(chunk);
        await output.finish();
        if (rows.length === 0) warn(context.io, `${args.trace}: no ${name} ${selectionText(selection)}`.trimEnd());
        return exitCodeFor(args.trace, report.trace.complete, args, context.io);
      } catch (error) {
        await output.discard();
        throw error;
      }
    },
  });
}

function ordered<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { sort, reverse = false }: { readonly sort?: string | undefined; readonly reverse?: boolean | undefined },
): readonly Row[] {
  const column = columns.find(({ id }) => id === sort);
  if (column !== undefined) return sortByColumn(rows, column, reverse);
  return reverse ? rows.toReversed() : rows;
}
