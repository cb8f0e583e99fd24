/** `netlog-analyze chart TRACE… -o DIR`: charts of traces and simulations as SVG, PNG, Vega-Lite or a page. */
import { CHART_FORMATS } from '../render/chart-format.ts';
import { SIMULATION_CHARTS, TRACE_CHART_KINDS, TRACE_CHARTS, SIMULATION_CHART_KINDS } from '../report/charts/charts.ts';
import { SWEEP_QUANTITIES } from './chart/sweep-quantities.ts';
import { defineCommand } from './command.ts';
import { filterOptions, formatOption, topOption, windowOptions } from './options.ts';

const SIMULATION = 'Simulations:';
const OUTPUT = 'Output:';
const formats = formatOption(CHART_FORMATS);

const KINDS = Object.entries({ ...TRACE_CHARTS, ...SIMULATION_CHARTS })
  .map(([kind, { describe }]) => `  ${kind}: ${describe}`)
  .join('\n');

const EPILOGUE = [
  `Kinds:\n${KINDS}`,
  'Without --kind all kinds of traces are drawn. Several traces are counted together, except in race-waterfall, races-timeline and sessions, which are drawn for each trace. profile-comparison and sweep take one scenario in place of traces.',
  'Files in DIR have the name of the kind, and the id of the race; where several traces have a chart each, the place of the trace too: race-waterfall-112.svg, sessions-2.svg. Their paths are printed.',
  'svg needs nothing but this program, and the same input gives the same bytes; vl.json is the Vega-Lite specification with its data; html is one page with tooltips that loads nothing.',
].join('\n\n');

export const chartCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', array: true, demandOption: true, describe: 'NetLog files, or one scenario for the kinds of simulations' })
      .options({
        ...windowOptions,
        kind: {
          choices: [...TRACE_CHART_KINDS, ...SIMULATION_CHART_KINDS],
          array: true,
          group: 'Charts:',
          requiresArg: true,
          describe: 'What to draw; repeatable; default: all kinds of traces',
        },
        race: {
          type: 'string',
          array: true,
          group: 'Charts:',
          requiresArg: true,
          describe: 'Races of race-waterfall: an id, a host, a URL or a glob; repeatable; default: the failed, then the slowest',
        },
        ...filterOptions,
        ...topOption('Races of race-waterfall without --race, of each trace; 0 draws all', 5),
        profile: { type: 'string', group: SIMULATION, requiresArg: true, describe: 'Clients to simulate, with commas between; default: all of them in profile-comparison, the scenario’s in sweep' },
        seed: { type: 'number', group: SIMULATION, requiresArg: true, describe: "Seed for everything random, instead of the scenario's" },
        sweep: {
          type: 'string',
          group: SIMULATION,
          requiresArg: true,
          describe: 'What varies: NAME=FROM..TO:STEP, with the NAME of a delay (ipv6DelayMs, ipv4DelayMs, quicDelayMs, aaaaDelayMs, aDelayMs, httpsDelayMs), rttMs, lossRate, or a parameter of the profile',
        },
        quantity: { choices: Object.keys(SWEEP_QUANTITIES), default: 'connected', group: SIMULATION, requiresArg: true, describe: 'What sweep measures, of the first request' },
        theme: { choices: ['light', 'dark'] as const, default: 'light' as const, group: OUTPUT, requiresArg: true, describe: 'Background of the charts' },
        format: { ...formats.format, describe: 'How to draw' },
        output: { alias: 'o', type: 'string', group: OUTPUT, requiresArg: true, demandOption: true, describe: 'Directory for the charts; made if there is none' },
        force: { type: 'boolean', group: OUTPUT, default: false, describe: 'Replace files that exist' },
      })
      .example('$0 chart netlog.json -o charts', 'every chart of this log')
      .example('$0 chart netlog.json --kind race-waterfall --race www.example.com -f png -o charts', 'the race for a host, to paste into an issue')
      .example('$0 chart monday.json tuesday.json --kind winners --kind resolve-time -f html -o charts', 'two logs counted together, to explore')
      .example('$0 chart scenario.yaml --kind profile-comparison --profile chromium-hev3,go,none -o charts', 'one network, three clients')
      .example('$0 chart scenario.yaml --kind sweep --sweep ipv6DelayMs=0..400:25 --profile rfc8305,curl-8 -o charts', 'when each client gives up on slow IPv6')
      .epilogue(EPILOGUE),
  // Simulator, Vega and all else that is large is loaded only when charts are drawn.
  run: async (args, context) => (await import('./chart/run-chart.ts')).runChart(args, context),
});
