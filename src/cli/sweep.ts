/** `netlog-analyze sweep SCENARIO --vary PATH=FROM:TO:STEP`: a scenario over and over, with parameters varied, under several clients. */
import { PROFILES } from '../engine/profiles/profiles.ts';
import { defineCommand } from './command.ts';
import { outputOptions } from './options.ts';
import { METRIC_NAMES } from './sweep/metrics.ts';

const GROUP = 'Simulation:';
const { output, force, width } = outputOptions;

const EPILOGUE =
  'PATH is a field of the scenario, such as link.rttMs, dns.latencyMs or network.rules.0.delayMs (lists count from 0); or one of ipv6DelayMs, ipv4DelayMs, quicDelayMs, aaaaDelayMs, aDelayMs, httpsDelayMs, rttMs, lossRate; or a parameter of the profile, such as connectionAttemptDelayMs. Of each run the first request is measured. Runs go to all processors; the same scenario and seed give the same bytes out.';

export const sweepCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('scenario', { type: 'string', demandOption: true, describe: 'Scenario in YAML; - for stdin' })
      .options({
        vary: { type: 'string', array: true, group: GROUP, requiresArg: true, demandOption: true, describe: 'What varies, as PATH=FROM:TO:STEP; repeatable: every value with every other' },
        profile: { type: 'string', group: GROUP, requiresArg: true, describe: `Clients to simulate, with commas between, instead of the scenario's: ${Object.keys(PROFILES).join(', ')}` },
        seed: { type: 'number', group: GROUP, requiresArg: true, describe: "Seed for everything random, instead of the scenario's" },
        metric: { choices: METRIC_NAMES, default: 'connect-time' as const, group: GROUP, requiresArg: true, describe: 'What to measure: times in ms from the beginning of the request, or attempts started' },
        format: { alias: 'f', choices: ['text', 'json', 'csv'] as const, group: 'Output:', requiresArg: true, describe: 'How to print; default: what the name of --output says, or text' },
        output: { ...output, describe: 'Write to FILE instead of stdout: a chart if it ends in .svg, .png, .html or .vl.json, else data (.json, .csv) or the table' },
        force,
        width,
      })
      .example('$0 sweep scenario.yaml --vary ipv6DelayMs=0:400:25 --profile draft-v3,curl-8', 'when each client gives up on slow IPv6')
      .example('$0 sweep scenario.yaml --vary link.rttMs=10:200:10 --profile draft-v3,adaptive,go -o rtt.svg', 'the same as a chart, over the distance of the server')
      .example('$0 sweep scenario.yaml --vary aaaaDelayMs=0:200:10 --vary resolutionDelayMs=0:50:25 --metric first-attempt -f csv', 'two parameters, for another program')
      .epilogue(EPILOGUE),
  // The engine and the readers of scenarios are loaded only when they run.
  run: async (args, context) => (await import('./sweep/run-sweep.ts')).runSweep(args, context),
});
