/** What DNS said to a race, and how long each query took: from the transactions of its resolutions. */
import { familyOf } from '../address.ts';
import type { DnsAttempt, DnsTransaction, HttpsRecord, Resolution } from '../model/resolution.ts';
import type { Millis } from '../units.ts';
import type { AskedName, QueryType, ServiceRecord, Step } from './inferred-race.ts';
import type { SiblingAnswers } from './sibling-answers.ts';

/** Beyond this, and twice what other answers take, silence is taken for death. */
const PATIENCE_MS: Millis = 50;
const TYPES: readonly QueryType[] = ['A', 'AAAA', 'HTTPS'];

/** A resolution has three transactions; a hostile log may have any number. */
const MOST_PEERS = 8;

export interface Names {
  readonly addresses: readonly string[];
  readonly records: readonly ServiceRecord[];
  readonly asked: readonly AskedName[];
}

/** `resolutions`: of the race that began then, in order of time. */
export function inferNames(resolutions: readonly Resolution[], raceBeganMs: Millis, siblings: SiblingAnswers): Names {
  const addresses = [...new Set([...resolutions.flatMap(knownAddresses), ...resolutions.flatMap((resolution) => unheardAddresses(resolution, siblings))])].filter((address) => familyOf(address) !== undefined);
  const records = recordsOf(resolutions.flatMap(({ httpsRecords }) => httpsRecords));
  const byQuestion = new Map<string, { readonly name: string; readonly type: QueryType; readonly sent: Sent[] }>();
  for (const [i, resolution] of resolutions.entries()) {
    // A browser that is busy is late to ask; the race waits for that as it does for the answer.
    const beganMs = i === 0 ? Math.min(raceBeganMs, resolution.startMs) : resolution.startMs;
    for (const transaction of resolution.transactions) {
      const type = TYPES.find((known) => known === transaction.type);
      if (type === undefined) continue;
      const key = `${type} ${transaction.name}`;
      const question = byQuestion.get(key) ?? { name: transaction.name, type, sent: [] };
      byQuestion.set(key, question);
      question.sent.push({ transaction, beganMs, systemMs: systemTime(resolution), peers: resolution.transactions.slice(0, MOST_PEERS).filter((other) => other !== transaction) });
    }
  }
  const asked = [...byQuestion.values()].flatMap(({ name, type, sent }) => {
    const [first, ...rest] = sent.flatMap((each) => triesOf(each, siblings.of(name, type)));
    if (first === undefined) return [];
    const answer = answerOf(type, sent, addresses, records);
    const isUnheard = answer === 'nodata' && sent.every(({ transaction }) => transaction.rcode === undefined);
    return [{ name, type, answer, tries: isUnheard ? ([withoutContent(first), ...rest.map(withoutContent)] as const) : ([first, ...rest] as const) }];
  });
  return { addresses, records, asked };
}

function withoutContent(step: Step): Step {
  return step.known ? step : { ...step, because: `${step.because}; what it said is not known, taken for nothing` };
}

/** What an answer that was not heard would have said, as it did at other times. */
function unheardAddresses({ host, transactions }: Resolution, siblings: SiblingAnswers): readonly string[] {
  const unheard = transactions.filter(({ rcode, outcome }) => rcode === undefined && outcome !== 'ok');
  return unheard.flatMap(({ type }) => siblings.addressesOf(host ?? '').filter((address) => familyOf(address) === (type === 'A' ? 'ipv4' : type === 'AAAA' ? 'ipv6' : undefined)));
}

interface Sent {
  readonly transaction: DnsTransaction;
  /** Of the resolution: threads that the first queries wait for are part of how long the race waits. */
  readonly beganMs: Millis;
  /** Of the getaddrinfo that asked once more, when the client's own queries had failed. */
  readonly systemMs: Millis | undefined;
  /** Others of the same resolution. */
  readonly peers: readonly DnsTransaction[];
}

