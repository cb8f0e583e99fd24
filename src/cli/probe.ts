/** `netlog-analyze probe URL`: loads a URL with the built-in engine on real sockets, tells the race, and writes its NetLog. */
import { PROFILES } from '../engine/profiles/profiles.ts';
import { defineCommand } from './command.ts';
import { formatOption, outputOptions } from './options.ts';

const GROUP = 'Client:';
const NETWORK = 'Network:';

const EPILOGUE = [
  'Each run is a client that knows nothing yet: it asks DNS servers for A, AAAA and HTTPS over UDP, and over TCP what is truncated; connects as its profile says; and sends one GET over HTTP/2 or HTTP/1.1. Profiles with QUIC try it where an HTTPS record offers h3, if @matrixai/quic is installed (npm install @matrixai/quic): the handshake alone, so that a request ends there when QUIC wins. ECH is left out. Profiles without a resolver of their own ask the system, and no --dns reaches them.',
  'Exit code 1: no response came, and QUIC did not win.',
].join('\n\n');

export const probeCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('url', { type: 'string', demandOption: true, describe: 'What to load; https if no scheme is given' })
      .options({
        profile: { type: 'string', group: GROUP, requiresArg: true, default: 'draft-v3', describe: `Client to be: ${Object.keys(PROFILES).join(', ')}` },
        set: { type: 'string', array: true, group: GROUP, requiresArg: true, describe: 'A parameter of the client, such as connectionAttemptDelayMs=150; repeatable' },
        runs: { type: 'number', group: GROUP, requiresArg: true, default: 1, describe: 'How often to load it; with --output out.json the logs are out-1.json, out-2.json and so on' },
        timeout: { type: 'number', group: GROUP, requiresArg: true, default: 30, describe: 'Seconds to wait for a response' },
        insecure: { type: 'boolean', group: GROUP, default: false, describe: 'Take any certificate' },
        ca: { type: 'string', group: GROUP, requiresArg: true, describe: "File with the certificate authorities to trust, in PEM, in place of Node's own" },
        dns: { type: 'string', array: true, group: NETWORK, requiresArg: true, describe: "DNS server as ADDRESS or ADDRESS:PORT, in place of the system's; repeatable" },
        ipv4: { type: 'boolean', group: NETWORK, describe: 'Whether there is IPv4 (--no-ipv4: there is none); default: whether there is a route' },
        ipv6: { type: 'boolean', group: NETWORK, describe: 'The same of IPv6' },
        ...formatOption(['text', 'json']),
        ...outputOptions,
        output: { ...outputOptions.output, describe: 'Write the NetLog to FILE' },
      })
      .example('$0 probe https://www.example.com', 'what the draft would do here')
      .example('$0 probe https://www.example.com --profile chromium-hev3 -o probe.json', 'with its log')
      .example('$0 probe https://www.example.com --set connectionAttemptDelayMs=100 --dns 192.0.2.53', 'another delay, another DNS server')
      .epilogue(EPILOGUE),
  // The engine is loaded only when it is needed.
  run: async (args, context) => (await import('./probe/run-probe.ts')).runProbe(args, context),
});
