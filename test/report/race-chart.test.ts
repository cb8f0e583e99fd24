/** The waterfall of one race: what it draws at two widths, and how it survives odd races. */
import { expect, test } from 'vitest';
import { raceText } from '../../src/report/terminal/race-chart.ts';
import { plainStyle } from '../../src/report/view.ts';
import { blackholeRace, cryptoWaitRace, failedRace } from './builders.ts';

for (const width of [80, 140]) {
  const view = { width, style: plainStyle };
  test(`a dead IPv6 address, ${width} columns`, async () => {
    const { race, resolution } = blackholeRace();
    await expect(raceText(race, [resolution], view)).toMatchFileSnapshot(`__golden__/race-blackhole-${width}.txt`);
  });
  test(`TLS waits for the HTTPS answer, ${width} columns`, async () => {
    const { race, resolution } = cryptoWaitRace();
    await expect(raceText(race, [resolution], view)).toMatchFileSnapshot(`__golden__/race-crypto-wait-${width}.txt`);
  });
  test(`a name that does not resolve, ${width} columns`, async () => {
    const { race, resolution } = failedRace();
    await expect(raceText(race, [resolution], view)).toMatchFileSnapshot(`__golden__/race-failed-${width}.txt`);
  });
}
