/** `netlog-analyze infer TRACE`: the network that a trace met, as a scenario for `simulate`. */
import { defineCommand } from './command.ts';
import { outputOptions, windowOptions } from './options.ts';

const { output, force } = outputOptions;

const EPILOGUE = [
  'The scenario has the names, answers, round trips, failures and requests of the trace, and the client that recorded it. What the log cannot tell, such as how an address would have answered that was never tried, is taken from what is most like it in the trace; a comment says so at each line.',
  'Of races through a proxy it is the network up to the proxy, which takes its time for the tunnel and what is within. Left out, and counted on stderr: races that found a session to use, or made no attempt.',
].join('\n\n');

export const inferCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', demandOption: true, describe: 'NetLog file, or - for stdin' })
      .options({
        race: { type: 'string', array: true, group: 'Filters:', requiresArg: true, describe: 'Only the races of this id, host, URL or glob, repeatable; default: all, on the timeline of the trace' },
        ...windowOptions,
        output,
        force,
      })
      .example('$0 infer netlog.json -o network.yaml', 'the whole trace')
      .example('$0 infer netlog.json --race www.example.com', 'one race, from its first query on')
      .example('$0 infer netlog.json | $0 simulate - --profile draft-v3,go', 'other clients in the same network')
      .epilogue(EPILOGUE),
  // The engine is loaded only when it is needed.
  run: async (args, context) => (await import('./whatif/run-infer.ts')).runInfer(args, context),
});
