/** `netlog-analyze race TRACE ID|HOST`: one race as a waterfall with its story. */
import type { Race } from '../model/race.ts';
import { raceColumns } from '../report/columns/race.ts';
import { jsonChunks } from '../report/json.ts';
import { raceMarkdown } from '../report/markdown/race.ts';
import { worstFirst } from '../report/order.ts';
import type { Reconstruction } from '../report/report.ts';
import { raceText } from '../report/terminal/race-chart.ts';
import { tableLines } from '../report/terminal/table.ts';
import type { View } from '../report/view.ts';
import { defineCommand } from './command.ts';
import { UsageError } from './exit-code.ts';
import { findRaces } from './find-races.ts';
import { warn } from './io.ts';
import { formatOption, outputOptions, widthOf, windowOf, windowOptions } from './options.ts';
import { openOutput } from './output.ts';
import { exitCodeFor, readReconstruction } from './read-report.ts';

export const raceCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', demandOption: true, describe: 'NetLog file, or - for stdin' })
      .positional('race', {
        type: 'string',
        demandOption: true,
        describe: 'Id of the race (or of one of its attempts, requests or resolutions), or a host, URL or glob',
      })
      .options({
        ...windowOptions,
        all: { type: 'boolean', group: 'Output:', default: false, describe: 'Draw every race that matches' },
        ...formatOption(['text', 'json', 'markdown']),
        ...outputOptions,
      })
      .example('$0 race netlog.json www.example.com', 'the race for a host')
      .example('$0 race netlog.json 4', 'the race with this id, from the races command')
      .example('$0 race netlog.json "*.example.com" --all -f markdown', 'all of them, to paste into an issue')
      .epilogue(
        'If several races match, text lists them and draws the one that matters most: the first that failed, else the slowest. json prints an array of {race, resolutions, requests}, for all that match.',
      ),
  async run(args, context) {
    windowOf(args);
    const output = await openOutput({ ...args, width: widthOf(args.width) }, context.io);
    try {
      const report = await readReconstruction(args.trace, args, context);
      const races = wantedRaces(report, args.race, (remark) => {
        warn(context.io, remark);
      });
      if (args.format === 'json') {
        for (const chunk of jsonChunks(races.map((race) => withLinked(report, race)))) await output.write(chunk);
        await output.write('\n');
      } else {
        const drawn = args.all ? races : races.slice(0, 1);
        if (args.format === 'text') await output.write(choiceText(races, drawn, output.view));
        const blocks = drawn.map((race) => {
          const { resolutions } = withLinked(report, race);
          return args.format === 'text' ? raceText(race, resolutions, output.view) : raceMarkdown(race, resolutions, output.view.width);
        });
        await output.write(blocks.join('\n'));
      }
      await output.finish();
      return exitCodeFor(args.trace, report.trace.complete, args, context.io);
    } catch (error) {
      await output.discard();
      throw error;
    }
  },
});

/** The races that match, the one to draw first. */
function wantedRaces(report: Reconstruction, wanted: string, tell: (remark: string) => void): readonly Race[] {
  const found = findRaces(report, wanted);
  if (found.kind === 'none') {
    const hint =
      report.races.length === 0
        ? 'the log has no races'
        : found.suggestions.length === 0
          ? 'netlog-analyze races lists them'
          : `nearest: ${found.suggestions.join(', ')}`;
    throw new UsageError(`no race ${wanted} in ${report.trace.file}; ${hint}`);
  }
  if (found.because !== undefined) tell(`${wanted} is ${found.because} of race ${found.races.map(({ id }) => id).join(', ')}`);
  return worstFirst(found.races, ({ outcome, durationMs }) => ({ failed: outcome === 'failed', durationMs }));
}

function withLinked(report: Reconstruction, race: Race) {
  const [resolutionIds, requestIds] = [new Set(race.resolutionIds), new Set(race.requestIds)];
  return {
    race,
    resolutions: report.resolutions.filter(({ id }) => resolutionIds.has(id)),
    requests: report.requests.filter(({ id, raceId }) => raceId === race.id || requestIds.has(id)),
  };
}

/** What else could have been drawn; nothing if there was no choice. */
function choiceText(races: readonly Race[], drawn: readonly Race[], view: View): string {
  if (drawn.length === races.length) return '';
  const rest = races.length - drawn.length;
  const heading = `${races.length} races match; drawn below is race ${drawn[0]?.id}. Others by id, or with --all (${rest} more).`;
  return `${[heading, ...tableLines(raceColumns, races, view, { indent: 2 })].join('\n')}\n\n`;
}
