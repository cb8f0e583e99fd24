/** From the log of one client to what another one would have done: held against a simulation of the network itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inferRaces } from '../../src/whatif/infer-races.ts';
import { predictRace } from '../../src/whatif/predict-race.ts';
import { dualStack, parameters, traceOf, truthOf, V6_DEAD, WITH_QUIC } from './simulated-trace.ts';

/** A log has milliseconds; a race adds up a handful of them. */
const ACCURACY_MS = 6;

const PROFILES = ['chromium-hev3', 'chromium-hev2', 'chromium-legacy'];
/** The browser's own guess at what will be wanted, which keeps listening to DNS when the page is there. */
const requests = ['{atMs: 0, url: "https://a.test/"}', '{atMs: 5, resolveFirst: true, url: "https://a.test/"}'];
const NETWORKS: Readonly<Record<string, string>> = {
  'all well': dualStack(),
  'IPv6 dead': dualStack({ rules: [V6_DEAD] }),
  'IPv6 refused': dualStack({ rules: ['{to: ["2001:db8::1"], transport: tcp, packets: syn, action: reset}'] }),
  'TLS stalls over IPv6': dualStack({ rules: ['{to: ["2001:db8::1"], transport: tcp, packets: data, direction: fromServer, action: drop}'] }),
  'AAAA late': dualStack({ dns: ['{type: AAAA, delayMs: 400}'], requests }),
  'A late': dualStack({ dns: ['{type: A, delayMs: 400}'], requests }),
  'first queries lost': dualStack({ dns: ['{type: A, action: drop, times: 1}', '{type: AAAA, action: drop, times: 1}', '{type: HTTPS, action: drop, times: 1}'] }),
  'UDP answers truncated': dualStack({ dns: ['{action: truncate}'] }),
  'QUIC beside TCP': dualStack({ https: WITH_QUIC }),
  'QUIC blocked': dualStack({ https: WITH_QUIC, rules: ['{transport: udp, port: 443, action: drop}'] }),
  'QUIC slow': dualStack({ https: WITH_QUIC, rules: ['{transport: udp, port: 443, action: delay, delayMs: 200, direction: fromServer}'] }),
  'every address dead but the last': dualStack({ rules: [V6_DEAD, '{to: [192.0.2.1], transport: tcp, packets: syn, action: delay, delayMs: 90}'] }),
};

describe('what is inferred from one client predicts the others', () => {
  for (const [network, scenario] of Object.entries(NETWORKS)) {
    for (const from of PROFILES) {
      it.each(PROFILES)(`${network}: from ${from} to %s`, (to) => {
        const [race] = inferRaces(traceOf(scenario, from)).races;
        const [predicted, truth] = [predictRace(race!, parameters(to)), truthOf(scenario, to)];
        expect({ outcome: predicted.outcome, winner: predicted.winner }).toEqual({ outcome: truth.outcome, winner: truth.winner });
        expect(Math.abs((predicted.afterMs ?? NaN) - (truth.afterMs ?? NaN))).toBeLessThanOrEqual(ACCURACY_MS);
      });
    }
  }
});

describe('a replay', () => {
  it('gives what was recorded, whatever the round trips and delays', () => {
    const ms = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(fc.record({ rttMs: fc.integer({ min: 2, max: 150 }), aaaa: ms, a: ms, https: ms, syn6: ms, tls6: ms, syn4: ms, quic: ms, profile: fc.constantFrom(...PROFILES) }), ({ rttMs, aaaa, a, https, syn6, tls6, syn4, quic, profile }) => {
        const scenario = dualStack({
          rttMs,
          https: WITH_QUIC,
          dns: [`{type: AAAA, delayMs: ${aaaa}}`, `{type: A, delayMs: ${a}}`, `{type: HTTPS, delayMs: ${https}}`],
          rules: [
            `{to: ["2001:db8::1"], transport: tcp, packets: syn, action: delay, delayMs: ${syn6}}`,
            `{to: ["2001:db8::1"], transport: tcp, packets: data, direction: fromServer, action: delay, delayMs: ${tls6}}`,
            `{to: [192.0.2.1], transport: tcp, packets: syn, action: delay, delayMs: ${syn4}}`,
            `{transport: udp, port: 443, direction: fromServer, action: delay, delayMs: ${quic}}`,
          ],
        });
        const [race] = inferRaces(traceOf(scenario, profile)).races;
        const replay = predictRace(race!, parameters(profile));
        expect(replay.outcome).toBe('connected');
        expect(Math.abs(replay.afterMs! - race!.recorded!.afterMs)).toBeLessThanOrEqual(ACCURACY_MS);
      }),
      { numRuns: 60 },
    );
  });

  it('of a second visit knows what the first one taught: 0-RTT is usable at once', () => {
    const scenario = dualStack({ https: WITH_QUIC, requests: ['{atMs: 0, url: "https://a.test/"}', '{atMs: 5000, url: "https://a.test/"}'] });
    const second = inferRaces(traceOf(scenario, 'chromium-hev3')).races[1];
    expect(second?.recorded).toMatchObject({ winner: { transport: 'quic' }, afterMs: 0 });
    expect(predictRace(second!, parameters('chromium-hev3'))).toMatchObject({ outcome: 'connected', winner: { transport: 'quic' }, afterMs: 0, attempts: 1 });
  });
});
