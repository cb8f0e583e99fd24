/** What trouble with A records does to clients whose IPv6 is healthy. */
import { labOf } from './lab.ts';
import type { Pack, PackClient, Target } from './pack.ts';

const STEP = 250;
const SOURCE = 'Lazy Eye Inspection, IMC 2025: A-record trouble stalls Chrome and Firefox';

export const BAD_A_RECORD: Pack = {
  name: 'bad-a-record',
  about: 'A laboratory in which AAAA comes after 10 ms, and A late by 0 to 5 s in steps of 250 ms.',
  inputs: [{ figure: 'A held for up to 5 s', source: 'Lazy Eye Inspection, IMC 2025' }],
  networks: 5000 / STEP + 1,
  isDrawn: false,
  scenario: (n) => labOf({ dnsRules: [{ type: 'AAAA', delayMs: 10 }, { type: 'A', delayMs: n * STEP }] }),
  targets: [
    stalls({ profile: 'chromium-hev2' }, 750, [740, 770]),
    stalls({ profile: 'firefox-legacy' }, 750, [740, 770]),
    stalls({ profile: 'chromium-hev3' }, 0, [0, 20]),
    stalls({ profile: 'draft-v3' }, 0, [0, 20]),
    stalls({ profile: 'apple' }, 0, [0, 20]),
  ],
};

/** At a delay that is over before anybody asks a second time. */
function stalls(client: PackClient, published: number, within: readonly [number, number]): Target {
  return {
    what: `${client.profile}: first attempt with A after 750 ms`,
    source: SOURCE,
    published,
    within,
    unit: 'ms',
    restsOn: 'mechanism',
    simulated: (runs) => runs(client)[750 / STEP]?.outcome.race?.firstAttemptAtMs,
  };
}
