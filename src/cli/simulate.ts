/** `netlog-analyze simulate SCENARIO`: runs a scenario on the engine and writes its NetLog. */
import { PROFILES } from '../engine/profiles/profiles.ts';
import { defineCommand } from './command.ts';
import { outputOptions } from './options.ts';

const { output, force } = outputOptions;

export const simulateCommand = defineCommand({
  usage: 'simulate <scenario>',
  summary: 'Run a scenario on the built-in Happy Eyeballs engine and write its NetLog',
  build: (cli) =>
    cli
      .positional('scenario', { type: 'string', demandOption: true, describe: 'Scenario in YAML: names, network, servers, requests' })
      .options({
        profile: {
          type: 'string',
          group: 'Simulation:',
          requiresArg: true,
          describe: `Client to simulate, instead of the scenario's: ${Object.keys(PROFILES).join(', ')}`,
        },
        seed: { type: 'number', group: 'Simulation:', requiresArg: true, describe: "Seed for everything random, instead of the scenario's" },
        output,
        force,
      })
      .example('$0 simulate scenario.yaml -o trace.json', 'write the trace of one run')
      .example('$0 simulate scenario.yaml | $0 -', 'and tell its story at once')
      .example('$0 simulate scenario.yaml --profile chromium-hev2 | $0 races -', 'the same network, another client'),
  // The engine and the readers of scenarios are loaded only when they run.
  run: async (args, context) => (await import('./simulate/run-simulation.ts')).runSimulation(args, context),
});
