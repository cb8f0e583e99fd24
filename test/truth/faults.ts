/**
 * Faults to plant in a sound report, each of them once in every place where the wire can tell.
 *
 * A planter changes its copy in one place and says where, or says nothing where its fault does not
 * apply. `at` counts the places.
 */
import type { Attempt, Race } from '../../src/model/race.ts';
import type { DnsTransaction } from '../../src/model/resolution.ts';
import type { Report } from '../../src/report/report.ts';

type InAttempt = (attempt: Attempt, race: Race, report: Report) => boolean | void;
type InRace = (race: Race, report: Report) => boolean | void;
type InTransaction = (transaction: DnsTransaction, report: Report) => boolean | void;

/** A report with one fault, and where the fault is. */
export interface Faulty {
  readonly report: Report;
  readonly place: string;
}

export type Planter = (sound: Report) => Faulty[];

/** `false`: the fault does not apply here. */
function inEach<T>(all: (report: Report) => readonly T[], plant: (thing: T, report: Report) => boolean | void, nameOf: (thing: T) => string): Planter {
  return (sound) => {
    const judged = withoutUnjudged(sound);
    return all(judged).flatMap((_, index): Faulty[] => {
      const report = structuredClone(judged);
      const thing = all(report)[index];
      if (thing === undefined) return [];
      const place = nameOf(thing);
      return plant(thing, report) === false ? [] : [{ report, place }];
    });
  };
}

/** The capture does not list the queries of the browser's own errands, and knows nothing of metrics. */
function withoutUnjudged(report: Report): Report {
  return { ...report, resolutions: report.resolutions.filter((r) => r.host?.endsWith('.lab.test')), sessions: [], metrics: [], histograms: [], findings: [] };
}

const inEachAttempt = (plant: InAttempt): Planter =>
  inEach(
    (report) => report.races.flatMap((race) => race.attempts.map((attempt) => ({ race, attempt }))),
    ({ race, attempt }, report) => plant(attempt, race, report),
    ({ attempt }) => `attempt ${attempt.id}`,
  );

const inEachRace = (plant: InRace): Planter => inEach((report) => report.races, plant, (race) => `race ${race.id}`);

const inEachTransaction = (plant: InTransaction): Planter =>
  inEach((report) => report.resolutions.flatMap((r) => r.transactions).filter((t) => t.attempts.some((a) => a.transport === 'udp')), plant, (t) => `transaction ${t.id}`);

/** So far that no clock of ours could be to blame, and too little to land on another packet. */
const SHIFT = 20;

/** Late answers are excused by what the browser sends at that moment: half a round trip later it sends nothing. */
const ANSWER_SHIFT = 12;

