/** Colours that stand side by side are told apart, with every kind of colour vision and on both backgrounds. */
import { describe, expect, test } from 'vitest';
import { darkTheme, lightTheme, meaningScale, SIDE_BY_SIDE } from '../../../src/report/charts/palette.ts';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** How the retina without one kind of cone mixes linear RGB: Machado, Oliveira and Fernandes (2009), severity 1. */
const VISIONS: Readonly<Record<string, Matrix>> = {
  full: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

function linear(colour: string): Triple {
  const channel = (from: number): number => {
    const value = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const times = (rows: Matrix, [r, g, b]: Triple): Triple => rows.map(([x, y, z]) => x * r + y * g + z * b) as unknown as Triple;

/** Oklab, in which equal distances look about equally far apart; black to white is 100. */
function oklab(rgb: Triple): Triple {
  const cones = times([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566], [0.0883024619, 0.2817188376, 0.6299787005]], rgb.map((x) => Math.min(1, Math.max(0, x))) as unknown as Triple);
  return times([[21.04542553, 79.3617785, -0.40720468], [197.79984951, -242.8592205, 45.05937099], [2.59040371, 78.27717662, -80.8675766]], cones.map(Math.cbrt) as unknown as Triple);
}

function distance(a: string, b: string, vision: Matrix): number {
  const [left, right] = [oklab(times(vision, linear(a))), oklab(times(vision, linear(b)))];
  return Math.hypot(left[0] - right[0], left[1] - right[1], left[2] - right[2]);
}

/** Of WCAG 2: 1 to 21. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => linear(colour).reduce((sum, x, i) => sum + x * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0);
  const [dark = 0, bright = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

describe.each([lightTheme, darkTheme])('the $name theme', (theme) => {
  test.each(Object.entries(VISIONS))('keeps meanings of one legend apart with %s vision', (_, vision) => {
    const close = SIDE_BY_SIDE.flatMap((meanings) =>
      meanings.flatMap((a, i) => meanings.slice(i + 1).map((b) => ({ pair: `${a}, ${b}`, distance: distance(theme.colours[a], theme.colours[b], vision) }))),
    ).filter((pair) => pair.distance < 9);
    expect(close).toEqual([]);
  });

  test('has text that can be read (WCAG 2 AA, 4.5 to 1)', () => {
    expect(contrast(theme.text, theme.background)).toBeGreaterThan(4.5);
    expect(contrast(theme.quietText, theme.background)).toBeGreaterThan(4.5);
  });

  test('shows every meaning against its background', () => {
    const faint = Object.entries(theme.colours).filter(([, colour]) => contrast(colour, theme.background) < 1.6);
    expect(faint).toEqual([]);
  });

  test('has no two lines of one colour', () => {
    expect(new Set(theme.series).size).toBe(theme.series.length);
  });
});

test('a scale lists only the meanings that occur, in the order of the legend', () => {
  const scale = meaningScale(lightTheme, { first: 'won', second: 'failed', third: 'lost' }, new Set(['third', 'first']));
  expect(scale).toEqual({ domain: ['first', 'third'], range: [lightTheme.colours.won, lightTheme.colours.lost] });
});
