/** Sketches: every quantile within the stated error, whoever counted which value. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binOf, RELATIVE_ERROR, Sketch, valueOfBin } from '../../../src/dataset/pool/sketch.ts';
import { quantile } from '../../../src/metrics/statistics/quantile.ts';
import { sampleOf } from '../../metrics/statistics/samples.ts';

const SHARES = [0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];

/** Ticks, fractions of them, shares with their exact 1, and sizes far beyond any time. */
const value = fc.oneof(fc.integer({ min: 0, max: 60_000 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1), fc.double({ min: 0, max: 1e300, noNaN: true }));

function merged(parts: readonly (readonly number[])[]): Sketch {
  const sketch = new Sketch();
  for (const part of parts) sketch.merge(Sketch.of(part));
  return sketch;
}

/** A hair more than the error itself, for the rounding of logarithms at the edges of bins. */
const within = (found: number, exact: number): boolean => Math.abs(found - exact) <= RELATIVE_ERROR * exact * (1 + 1e-9);

describe('the quantiles of merged sketches', () => {
  test('are within the relative error of those of all values', () => {
    fc.assert(
      fc.property(fc.array(fc.array(value, { maxLength: 40 }), { minLength: 1, maxLength: 12 }), (parts) => {
        const values = parts.flat();
        fc.pre(values.length > 0);
        const found = merged(parts).quantiles(SHARES) ?? [];
        const exact = SHARES.map((p) => quantile(sampleOf(values), p));
        expect(found.filter((one, i) => !within(one, exact[i] ?? 0))).toEqual([]);
      }),
    );
  });

  test('do not depend on how the values were dealt out, nor on the order', () => {
    fc.assert(
      fc.property(fc.array(fc.array(value, { maxLength: 20 }), { minLength: 1, maxLength: 8 }), (parts) => {
        const direct = Sketch.of(parts.flat());
        expect(merged(parts).bins()).toEqual(direct.bins());
        expect(merged(parts.toReversed()).bins()).toEqual(direct.bins());
        expect(merged(parts).count).toBe(parts.flat().length);
      }),
    );
  });

  test('keep the greatest value where one sketch has only values below 1 and the other a 1', () => {
    const sketch = merged([[1e-4], [1e-5, 1]]);
    expect(sketch.quantiles([1])?.[0]).toBeCloseTo(1, 1);
  });
});

describe('bins', () => {
  test('are computed by hand: 1 ends bin 0, 100 ms lie in bin 231', () => {
    // γ = 1.01 / 0.99; ln 100 / ln γ = 230.25.
    expect([binOf(1), binOf(100)]).toEqual([0, 231]);
    expect(valueOfBin(231)).toBeCloseTo(100.5, 0);
  });

  test('hold zeros apart, exactly', () => {
    expect(Sketch.of([0, 0, 0]).quantiles([0, 0.5, 1])).toEqual([0, 0, 0]);
  });

  test('are few: a day of distinct milliseconds takes less than a thousand', () => {
    expect(Sketch.of(Array.from({ length: 86_400 }, (_, i) => i * 1000)).bins().length).toBeLessThan(1000);
  });

  test('of an empty sketch there are none, and no quantile', () => {
    expect(new Sketch().bins()).toEqual([]);
    expect(new Sketch().quantiles([0.5])).toBeUndefined();
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('take no %d', (bad) => {
    expect(() => Sketch.of([bad])).toThrow(RangeError);
  });
});