function triesOf(sent: Sent, siblings: readonly Millis[]): readonly Step[] {
  const { transaction, beganMs, peers, systemMs } = sent;
  const own = transaction.attempts.map((attempt, i) => {
    const sentMs = i === 0 ? beganMs : attempt.startMs;
    const alike = peers.flatMap(({ attempts }) => {
      const peer = attempts[i];
      return peer?.endMs === undefined || peer.timedOut === true ? [] : [peer.endMs - (i === 0 ? beganMs : peer.startMs)];
    });
    return tryOf(attempt, sentMs, transaction, [alike, siblings]);
  });
  if (systemMs === undefined || transaction.type === 'HTTPS' || own.length === 0) return own;
  // glibc asks a server that fails once more, and takes a name that there is not at its word.
  const times = transaction.rcode === 'SERVFAIL' ? 2 : 1;
  return [...own, ...Array.from({ length: times }, (): Step => ({ known: true, outcome: { kind: 'took', ms: systemMs / times } }))];
}

/** Beyond this it waited for time-outs of its own, not for answers. */
const SYSTEM_WAITS_MS: Millis = 4000;

function systemTime({ tasks }: Resolution): Millis | undefined {
  const system = tasks.find(({ kind }, i) => kind === 'system' && i > 0);
  const ms = system?.endMs === undefined ? undefined : system.endMs - system.startMs;
  return ms !== undefined && ms < SYSTEM_WAITS_MS ? ms : undefined;
}

function tryOf(attempt: DnsAttempt, sentMs: Millis, { endMs: overMs }: DnsTransaction, samples: readonly (readonly Millis[])[]): Step {
  const { endMs, timedOut, truncated } = attempt;
  if (timedOut === true) return { known: true, outcome: { kind: 'silent' } };
  if (endMs !== undefined) return { known: true, outcome: { kind: truncated === true ? 'truncated' : 'took', ms: Math.max(0, endMs - sentMs) } };
  const forMs = Math.max(0, (overMs ?? sentMs) - sentMs);
  const said = `no answer within ${Math.round(forMs)} ms`;
  const later = samples.map((sample) => sample.filter((ms) => ms >= forMs)).find((sample) => sample.length > 0);
  const siblings = samples.flat();
  if (later !== undefined) return { known: false, among: later.map((ms) => ({ kind: 'took', ms })), because: `${said}: as other answers that took no less` };
  if (siblings.length > 0 && forMs < 2 * Math.max(...siblings) + PATIENCE_MS) return { known: false, among: [{ kind: 'took', ms: forMs + 1 }], because: `${said}, which is no long wait: taken for slow` };
  return { known: false, among: [{ kind: 'silent' }], because: `${said}: slow and lost look the same, taken for lost` };
}

function answerOf(type: QueryType, sent: readonly Sent[], addresses: readonly string[], records: readonly ServiceRecord[]): AskedName['answer'] {
  const rcodes = sent.flatMap(({ transaction }) => transaction.rcode ?? []);
  const last = rcodes.at(-1);
  if (last === 'NXDOMAIN') return 'nxdomain';
  if (last !== undefined && last !== 'NOERROR') return 'servfail';
  const found = type === 'HTTPS' ? records.length > 0 : addresses.some((address) => familyOf(address) === (type === 'A' ? 'ipv4' : 'ipv6'));
  return found ? 'records' : 'nodata';
}

function knownAddresses({ addresses, endpointUpdates }: Resolution): readonly string[] {
  return [...addresses, ...endpointUpdates.flatMap(({ endpoints }) => endpoints.filter(({ fromHints }) => fromHints !== true).flatMap(({ ipv4, ipv6 }) => [...ipv4, ...ipv6]))];
}

/** Those that Chromium took: of others the log says too little to put them into a zone. */
function recordsOf(records: readonly HttpsRecord[]): readonly ServiceRecord[] {
  const seen = new Set<string>();
  return records.flatMap(({ ownerName, mode, priority = 1, targetName, alpn, ech, ipv4Hint, ipv6Hint, used }) => {
    const isOwn = targetName === undefined || targetName === '.' || targetName === ownerName;
    if (used === false || mode === 'alias' || priority === 0 || !isOwn) return [];
    const record = { priority, alpn, ech, ipv4Hint, ipv6Hint };
    const key = JSON.stringify(record);
    if (seen.has(key)) return [];
    seen.add(key);
    return [record];
  });
}
