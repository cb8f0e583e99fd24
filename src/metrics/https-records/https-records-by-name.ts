/**
 * HTTPS records name by name: what was asked and published, what became of each record, and what it led to.
 *
 * Left out: lookups and races for a DNS-over-HTTPS server, for which no page asked, and names without a query to
 * which nothing else happened that such records are for (HTTP/3, ECH, upgrades from http).
 */
import type { Race } from '../../model/race.ts';
import type { Request } from '../../model/request.ts';
import type { Resolution } from '../../model/resolution.ts';
import { type EchTally, echTally } from './ech-tally.ts';
import { type FollowUp, followUps, otherPorts } from './follow-ups.ts';
import { type PublishedRecord, publishedRecords, unseenRecords } from './published-records.ts';
import { nameOfOrigin, nameOfResolution, nameOfUrl } from './query-name.ts';
import { type QueryTally, queryTally } from './query-tally.ts';

export interface HttpsRecordsOfName {
  /** The name that was asked for: the host, with `_port._https.` before it for a port other than 443. */
  readonly name: string;
  readonly queries: QueryTally;
  /** Most preferred first; of records that the browser ignored, a log without raw DNS answers shows hardly any. */
  readonly records: readonly PublishedRecord[];
  /** How many more the answer held, of which the log shows nothing; all were ignored. */
  readonly unseenRecords: number;
  /** What a client would have asked for that follows AliasMode and TargetName (RFC 9460 section 3). */
  readonly followUps: readonly FollowUp[];
  /** Ports to which ignored records of the name itself point. */
  readonly otherPorts: readonly number[];
  /** Resolutions that offered addresses from the records’ hints, before A and AAAA were in. */
  readonly hinted: number;
  /** Attempts over QUIC, by where HTTP/3 was known from. */
  readonly http3: { readonly fromRecord: number; readonly fromAltSvc: number };
  readonly ech: EchTally;
  /** Requests that the records turned from http to https. */
  readonly upgrades: number;
  readonly resolutionIds: readonly number[];
  readonly raceIds: readonly number[];
}

interface Traffic {
  readonly resolutions: readonly Resolution[];
  readonly races: readonly Race[];
  readonly requests: readonly Request[];
}

interface Gathered {
  readonly resolutions: Resolution[];
  readonly races: Race[];
  upgrades: number;
}

/** In the order in which names first come up. */
export function httpsRecordsByName({ resolutions, races, requests }: Traffic): HttpsRecordsOfName[] {
  const names = new Map<string, Gathered>();
  function of(name: string): Gathered {
    const known = names.get(name) ?? { resolutions: [], races: [], upgrades: 0 };
    names.set(name, known);
    return known;
  }
  for (const resolution of resolutions) {
    const name = resolution.forResolver === true ? undefined : nameOfResolution(resolution);
    if (name !== undefined) of(name).resolutions.push(resolution);
  }
  for (const race of races) {
    const name = race.forResolver === true || race.proxy !== undefined ? undefined : nameOfOrigin(race.destination);
    if (name !== undefined) of(name).races.push(race);
  }
  for (const { url, upgradedBy } of requests) {
    const name = upgradedBy === 'https-record' ? nameOfUrl(url) : undefined;
    if (name !== undefined) of(name).upgrades += 1;
  }
  return Array.from(names, ([name, gathered]) => told(name, gathered)).filter(isWorthTelling);
}

function told(name: string, { resolutions, races, upgrades }: Gathered): HttpsRecordsOfName {
  const records = publishedRecords(resolutions, races);
  const quic = races.flatMap(({ attempts }) => attempts.filter(({ transport }) => transport === 'quic'));
  return {
    name,
    queries: queryTally(resolutions),
    records,
    unseenRecords: unseenRecords(resolutions),
    followUps: followUps(records),
    otherPorts: otherPorts(records),
    hinted: resolutions.filter(({ endpointUpdates }) => endpointUpdates.some(({ endpoints }) => endpoints.some(({ fromHints }) => fromHints === true))).length,
    http3: {
      fromRecord: quic.filter(({ http3From }) => http3From === 'https-record').length,
      fromAltSvc: quic.filter(({ http3From }) => http3From === 'alt-svc').length,
    },
    ech: echTally(races),
    upgrades,
    resolutionIds: resolutions.map(({ id }) => id),
    raceIds: races.map(({ id }) => id),
  };
}

function isWorthTelling({ queries, records, upgrades, http3, ech }: HttpsRecordsOfName): boolean {
  return queries.asked > 0 || records.length > 0 || upgrades > 0 || http3.fromRecord + http3.fromAltSvc > 0 || ech.offered + ech.invalid > 0;
}