export const FAULTS: Readonly<Record<string, Planter>> = {
  'an attempt is missing': inEachAttempt((attempt, race) => remove(race.attempts, attempt)),
  'an attempt is there twice': inEachAttempt((attempt, race) => void race.attempts.push({ ...attempt, id: attempt.id + 1_000_000, localEndpoint: undefined })),
  'an attempt starts later': inEachAttempt((attempt) => void (attempt.startMs += SHIFT)),
  'an attempt starts earlier': inEachAttempt((attempt) => void (attempt.startMs -= SHIFT)),
  'an attempt goes to another address': inEachAttempt((attempt) => void (attempt.ipEndpoint = '192.0.2.1:443')),
  'an attempt goes to another port': inEachAttempt((attempt) => void (attempt.ipEndpoint = attempt.ipEndpoint.replace(/\d+$/, '8443'))),
  'an attempt has another transport': inEachAttempt((attempt) => void (attempt.transport = attempt.transport === 'tcp' ? 'quic' : 'tcp')),
  'an attempt is in a race to another host': inEachAttempt((attempt, race, report) => {
    remove(race.attempts, attempt);
    report.races.push({ ...race, id: -1, destination: { scheme: 'https', host: otherHost(race, report), port: 443 }, attempts: [attempt] });
  }),
  'a connected attempt is said never to have connected': inEachAttempt((attempt) => {
    // What ended a moment after it connected might as well not have waited for it; so might a 0-RTT connection.
    if (attempt.connectedMs === undefined || attempt.zeroRtt === true || (attempt.endMs ?? Number.POSITIVE_INFINITY) - attempt.connectedMs < SHIFT) return false;
    attempt.connectedMs = undefined;
    return true;
  }),
  'an unanswered attempt is said to have connected': inEachAttempt((attempt) => {
    if (attempt.connectedMs !== undefined) return false;
    attempt.connectedMs = attempt.startMs + 21;
    return true;
  }),
  'an attempt connects later': inEachAttempt((attempt) => {
    // Only the two ends of a QUIC handshake can be seen, some 20 ms apart.
    if (attempt.connectedMs === undefined || attempt.transport === 'quic') return false;
    attempt.connectedMs += SHIFT;
    return true;
  }),
  'an attempt connects earlier': inEachAttempt((attempt) => {
    if (attempt.connectedMs === undefined) return false;
    attempt.connectedMs -= attempt.transport === 'quic' ? 2 * SHIFT : SHIFT;
    return true;
  }),
  'TLS begins later': inEachAttempt((attempt) => {
    if (attempt.secureStartMs === undefined) return false;
    attempt.secureStartMs += SHIFT;
    return true;
  }),
  'TLS is missing': inEachAttempt((attempt) => {
    if (attempt.secureStartMs === undefined) return false;
    attempt.secureStartMs = undefined;
    return true;
  }),
  'an unanswered attempt is said to be spare': inEachAttempt((attempt) => {
    if (attempt.connectedMs !== undefined || attempt.zeroRtt === true) return false;
    attempt.outcome = 'spare';
    attempt.endMs ??= attempt.startMs + 50;
    return true;
  }),
  'a refused attempt is said to be cancelled': inEachAttempt((attempt) => {
    if (attempt.netError?.code !== -102) return false;
    attempt.outcome = 'cancelled';
    attempt.netError = undefined;
    return true;
  }),
  'an attempt that was not refused is said to be': inEachAttempt((attempt) => {
    if (attempt.transport !== 'tcp' || attempt.netError?.code === -102 || attempt.connectedMs !== undefined) return false;
    attempt.outcome = 'failed';
    attempt.netError = { code: -102, name: 'ERR_CONNECTION_REFUSED' };
    attempt.endMs = attempt.startMs + 21;
    return true;
  }),
  'the winner is said to have failed': inEachAttempt((attempt, race, report) => {
    if (attempt.outcome !== 'won' || !wasUsed(race, report)) return false;
    attempt.outcome = 'failed';
    return true;
  }),
  'the winner is said to have lost': inEachAttempt((attempt, race, report) => {
    if (attempt.outcome !== 'won' || !wasUsed(race, report)) return false;
    attempt.outcome = 'lost';
    return true;
  }),
  'the winner and a loser at another endpoint change places': inEachRace((race, report) => {
    const won = race.attempts.find((a) => a.outcome === 'won');
    const other = race.attempts.find((a) => a !== won && (a.ipEndpoint !== won?.ipEndpoint || a.transport !== won.transport));
    if (won === undefined || other === undefined || race.winner === undefined || !wasUsed(race, report)) return false;
    race.winner = { ...race.winner, attemptId: other.id, ipEndpoint: other.ipEndpoint, transport: other.transport, family: other.family };
    [won.outcome, other.outcome, other.endMs] = ['spare', 'won', race.endMs];
    return true;
  }),
  'the winner is missing': inEachRace((race, report) => {
    if (race.winner === undefined || !wasUsed(race, report)) return false;
    race.winner = undefined;
    return true;
  }),
  'the race ends later than its winner is usable': inEachRace((race, report) => {
    if (race.winner === undefined || race.endMs === undefined || !wasUsed(race, report)) return false;
    race.endMs += SHIFT;
    return true;
  }),
  'the race and its winner end later': inEachRace((race, report) => {
    const won = race.attempts.find((a) => a.outcome === 'won');
    if (won?.endMs === undefined || race.endMs === undefined || !wasUsed(race, report)) return false;
    won.endMs += SHIFT;
    race.endMs += SHIFT;
    return true;
  }),
  'another engine ran': inEachRace((race) => {
    if (!race.attempts.some((a) => a.transport === 'tcp')) return false;
    race.engine = race.engine === 'hev3' ? 'hev2' : race.engine === 'hev2' ? 'legacy' : 'hev3';
    return true;
  }),
  'no engine ran': inEachRace((race) => {
    if (!race.attempts.some((a) => a.transport === 'tcp')) return false;
    race.engine = undefined;
    return true;
  }),
  'a race that there was is missing': inEachRace((race, report) => {
    if (race.attempts.length === 0) return false;
    remove(report.races, race);
    return true;
  }),
  'a DNS query is missing': inEachTransaction((transaction) => void transaction.attempts.pop()),
  'a DNS query is there twice': inEachTransaction((transaction) => void transaction.attempts.push(...transaction.attempts.slice(-1))),
  'a DNS query leaves later': inEachTransaction(({ attempts: [query] }) => void (query !== undefined && (query.startMs += SHIFT))),
  'a DNS query goes to another server': inEachTransaction(({ attempts: [query] }) => void (query !== undefined && (query.server = '192.0.2.53:53'))),
  'a DNS query is of another type': inEachTransaction((transaction) => void (transaction.type = transaction.type === 'A' ? 'AAAA' : 'A')),
  'a DNS query is for another name': inEachTransaction((transaction) => void (transaction.name = `not-${transaction.name}`)),
  'a DNS answer comes later': inEachTransaction(({ attempts: [query] }) => {
    if (query?.endMs === undefined || query.timedOut === true) return false;
    query.endMs += ANSWER_SHIFT;
    return true;
  }),
  'a DNS answer comes earlier': inEachTransaction(({ attempts: [query] }) => {
    if (query?.endMs === undefined || query.timedOut === true) return false;
    query.endMs -= ANSWER_SHIFT;
    return true;
  }),
  'a DNS answer is missing': inEachTransaction((transaction) => {
    const [query] = transaction.attempts;
    if (query?.endMs === undefined || query.timedOut === true || (transaction.endMs ?? 0) < query.endMs + SHIFT) return false;
    query.endMs = undefined;
    return true;
  }),
  'a DNS answer has another code': inEachTransaction((transaction) => {
    if (transaction.rcode === undefined) return false;
    transaction.rcode = transaction.rcode === 'NOERROR' ? 'NXDOMAIN' : 'NOERROR';
    return true;
  }),
  'an answered DNS query is said to have timed out': inEachTransaction(({ attempts: [query] }) => {
    if (query?.endMs === undefined || query.timedOut === true) return false;
    query.timedOut = true;
    query.endMs += 1000;
    return true;
  }),
  'a DNS query that timed out is said to have been answered': inEachTransaction(({ attempts: [query] }) => {
    if (query?.timedOut !== true) return false;
    query.timedOut = undefined;
    return true;
  }),
};

function remove<T>(from: T[], thing: T): void {
  from.splice(from.indexOf(thing), 1);
}

/** A request went out on a connection of the race, so that the wire shows who won. */
function wasUsed(race: Race, report: Report): boolean {
  return report.requests.some((r) => r.raceId === race.id && r.alpn !== undefined);
}

function otherHost({ destination }: Race, report: Report): string {
  return report.races.map((r) => r.destination?.host).find((host) => host !== undefined && host !== destination?.host) ?? 'elsewhere.test';
}
