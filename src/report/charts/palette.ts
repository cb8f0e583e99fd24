/**
 * Colours: one meaning has one colour, in every chart.
 *
 * Meanings that can stand side by side in one legend (`SIDE_BY_SIDE`) are far enough apart for readers with protanopia,
 * deuteranopia and tritanopia too, which a test computes. Colour is never the only sign where it decides: winner and
 * loser also differ in shape.
 */

/** For a light background. */
const LIGHT = {
  // How an attempt or a race ended.
  won: '#188100',
  spare: '#8fb894',
  lost: '#817e7e',
  failed: '#8a0000',
  cancelled: '#c6cdca',
  unfinished: '#d6af0d',
  pooled: '#5e27a9',
  // Address families, and the records that bring them.
  ipv4: '#f0a52e',
  ipv6: '#3056b7',
  https: '#8c2f60',
  otherRecord: '#a3a5a4',
  // What time was spent on.
  dns: '#7f046d',
  tcp: '#4baaf1',
  tls: '#2b62a8',
  quic: '#6b7218',
  waiting: '#cccccc',
  // Where an answer, an endpoint or a connection came from.
  fresh: '#4baaf1',
  reused: '#188100',
  cached: '#d6af0d',
  unknown: '#c6cdca',
  intermediate: '#d0602a',
  cryptoReady: '#d6af0d',
  final: '#24458f',
  // Moments of a race that are no outcome.
  delayOver: '#3a3f46',
  outsideChart: '#7d858e',
  // What became of an HTTPS record.
  used: '#188100',
  ignored: '#d6af0d',
  absent: '#c6cdca',
  // One series that needs no other name.
  plain: '#4179b4',
} as const;

export type Meaning = keyof typeof LIGHT;

/** For a dark background. */
const DARK: Readonly<Record<Meaning, string>> = {
  won: '#39c98c',
  spare: '#a6f5df',
  lost: '#8e908e',
  failed: '#ef5a00',
  cancelled: '#5c5c5c',
  unfinished: '#f3e036',
  pooled: '#d17eee',
  ipv4: '#a86600',
  ipv6: '#5b8cff',
  https: '#d06aa8',
  otherRecord: '#d4d4d4',
  dns: '#ff7f9b',
  tcp: '#0f7fbe',
  tls: '#86bbff',
  quic: '#b6e66c',
  waiting: '#6a6a68',
  fresh: '#0f7fbe',
  reused: '#39c98c',
  cached: '#f3e036',
  unknown: '#5c5c5c',
  intermediate: '#c9672c',
  cryptoReady: '#f3e036',
  final: '#86bbff',
  delayOver: '#e6e8eb',
  outsideChart: '#9aa2ab',
  used: '#39c98c',
  ignored: '#f3e036',
  absent: '#5c5c5c',
  plain: '#5b8cff',
};

/** Meanings that one legend may hold. */
export const SIDE_BY_SIDE: readonly (readonly Meaning[])[] = [
  ['won', 'spare', 'lost', 'failed', 'cancelled', 'unfinished', 'pooled'],
  ['ipv4', 'ipv6', 'https', 'otherRecord'],
  ['dns', 'tcp', 'tls', 'quic', 'waiting'],
  ['fresh', 'reused', 'pooled', 'cached', 'unknown'],
  ['intermediate', 'final', 'cached', 'unknown'],
  ['intermediate', 'cryptoReady', 'final'],
  ['used', 'ignored', 'absent', 'lost', 'failed'],
];

export interface Theme {
  readonly name: 'light' | 'dark';
  readonly background: string;
  readonly text: string;
  /** Subtitles, axes, notes. */
  readonly quietText: string;
  readonly grid: string;
  readonly colours: Readonly<Record<Meaning, string>>;
  /** Lines that have names and no meaning, such as profiles, in this order. */
  readonly series: readonly string[];
}

export const lightTheme: Theme = {
  name: 'light',
  background: '#ffffff',
  text: '#1f2328',
  quietText: '#59636e',
  grid: '#e3e6ea',
  colours: LIGHT,
  series: ['#264ac1', '#c57400', '#3da593', '#5e005a', '#2582ba', '#c52c00', '#8a8f2a', '#c17fe0', '#38383b', '#d6af0d'],
};

export const darkTheme: Theme = {
  name: 'dark',
  background: '#1b1e23',
  text: '#e6e8eb',
  quietText: '#a3abb5',
  grid: '#353a42',
  colours: DARK,
  series: ['#6572f1', '#e9a22e', '#5ed58e', '#fbc6e9', '#5fb8d8', '#f45d00', '#a4f76e', '#cca7e7', '#ebebeb', '#f5e43a'],
};

/** A scale for the meanings that occur: their names in the order of the legend, and the colour of each. */
export function meaningScale<const Name extends string>(
  theme: Theme,
  meanings: Readonly<Record<Name, Meaning>>,
  occurring: ReadonlySet<string>,
): { domain: Name[]; range: string[] } {
  const domain = (Object.keys(meanings) as Name[]).filter((name) => occurring.has(name));
  return { domain, range: domain.map((name) => theme.colours[meanings[name]]) };
}
