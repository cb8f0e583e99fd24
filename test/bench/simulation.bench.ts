/**
 * Races per second of the simulator: a dual-stack host with an HTTPS record, resolved and connected to, each time
 * with a new client and a new network. With the log off, only the engine and the network run; `model` and `text` also
 * log, into the analyser or as the text of a NetLog.
 */
import { bench, describe } from 'vitest';
import { PROFILES } from '../../src/engine/profiles/profiles.ts';
import { createModel } from '../../src/model/model.ts';
import { writeNetLog } from '../../src/netlog/write-netlog.ts';
import { logSimulation } from '../../src/simulator/log-simulation.ts';
import { readScenario } from '../../src/simulator/scenario/read-scenario.ts';
import { createSimulator } from '../../src/simulator/simulate.ts';

const SCENARIO = readScenario(
  `
version: 1
name: dual
client: {sources: [192.0.2.100, "2001:db8::100"], roots: [ca]}
link: {rttMs: 20}
dns:
  servers: [{address: 192.0.2.53}]
  zone: |
    www.example. 300 IN A     192.0.2.1
    www.example. 300 IN AAAA  2001:db8::1
    www.example. 300 IN HTTPS 1 . alpn="h2"
servers:
  - {addresses: [192.0.2.1, "2001:db8::1"], port: 443, protocols: [h2, http/1.1], names: [www.example], issuer: ca}
requests:
  - {atMs: 0, url: "https://www.example/"}
`,
  'bench',
);

/** Long enough for the code to be compiled: races come by the thousand, or their number does not matter. */
const WARM = { warmupTime: 2000, time: 2000 };

describe.each(['draft-v3', 'chromium-hev3', 'chromium-hev2'])('one dual-stack race of %s', (profile) => {
  const parameters = PROFILES[profile];
  if (parameters === undefined) throw new Error(`no profile ${profile}`);
  const options = { parameters, seed: 1, version: '0', subject: 'bench' };

  const run = createSimulator(SCENARIO, parameters);

  bench('without a log', () => {
    run(1, { happens: () => undefined });
  }, WARM);

  bench('into the model', () => {
    const model = createModel();
    logSimulation(SCENARIO, options, model);
    model.trace();
  }, WARM);

  bench('as text', () => {
    logSimulation(SCENARIO, options, writeNetLog(() => undefined));
  }, WARM);
});
