/** `netlog-analyze simulate SCENARIO`: runs a scenario on the engine; writes its NetLog, explains it, or compares clients. */
import { PROFILES } from '../engine/profiles/profiles.ts';
import { defineCommand } from './command.ts';
import { formatOption, outputOptions } from './options.ts';

const GROUP = 'Simulation:';
const { output, force, width } = outputOptions;
const formats = formatOption(['text', 'json']);

export const simulateCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('scenario', { type: 'string', demandOption: true, describe: 'Scenario in YAML: names, network, servers, requests; - for stdin' })
      .options({
        profile: {
          type: 'string',
          group: GROUP,
          requiresArg: true,
          describe: `Client to simulate, instead of the scenario's: ${Object.keys(PROFILES).join(', ')}. Several, with commas between, are compared in a table`,
        },
        seed: { type: 'number', group: GROUP, requiresArg: true, describe: "Seed for everything random, instead of the scenario's" },
        explain: { type: 'boolean', group: GROUP, default: false, describe: 'Tell every decision and the rule behind it; a NetLog is then written only with --output' },
        format: { ...formats.format, describe: 'How to print explanations and comparisons; a NetLog is always JSON' },
        output,
        force,
        width,
      })
      .example('$0 simulate scenario.yaml -o trace.json', 'write the trace of one run')
      .example('$0 simulate scenario.yaml | $0 -', 'and tell its story at once')
      .example('$0 simulate scenario.yaml --explain', 'why the client did what it did')
      .example('$0 simulate scenario.yaml --profile chromium-hev3,go,none', 'the same network, three clients'),
  // The engine and the readers of scenarios are loaded only when they run.
  run: async (args, context) => (await import('./simulate/run-simulation.ts')).runSimulation(args, context),
});
