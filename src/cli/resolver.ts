/** `netlog-analyze resolver TRACE`: the layers of host resolution, its servers, and what waiting cost. */
import { type ResolverOverview, resolverOverview } from '../metrics/resolver/resolver-overview.ts';
import { jsonChunks } from '../report/json.ts';
import { resolverMarkdown } from '../report/markdown/resolver.ts';
import { selectFrom, selectionText } from '../report/selection.ts';
import { resolverText } from '../report/terminal/resolver.ts';
import type { View } from '../report/view.ts';
import { defineCommand } from './command.ts';
import { warn } from './io.ts';
import { filterOptions, formatOption, outputOptions, selectionOf, widthOf, windowOf, windowOptions } from './options.ts';
import { openOutput } from './output.ts';
import { exitCodeFor, readReconstruction } from './read-report.ts';

export const resolverCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', demandOption: true, describe: 'NetLog file, or - for stdin' })
      .options({ ...windowOptions, ...filterOptions, ...formatOption(['text', 'json', 'markdown']), ...outputOptions })
      .example('$0 resolver netlog.json', 'requests, jobs, tasks, transactions and attempts')
      .example('$0 resolver netlog.json --host "*.example.com"', 'of some hosts')
      .epilogue('Exchanges are counted as the browser saw them: an answer that came after its time-out counts as timed out. json prints {layers, servers, waits}.'),
  async run(args, context) {
    const selection = selectionOf(args);
    windowOf(args);
    const output = await openOutput({ ...args, width: widthOf(args.width) }, context.io);
    try {
      const report = await readReconstruction(args.trace, args, context);
      const overview = resolverOverview(selectFrom(report, selection).resolutions);
      for (const chunk of render(overview, args.format, output.view)) await output.write(chunk);
      await output.finish();
      if (overview.layers.length === 0) warn(context.io, `${args.trace}: no resolutions ${selectionText(selection)}`.trimEnd());
      return exitCodeFor(args.trace, report.trace.complete, args, context.io);
    } catch (error) {
      await output.discard();
      throw error;
    }
  },
});

function* render(overview: ResolverOverview, format: 'text' | 'json' | 'markdown', view: View): Generator<string> {
  switch (format) {
    case 'text':
      yield resolverText(overview, view);
      break;
    case 'markdown':
      yield resolverMarkdown(overview);
      break;
    case 'json':
      yield* jsonChunks(overview);
      yield '\n';
      break;
  }
}
