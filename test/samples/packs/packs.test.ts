/**
 * The packs of `samples/packs`: what of them must hold whatever the figures are, and those whose targets are exact. The
 * drawn ones have thousands of networks; `npm run packs` runs them.
 */
import { describe, expect, it } from 'vitest';
import { connected, percentOf, quantileOf } from '../../../samples/packs/figures.ts';
import { createDraw } from '../../../samples/packs/draw.ts';
import { judge } from '../../../samples/packs/judge.ts';
import type { Pack } from '../../../samples/packs/pack.ts';
import { PACKS } from '../../../samples/packs/packs.ts';
import { runsOf } from '../../../samples/packs/run-pack.ts';

const pack = (name: string): Pack => {
  const found = PACKS.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no pack ${name}`);
  return found;
};

describe('every pack', () => {
  it.each(PACKS.map((each) => [each.name, each] as const))('%s draws the same network from the same seed', (_, { scenario }) => {
    expect(scenario(3, createDraw(3))).toEqual(scenario(3, createDraw(3)));
  });

  it('names its sources, and holds its targets within tolerances around what was published', () => {
    for (const { inputs, targets } of PACKS) {
      expect(inputs.every(({ source }) => source !== '')).toBe(true);
      for (const { published, within: [low, high] } of targets) expect(low <= published && published <= high).toBe(true);
    }
  });

  it('has targets for T-1 to T-10', () => {
    const ids = new Set(PACKS.flatMap(({ targets }) => targets.flatMap(({ id }) => id ?? [])));
    expect([...ids].toSorted((a, b) => Number(a.slice(2)) - Number(b.slice(2)))).toEqual(Array.from({ length: 10 }, (_, i) => `T-${i + 1}`));
  });
});

describe('laboratories', () => {
  it.each(['attempt-delay-staircase', 'resolution-delay-sweep', 'bad-a-record'])('%s meets every target', (name) => {
    expect(judge(pack(name)).rows.filter(({ verdict }) => verdict !== 'met')).toEqual([]);
  });
});

describe('a verdict', () => {
  const judged = (value: number | undefined, unless?: string): string | undefined =>
    judge({ ...pack('bad-a-record'), targets: [{ what: 'x', source: 's', published: 5, within: [4, 6], unit: 'ms', restsOn: 'mechanism', simulated: () => value, ...(unless !== undefined && { unless }) }] }).rows[0]?.verdict;

  it('is met at either end, and missed beyond', () => {
    expect([4, 6, 6.1, 3.9, undefined].map((value) => judged(value))).toEqual(['met', 'met', 'missed', 'missed', 'missed']);
  });

  it('is explained where the model cannot hold it, if it is not met', () => {
    expect([judged(5, 'why'), judged(7, 'why')]).toEqual(['met', 'explained']);
  });
});

describe('a run', () => {
  it('tells of a client that has turned to IPv4 which attempt won', () => {
    // 400 ms late: the draft turns after 250.
    const last = runsOf(pack('attempt-delay-staircase'))({ profile: 'draft-v3' }).at(-1);
    expect(last).toMatchObject({ winner: 2, firstFamily: 'ipv6', triedIpv4: true, outcome: { race: { started: 2 } } });
  });

  it('tells by how much AAAA came after A', () => {
    expect(runsOf(pack('resolution-delay-sweep'))({ profile: 'chromium-legacy' })[3]?.aaaaAfterA).toBe(30);
  });
});

describe('draws', () => {
  const draw = createDraw(1);
  const many = <Value>(one: () => Value): Value[] => Array.from({ length: 20_000 }, one);

  it('are log-normal around their median: 84.1 % are below one σ', () => {
    const values = many(() => draw.logNormal(39, 0.5));
    expect(quantileOf(values, 0.5)! / 39).toBeCloseTo(1, 1);
    expect(quantileOf(values, 0.841)! / (39 * Math.exp(0.5))).toBeCloseTo(1, 1);
  });

  it('are Laplace with 99 % within the bound, on either side', () => {
    const values = many(() => draw.laplace(21));
    expect(percentOf(values, (value) => Math.abs(value) < 21)).toBeCloseTo(99, 0);
    expect(percentOf(values, (value) => value < 0)! / 50).toBeCloseTo(1, 1);
  });

  it('are among values by their weights', () => {
    expect(percentOf(many(() => draw.among([[0.2, 'a'], [0.8, 'b']])), (value) => value === 'a')! / 20).toBeCloseTo(1, 1);
  });
});

describe('quantiles', () => {
  it('are those of type 7, and stand infinite values', () => {
    expect([quantileOf([4, 1, 3, 2], 0.5), quantileOf([1, Infinity, Infinity], 1), quantileOf([], 0.5)]).toEqual([2.5, Infinity, undefined]);
  });

  it('count only requests with a connection of their own', () => {
    const requests = runsOf({ ...pack('coalescing'), networks: 2 })({ profile: 'chromium-hev3' });
    expect(connected(requests).length).toBeLessThan(requests.length);
  });
});
