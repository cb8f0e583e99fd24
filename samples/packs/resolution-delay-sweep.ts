/** How long each client waits for AAAA when A is there: T-10. */
import { labOf } from './lab.ts';
import type { Pack, PackRequest, Target } from './pack.ts';

const STEP = 10;
const BROWSERS = 'Lazy Eye Inspection, IMC 2025';

export const RESOLUTION_DELAY_SWEEP: Pack = {
  name: 'resolution-delay-sweep',
  about: 'A laboratory in which the AAAA answer is late, by 0 to 1000 ms in steps of 10.',
  inputs: [{ figure: 'delays and steps of test 02, delay-aaaa', source: 'Lazy Eye Inspection, IMC 2025, and its published framework' }],
  networks: 1000 / STEP + 1,
  isDrawn: false,
  scenario: (n) => labOf({ dnsRules: n === 0 ? [] : [{ type: 'AAAA', delayMs: n * STEP }] }),
  targets: [
    waits('draft-v3', 50),
    waits('chromium-hev3', 50),
    waits('firefox-hev3', 50),
    waits('swift-nio', 50),
    waits('curl-8', 25),
    follows('chromium-legacy'),
    follows('firefox-legacy'),
    follows('curl-7'),
  ],
};

function waits(profile: string, published: number): Target {
  return {
    id: 'T-10',
    what: `${profile} starts over IPv4 when AAAA is late by`,
    source: profile === 'curl-8' ? 'curl’s sources, August 2026' : 'the clients’ sources, and the draft’s section 9',
    published,
    within: [published - STEP, published + STEP],
    unit: 'ms',
    restsOn: 'mechanism',
    simulated(runs) {
      const first = runs({ profile }).find(({ firstFamily }) => firstFamily === 'ipv4');
      return first === undefined ? undefined : first.network * STEP;
    },
  };
}

function follows(profile: string): Target {
  return {
    id: 'T-10',
    what: `${profile} waits for AAAA: later by, for each 100 ms`,
    source: BROWSERS,
    published: 100,
    within: [95, 105],
    unit: 'ms',
    restsOn: 'mechanism',
    simulated(runs) {
      const [at200, at700] = [firstAttempt(runs({ profile })[20]), firstAttempt(runs({ profile })[70])];
      return at200 === undefined || at700 === undefined ? undefined : (at700 - at200) / 5;
    },
  };
}

function firstAttempt(request: PackRequest | undefined): number | undefined {
  return request?.outcome.race?.firstAttemptAtMs;
}
