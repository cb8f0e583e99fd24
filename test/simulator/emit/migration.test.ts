/** A migration to the server's preferred address (RFC 9000 §9.6), read back from the log of either form. */
import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import { createModel } from '../../../src/model/model.ts';
import { logSimulation } from '../../../src/simulator/log-simulation.ts';
import { readScenario } from '../../../src/simulator/scenario/read-scenario.ts';

function migrations(profile: string, rules = ''): readonly object[] {
  const scenario = readScenario(
    `
version: 1
name: preferred address
client: {sources: [192.0.2.100, "2001:db8::100"], roots: [ca]}
link: {rttMs: 20}
dns:
  servers: [{address: 192.0.2.53}]
  zone: |
    www.example. 300 IN AAAA  2001:db8::1
    www.example. 300 IN HTTPS 1 . alpn="h3"
${rules}
servers:
  - {addresses: ["2001:db8::1"], port: 443, protocols: [h3, h2], names: [www.example], issuer: ca, preferredAddress: {ipv6: "[2001:db8::50]:443"}}
requests:
  - {atMs: 0, url: "https://www.example/"}
`,
    'migration',
  );
  const parameters = PROFILES[profile];
  if (parameters === undefined) throw new Error(`no profile ${profile}`);
  const model = createModel();
  logSimulation(scenario, { parameters, seed: 1, version: '0', subject: 'test' }, model);
  return model.trace().sessions.filter(({ protocol }) => protocol === 'h3').flatMap((session) => session.migrations);
}

const path = { cause: 'server-preferred-address', from: '[2001:db8::1]:443', to: '[2001:db8::50]:443' };

describe.each(['chromium-hev3', 'chromium-hev2'])('%s', (profile) => {
  // DNS until 20, the handshake until 40, confirmed by the server's next flight at 60; a round trip later the new path answers.
  it('migrates once the handshake is confirmed', () => {
    expect(migrations(profile)).toMatchObject([{ ...path, atMs: 60, endMs: 80, outcome: 'migrated' }]);
  });

  it('stays where it is if nothing answers there', () => {
    const rules = 'network: {rules: [{to: ["2001:db8::50"], transport: udp, action: drop}]}';
    expect(migrations(profile, rules)).toMatchObject([{ ...path, atMs: 60, outcome: 'validation-failed', reason: 'Retry Timeout' }]);
  });
});
