/** The chart of counterfactuals: a dot per race, the median with its interval, a scale for milliseconds and minutes at once. */
import { describe, expect, it } from 'vitest';
import { lightTheme } from '../../../src/report/charts/palette.ts';
import { whatIfChart, type WhatIfRow } from '../../../src/report/charts/what-if.ts';

interface Drawn {
  readonly title: { readonly subtitle: readonly string[] };
  readonly data: { readonly values: readonly { readonly kind: string; readonly policy: string; readonly difference: number }[] };
  readonly layer?: readonly { readonly encoding: { readonly x: { readonly axis: { readonly values: readonly number[] } } } }[];
}
const draw = (rows: readonly WhatIfRow[], notUsed = 0): Drawn => whatIfChart(rows, notUsed, lightTheme) as unknown as Drawn;

describe('the chart of counterfactuals', () => {
  it('has a dot for each race, and the median with its interval', () => {
    const { data, title, layer } = draw([{ policy: 'go', differences: [-250, 0, 4], medianMs: 0, interval: { low: -250, high: 4 } }], 2);
    expect(data.values).toEqual([
      ...[-250, 0, 4].map((difference) => ({ policy: 'go', kind: 'race', difference })),
      { policy: 'go', kind: 'median', difference: 0, low: -250, high: 4 },
    ]);
    expect(title.subtitle[0]).toBe('n = 3 races; 2 races not used, as the replay did not give what was recorded');
    expect(layer?.[0]?.encoding.x.axis.values).toEqual([-100, -10, 0, 10]);
  });

  it('thins out many races, extremes kept', () => {
    const dots = draw([{ policy: 'go', differences: Array.from({ length: 5000 }, (_, i) => i) }]).data.values.map(({ difference }) => difference);
    expect([dots.length, dots[0], dots.at(-1)]).toEqual([500, 0, 4999]);
  });

  it('says why it is empty', () => {
    expect(JSON.stringify(draw([{ policy: 'go', differences: [] }]))).toContain('No race could be replayed.');
  });
});
