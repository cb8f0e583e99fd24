/** Apple's devices on the dual-stack web: T-4. */
import { connected, percentOf } from './figures.ts';
import type { Pack, PackRequest, Target } from './pack.ts';
import { WEB_INPUTS, webNetwork } from './web-network.ts';

const UNKNOWN = 'which attempt comes to win after the first has failed hangs on how many of these loads have HTTP/3 and several addresses, which is not published';

export const APPLE_WEB: Pack = {
  name: 'apple-web',
  about: 'The same visits where client and site both have both families.',
  inputs: WEB_INPUTS,
  networks: 6000,
  isDrawn: true,
  scenario: (_, draw) => webNetwork({ sites: 8, dualStack: true }, draw),
  targets: [
    share('the first attempt wins', 97.2, ({ winner }) => winner === 1),
    share('the second attempt wins', 1.95, ({ winner }) => winner === 2),
    share('a later attempt wins', 0.85, ({ winner = 0 }) => winner > 2),
  ],
};

function share(what: string, published: number, fits: (request: PackRequest) => boolean): Target {
  return {
    id: 'T-4',
    what,
    source: 'Apple, issue 138 of the working group’s repository, July 2026: dual-stack page loads',
    published,
    within: [published - 0.5, published + 0.5],
    unit: '%',
    restsOn: 'mechanism',
    unless: UNKNOWN,
    simulated: (runs) => percentOf(connected(runs({ profile: 'apple' })), fits),
  };
}
