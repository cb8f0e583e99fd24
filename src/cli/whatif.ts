/** `netlog-analyze whatif TRACE`: what other clients would have done in the network that a trace met. */
import { PROFILES } from '../engine/profiles/profiles.ts';
import { defineCommand } from './command.ts';
import { formatOption, outputOptions, windowOptions } from './options.ts';

const GROUP = 'Simulation:';
const { force, width } = outputOptions;

const EPILOGUE = [
  'Each race that a request waited for is first replayed with its own client. Where that is not right about outcome, winner, and connect time to 20 ms or 10 %, the race is not used, and counted. "Now" is that replay, so that both sides of a difference are simulated.',
  'What the log cannot tell is drawn anew for each seed from what is most like it in the trace; ranges are of 95 % of the draws. The interval of the median difference is from order statistics (95 %).',
].join('\n\n');

export const whatifCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', demandOption: true, describe: 'NetLog file, or - for stdin' })
      .options({
        profile: { type: 'string', group: GROUP, requiresArg: true, default: 'draft-v3,chromium-hev3,chromium-hev2', describe: `Policies, with commas between: ${Object.keys(PROFILES).join(', ')}` },
        set: { type: 'string', array: true, group: GROUP, requiresArg: true, describe: 'A parameter of every policy, such as connectionAttemptDelayMs=150; repeatable' },
        seeds: { type: 'number', group: GROUP, requiresArg: true, default: 20, describe: 'How many draws of what the log does not tell' },
        race: { type: 'string', array: true, group: 'Filters:', requiresArg: true, describe: 'Only the races of this id, host, URL or glob; repeatable' },
        ...windowOptions,
        ...formatOption(['text', 'json']),
        output: { alias: 'o', type: 'string', group: 'Output:', requiresArg: true, describe: 'Draw the differences into FILE, which ends in .svg, .png, .vl.json or .html' },
        force,
        width,
      })
      .example('$0 whatif netlog.json', 'what the draft, HEv3 and HEv2 would have done')
      .example('$0 whatif netlog.json --profile chromium-hev3 --set connectionAttemptDelayMs=150', 'a parameter changed')
      .example('$0 whatif netlog.json --profile draft-v3 -o difference.svg', 'with a chart')
      .epilogue(EPILOGUE),
  // The engine is loaded only when it is needed.
  run: async (args, context) => (await import('./whatif/run-whatif.ts')).runWhatif(args, context),
});
