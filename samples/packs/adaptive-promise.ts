/** What `adaptive` promises, pack by pack: at the median no slower than the best of all other profiles, and hardly more attempts than the draft. */
import { PROFILES } from '../../src/engine/profiles/profiles.ts';
import { attemptsIn, connectTimes, quantileOf } from './figures.ts';
import type { Pack, PackRequest } from './pack.ts';
import { runsOf } from './run-pack.ts';

export interface PackComparison {
  readonly pack: string;
  readonly adaptive: Figures;
  /** The other with the shortest median; of equal ones that with the fewest attempts. */
  readonly best: Figures & { readonly profile: string };
  readonly draft: Figures;
}

export interface Figures {
  /** Time from a request to its connection, in ms: median, and below which 95 % are. `Infinity`: none. */
  readonly median: number;
  readonly p95: number;
  /** Connection attempts for each request. */
  readonly attempts: number;
}

/** `networks`: how many of the first ones are run, where networks are drawn; where each has its place in a row, all are. */
export function compareWithOthers(pack: Pack, networks: number): PackComparison {
  const runs = runsOf({ ...pack, networks: pack.isDrawn ? Math.min(networks, pack.networks) : pack.networks });
  const figures = (profile: string): Figures => figuresOf(runs({ profile }));
  const others = Object.keys(PROFILES).filter((profile) => profile !== 'adaptive').map((profile) => ({ profile, ...figures(profile) }));
  const [best] = others.toSorted((a, b) => compare(a.median, b.median) || a.attempts - b.attempts);
  if (best === undefined) throw new Error('no other profile');
  return { pack: pack.name, adaptive: figures('adaptive'), best, draft: figures('draft-v3') };
}

function figuresOf(requests: readonly PackRequest[]): Figures {
  const times = connectTimes(requests);
  return { median: quantileOf(times, 0.5) ?? Infinity, p95: quantileOf(times, 0.95) ?? Infinity, attempts: attemptsIn(requests) / requests.length };
}

/** Of the pack of the ordinary web: this many attempts more than the draft's, at most. */
const MOST_EXTRA = 0.05;
const ORDINARY = 'typical-web';

/** Each promise of which the packs decide, with its figure and whether it is kept. */
export function promisesKept(compared: readonly PackComparison[]): readonly { readonly promise: string; readonly found: string; readonly kept: boolean }[] {
  const slower = compared.filter(({ adaptive, best }) => adaptive.median > best.median).map(({ pack }) => pack);
  return [
    { promise: 'at the median no slower than the best other profile', found: slower.length === 0 ? `in ${compared.length} of ${compared.length} packs` : `slower in ${slower.join(', ')}`, kept: slower.length === 0 },
    ...compared.filter(({ pack }) => pack === ORDINARY).map(({ adaptive, draft }) => {
      const extra = adaptive.attempts / draft.attempts - 1;
      return { promise: `at most ${MOST_EXTRA * 100} % more attempts than draft-v3 in ${ORDINARY}`, found: `${Math.round(extra * 1000) / 10} % more`, kept: extra <= MOST_EXTRA };
    }),
  ];
}

/** Not a difference: that of two infinite values is no number. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
