/** Which run comes when, and what its log is called. */
import type { RecordedEngine } from './recorded-engine.ts';

export interface PlannedRun {
  readonly engine: RecordedEngine;
  readonly url: URL;
  /** Of this URL with this engine, from 1. */
  readonly run: number;
  /** Of the log, below the folder of the recording, with `/`. */
  readonly file: string;
}

/**
 * Arms take turns, so that what the network does over time befalls all of them alike; and each round begins with
 * another arm, so that none is always the one that finds caches of name servers warm.
 */
export function planRuns(urls: readonly URL[], engines: readonly RecordedEngine[], runs: number): readonly PlannedRun[] {
  const names = logNames(urls);
  return Array.from({ length: runs }, (_, round) => {
    const first = round % engines.length;
    const turn = [...engines.slice(first), ...engines.slice(0, first)];
    return urls.flatMap((url, i) => turn.map((engine) => ({ engine, url, run: round + 1, file: `${engine}/${names[i] ?? ''}-${round + 1}.json` })));
  }).flat();
}

/** Leaves room for a number and endings in the 255 octets of a file name. */
const LONGEST = 200;
/** Windows takes these for devices, with any ending. */
const DEVICES = /^(?:aux|con|nul|prn|com\d|lpt\d)(?=\.|$)/;

/** The host, with a port that is not the scheme's own; a number tells apart URLs of one host. */
function logNames(urls: readonly URL[]): readonly string[] {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return urls.map(({ host }) => {
    const plain = host.replace(DEVICES, '_$&').replaceAll(/[^a-z0-9.-]+/g, '_').slice(0, LONGEST);
    let count = counts.get(plain) ?? 0;
    let name = '';
    do {
      count += 1;
      name = count === 1 ? plain : `${plain}_${count}`;
      // A host may be called what the second log of another one is.
    } while (taken.has(name));
    counts.set(plain, count);
    taken.add(name);
    return name;
  });
}
