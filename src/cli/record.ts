/** `netlog-analyze record URL…`: has the user's own browser load pages under one race engine or several, and keeps the logs. */
import { CAPTURE_MODES, type CaptureMode } from '../live/record/browser-flags.ts';
import { RECORDED_ENGINES } from '../live/record/recorded-engine.ts';
import { defineCommand } from './command.ts';
import { formatOption, outputOptions } from './options.ts';

const GROUP = 'Recording:';
const BROWSER = 'Browser:';
const OUTPUT = 'Output:';

const EPILOGUE = [
  'Each run starts the browser with a new profile, loads one page, waits until nothing is loading any more, and ends the browser so that it finishes its log. The arms take turns. Logs are DIR/ENGINE/HOST-RUN.json; DIR/recording.json says how each was made.',
  'Exit code 1: a page did not load, or the browser has not the engine asked for. The logs are kept all the same.',
].join('\n\n');

export const recordCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('url', { type: 'string', array: true, demandOption: true, describe: 'Pages to load, each in a browser of its own; https if no scheme is given' })
      .options({
        engine: { type: 'string', group: GROUP, requiresArg: true, default: 'hev3,hev2', describe: `Race engines, with commas between: ${RECORDED_ENGINES.join(', ')}` },
        runs: { type: 'number', group: GROUP, requiresArg: true, default: 1, describe: 'How often to load each page with each engine' },
        timeout: { type: 'number', group: GROUP, requiresArg: true, default: 30, describe: 'Seconds that a page may take' },
        'capture-mode': {
          choices: Object.keys(CAPTURE_MODES) as CaptureMode[],
          group: GROUP,
          requiresArg: true,
          default: 'default' as CaptureMode,
          describe: 'What logs hold: include-sensitive adds cookies and credentials, everything adds all bytes sent and received',
        },
        browser: { type: 'string', group: BROWSER, requiresArg: true, describe: 'Chrome, Chromium or Edge to run; default: CHROME_PATH, or the first one installed' },
        'browser-flag': { type: 'string', array: true, group: BROWSER, requiresArg: true, describe: 'A flag for the browser, such as --browser-flag=--disable-quic; repeatable' },
        headless: { type: 'boolean', group: BROWSER, default: true, describe: 'Without windows; --no-headless shows them' },
        output: { alias: 'o', type: 'string', group: OUTPUT, requiresArg: true, demandOption: true, describe: 'Directory for the logs' },
        force: { type: 'boolean', group: OUTPUT, default: false, describe: 'Remove the logs of an earlier recording there' },
        ...formatOption(['text', 'json']),
        width: outputOptions.width,
      })
      .example('$0 record https://www.example.com -o runs', 'one log with HEv3 and one with HEv2')
      .example('$0 record https://www.example.com --runs 10 -o runs', 'enough to compare')
      .example('$0 compare runs/hev2 --against runs/hev3', 'and the comparison')
      .example('$0 record example.com example.org --engine hev3 -o runs', 'two pages, one engine')
      .epilogue(EPILOGUE),
  run: async (args, context) => (await import('./record/run-record.ts')).runRecord(args, context),
});
