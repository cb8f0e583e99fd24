/** How long names take, and how far AAAA comes from A: T-5. */
import { percentOf, quantileOf } from './figures.ts';
import type { Pack, PackRequest } from './pack.ts';
import { WEB_INPUTS, webNetwork } from './web-network.ts';

export const RESOLVER: Pack = {
  name: 'resolver',
  about: 'The lookups of the typical web.',
  inputs: WEB_INPUTS.filter(({ figure }) => /DNS|AAAA/.test(figure)),
  networks: 800,
  isDrawn: true,
  scenario: (_, draw) => webNetwork({ sites: 8, dualStack: true }, draw),
  targets: [
    {
      id: 'T-5',
      what: 'first attempt within 50 ms, at least',
      source: 'Mozilla, pull request 126 of the working group’s repository, May 2026',
      published: 75,
      within: [75, 100],
      unit: '%',
      restsOn: 'mechanism',
      simulated: (runs) => percentOf(runs({ profile: 'firefox-hev3' }), ({ outcome: { race, beganAtMs } }) => (race?.firstAttemptAtMs ?? Infinity) - beganAtMs < 50),
    },
    {
      id: 'T-5',
      what: 'between A and AAAA, 99 % within',
      source: 'Firefox, told in curl’s pull request 22612, August 2026',
      published: 21,
      within: [19, 23],
      unit: 'ms',
      restsOn: 'input',
      // Of names from a cache both come at once.
      simulated: (runs) => quantileOf(gaps(runs({ profile: 'firefox-hev3' })), 0.99),
    },
  ],
};

function gaps(requests: readonly PackRequest[]): number[] {
  return requests.flatMap(({ aaaaAfterA }) => (aaaaAfterA === undefined || aaaaAfterA === 0 ? [] : [Math.abs(aaaaAfterA)]));
}
