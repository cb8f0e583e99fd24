/** At which delay of IPv6 each client turns to IPv4: T-9. */
import { labOf, LAB_IPV6 } from './lab.ts';
import type { Pack, Target } from './pack.ts';

const STEP = 5;

export const ATTEMPT_DELAY_STAIRCASE: Pack = {
  name: 'attempt-delay-staircase',
  about: 'A laboratory in which what comes over IPv6 is late, by 0 to 400 ms in steps of 5.',
  inputs: [{ figure: 'delays and steps of test 01, delay-ipv6', source: 'Lazy Eye Inspection, IMC 2025, and its published framework' }],
  networks: 400 / STEP + 1,
  isDrawn: false,
  scenario: (n) => labOf({ rules: n === 0 ? [] : [{ to: [LAB_IPV6], direction: 'fromServer', action: 'delay', delayMs: n * STEP }] }),
  targets: [step('chromium-legacy', 300), step('chromium-hev2', 300), step('firefox-legacy', 250), step('curl-7', 200)],
};

function step(profile: string, published: number): Target {
  return {
    id: 'T-9',
    what: `${profile} turns to IPv4 at`,
    source: 'Lazy Eye Inspection, IMC 2025: Chrome 130, Firefox 132, curl 7.88',
    published,
    within: [published - STEP, published + STEP],
    unit: 'ms',
    restsOn: 'mechanism',
    simulated(runs) {
      const first = runs({ profile }).find(({ triedIpv4 }) => triedIpv4);
      return first === undefined ? undefined : first.network * STEP;
    },
  };
}
