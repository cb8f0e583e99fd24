/** The HTTPS records of one name, and the connections that were made by each. */
import { IGNORED } from '../../model/ignored-because.ts';
import type { Race } from '../../model/race.ts';
import type { HttpsRecord, Resolution } from '../../model/resolution.ts';

export interface PublishedRecord extends HttpsRecord {
  /** `false`: `ignoredBecause` names the rules by which it may have been ignored; the log does not tell which. */
  readonly explained: boolean;
  /** Races won by an attempt that this record allows, the most preferred such record counting. */
  readonly tcpWins: number;
  readonly quicWins: number;
}

/** A cache keeps only a part of a record: it counts where the log has nothing else. */
export function publishedRecords(resolutions: readonly Resolution[], races: readonly Race[]): PublishedRecord[] {
  const asked = resolutions.filter(hasQuery);
  const sources = asked.some(({ httpsRecords }) => httpsRecords.length > 0) ? asked : resolutions;
  const records = new Map(sources.flatMap(({ httpsRecords }) => httpsRecords.map((record) => [JSON.stringify(record), record] as const)));
  const ordered = [...records.values()].toSorted((a, b) => (a.priority ?? Infinity) - (b.priority ?? Infinity));
  const wins = winsByRecord(ordered, races, resolutions);
  return ordered.map((record) => ({ ...record, explained: record.ignoredBecause !== IGNORED.unknown, ...(wins.get(record) ?? { tcpWins: 0, quicWins: 0 }) }));
}

/** How many records the fullest answer held beyond those that the log shows. */
export function unseenRecords(resolutions: readonly Resolution[]): number {
  return resolutions.reduce((most, { transactions, aliases, httpsRecords }) => {
    const answerCount = transactions.findLast(({ type }) => type === 'HTTPS')?.answerCount ?? 0;
    return Math.max(most, answerCount - aliases.length - httpsRecords.length);
  }, 0);
}

function hasQuery({ transactions }: Resolution): boolean {
  return transactions.some(({ type }) => type === 'HTTPS');
}

interface Wins {
  tcpWins: number;
  quicWins: number;
}

function winsByRecord(records: readonly HttpsRecord[], races: readonly Race[], resolutions: readonly Resolution[]): Map<HttpsRecord, Wins> {
  const kept = records.filter(({ used }) => used === true);
  const fits = (isQuic: boolean): HttpsRecord | undefined => kept.find(({ alpn }) => alpn.some((protocol) => isHttp3(protocol) === isQuic));
  const [forTcp, forQuic] = [fits(false), fits(true)];
  const wins = new Map<HttpsRecord, Wins>();
  // A race whose own resolution came without a record (cut, or of another task) did not go by one.
  const withRecord = new Set(resolutions.filter(({ httpsRecords }) => httpsRecords.some(({ used }) => used === true)).map(({ id }) => id));
  for (const { winner, attempts, resolutionIds } of races) {
    if (winner === undefined || !resolutionIds.some((id) => withRecord.has(id))) continue;
    const isQuic = winner.transport === 'quic';
    if (isQuic && attempts.find(({ id }) => id === winner.attemptId)?.http3From === 'alt-svc') continue;
    const record = isQuic ? forQuic : forTcp;
    if (record === undefined) continue;
    const own = wins.get(record) ?? { tcpWins: 0, quicWins: 0 };
    wins.set(record, own);
    own[isQuic ? 'quicWins' : 'tcpWins'] += 1;
  }
  return wins;
}

function isHttp3(protocol: string): boolean {
  return /^h3(-|$)/.test(protocol);
}
