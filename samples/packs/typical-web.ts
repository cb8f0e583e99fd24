/** Firefox on the ordinary web: T-1, T-2, T-3. */
import { connected, connectTimes, percentOf, quantileOf } from './figures.ts';
import type { Pack, Runs, Target } from './pack.ts';
import { WEB_INPUTS, webNetwork } from './web-network.ts';

const SOURCE = 'Mozilla, issue 138 of the working group’s repository, July 2026: Nightly, about 15 000 clients';
const SINGLE = 'how many of these connections had a single endpoint to try is not published, and it decides; that 94.1 % cancel nothing although 87.4 % are one attempt says that half of the further attempts ended by themselves, which the statement does not explain';
const SLOW = 'servers and clients answer at once here, and no queue adds to the smallest round trip, which is of the users of another service';
const FIREFOX = { profile: 'firefox-hev3' } as const;

export const TYPICAL_WEB: Pack = {
  name: 'typical-web',
  about: 'Visits to sites of every kind from networks of every kind, one after the other; eight sites for each network.',
  inputs: WEB_INPUTS,
  networks: 1200,
  isDrawn: true,
  scenario: (_, draw) => webNetwork({ sites: 8 }, draw),
  targets: [
    share('T-1', 'the first attempt wins', 94.2, 1, (runs) => percentOf(connected(runs(FIREFOX)), ({ winner }) => winner === 1)),
    share('T-1', 'the second attempt wins', 4.6, 1, (runs) => percentOf(connected(runs(FIREFOX)), ({ winner }) => winner === 2)),
    share('T-1', 'a later attempt wins', 1.2, 0.5, (runs) => percentOf(connected(runs(FIREFOX)), ({ winner = 0 }) => winner > 2)),
    share('T-2', 'one attempt and no more', 87.4, 2, (runs) => percentOf(connected(runs(FIREFOX)), ({ outcome }) => outcome.race?.started === 1)),
    share('T-2', 'two attempts at most', 98.1, 2, (runs) => percentOf(connected(runs(FIREFOX)), ({ outcome }) => (outcome.race?.started ?? 0) <= 2)),
    share('T-2', 'nothing cancelled', 94.1, 2, (runs) => percentOf(connected(runs(FIREFOX)), ({ outcome }) => outcome.race?.cancelled === 0)),
    time('median', 74, 0.5),
    time('75 % below', 161, 0.75),
    time('95 % below', 603, 0.95),
  ],
};

function share(id: string, what: string, published: number, tolerance: number, simulated: (runs: Runs) => number | undefined): Target {
  return { id, what, source: SOURCE, published, within: [published - tolerance, published + tolerance], unit: '%', restsOn: 'mechanism', simulated, unless: SINGLE };
}

function time(which: string, published: number, quantile: number): Target {
  return { id: 'T-3', what: `time to a connection, ${which}`, source: SOURCE, published, within: [published * 0.85, published * 1.15], unit: 'ms', restsOn: 'mechanism', simulated: (runs) => quantileOf(connectTimes(connected(runs(FIREFOX))), quantile), unless: SLOW };
}
