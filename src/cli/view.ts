/** `netlog-analyze view [TRACE]`: a page on loopback that reads logs within the browser. */
import { defineCommand } from './command.ts';
import { withReplayableInput } from './events/replayable-input.ts';
import { ExitCode, UsageError } from './exit-code.ts';

const EPILOGUE = [
  'Prints the address of the page, and serves it until Ctrl-C. Drop a log on the page, or choose one: it is read there, by the code of this command line, and the page shows its summary, findings, charts, tables to sort and filter, and each race with its waterfall and events. Save as JSON gives the same report as --format json.',
  'Nothing leaves this machine. The server listens on 127.0.0.1 and ::1 alone, refuses requests under any other name, and serves nothing but the page and the TRACE that was given; the page can connect to nothing else.',
  'TRACE may be gzip, zstd or zip, and - is stdin. Of gzip, browsers decompress one member; of zip, archives of less than 4 GiB.',
].join('\n\n');

export const viewCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('trace', { type: 'string', describe: 'NetLog file to begin with, or - for stdin' })
      .options({
        port: { type: 'string', requiresArg: true, default: '0', describe: 'Port to serve at; 0 takes a free one' },
        open: { type: 'boolean', default: false, describe: 'Open the page in your browser' },
      })
      .example('$0 view', 'a page to drop logs on')
      .example('$0 view netlog.json.gz --open', 'one log, in your browser')
      .example('$0 view --port 8123', 'at an address that stays the same')
      .example('ssh -L 8123:127.0.0.1:8123 host netlog-analyze view --port 8123', 'from another machine')
      .epilogue(EPILOGUE),
  async run({ trace, port: portText, open }, { io }) {
    const port = portOf(portText);
    const { servePage } = await import('./view/serve-page.ts');
    if (trace === undefined) await servePage({ given: undefined, port, open }, io);
    else await withReplayableInput(trace, io, (path) => servePage({ given: { path, name: trace === '-' ? 'stdin' : trace }, port, open }, io));
    return ExitCode.done;
  },
});

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new UsageError('--port takes a number from 0 to 65535');
  return port;
}
