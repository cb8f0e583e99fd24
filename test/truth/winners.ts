/**
 * Winners: the connection that carried a name's first request is the one that won its race. A race
 * later than the first to a name has a winner on the wire too, if a request used its connection.
 */
import { canonicalHost } from '../../src/address.ts';
import type { Race } from '../../src/model/race.ts';
import type { Report } from '../../src/report/report.ts';
import type { AttemptPair, Judgement, Unjudged, Verdict } from './judged.ts';
import type { Truth, WireConnection } from './truth.ts';
import { type WireClock, show } from './wire-clock.ts';

export function judgeWinners(report: Report, pairs: readonly AttemptPair[], truth: Truth, clock: WireClock): Judgement {
  const verdicts: Verdict[] = [];
  const unjudged: Unjudged[] = [];
  const judged = new Set<Race>();
  for (const { name, connection, firstRequest } of truth.winners) {
    const about = `winner of ${name}`;
    const wire = truth.connections.find((c) => c.number === connection);
    const race = pairs.find((p) => p.wire === wire)?.mine.race;
    if (clock.isAfterLog(firstRequest)) {
      unjudged.push({ subject: 'winners', about, because: 'first request after the last event of the log' });
    } else if (wire?.start === undefined || clock.isBeforeLog(wire.start)) {
      unjudged.push({ subject: 'winners', about, because: 'the connection began before the log' });
    } else if (race !== undefined && canonicalHost(race.destination?.host ?? '') === name) {
      judged.add(race);
      verdicts.push({ subject: 'winners', about, wrong: winnerMistakes(race, wire, pairs, clock) });
    } else {
      verdicts.push({ subject: 'winners', about, wrong: wire.sni === name ? [`no race to ${name} has its connection to ${wire.ipEndpoint}`] : sharedMistakes(name, firstRequest, wire, report, clock) });
    }
  }
  for (const race of report.races) {
    if (judged.has(race) || race.startMs < 0) continue;
    const first = firstUsed(pairs.filter((p) => p.mine.race === race), clock);
    if (first !== undefined) verdicts.push({ subject: 'winners', about: `winner of race ${race.id}`, wrong: winnerMistakes(race, first, pairs, clock) });
  }
  return { verdicts, unjudged };
}

/** Which of a race's connections carried the earliest request; `undefined`: nobody used the result. */
function firstUsed(pairs: readonly AttemptPair[], clock: WireClock): WireConnection | undefined {
  const used = pairs.flatMap(({ wire }) => (wire.firstRequest === undefined || clock.isAfterLog(wire.firstRequest) ? [] : [{ wire, at: wire.firstRequest }]));
  return used.toSorted((a, b) => a.at - b.at)[0]?.wire;
}

/** The winner is an endpoint, not a socket: with preconnects the request may use another to the same one. */
function winnerMistakes(race: Race, wire: WireConnection, pairs: readonly AttemptPair[], clock: WireClock): string[] {
  const { winner } = race;
  if (winner === undefined) return [`none (${race.outcome}), on the wire ${wire.transport} ${wire.ipEndpoint}`];
  if (winner.transport !== wire.transport || winner.ipEndpoint !== wire.ipEndpoint) {
    return [`${winner.transport} ${winner.ipEndpoint}, on the wire ${wire.transport} ${wire.ipEndpoint}`];
  }
  const won = pairs.find((p) => p.mine.race === race && p.mine.attempt.id === winner.attemptId && p.mine.attempt.ipEndpoint === winner.ipEndpoint);
  if (won === undefined) return [`attempt ${winner.attemptId} is not one of the race to ${wire.ipEndpoint}`];
  if (won.mine.attempt.outcome !== 'won') return [`attempt ${winner.attemptId} is the winner, and ${won.mine.attempt.outcome}`];
  const end = clock.at(race.endMs);
  if (end === undefined) return ['a winner, but no end'];
  if (won.mine.end === undefined || !clock.near(end, won.mine.end)) return [`the race ends at ${show(end)}, its winner is usable at ${show(won.mine.end)}`];
  if (wire.firstRequest !== undefined && end > wire.firstRequest + clock.tolerance) return [`the race ends at ${show(end)}, its first request left at ${show(wire.firstRequest)}`];
  // Plain HTTP has no ALPN.
  const alpn = wire.transport === 'tcp' && wire.clientHello !== undefined ? wire.alpn : undefined;
  return winner.alpn === undefined || alpn === undefined || winner.alpn === alpn ? [] : [`ALPN ${winner.alpn}, on the wire ${alpn}`];
}

/** The name's first request went out on a connection made for another name: no race of its own can have won before. */
function sharedMistakes(name: string, firstRequest: number, wire: WireConnection, report: Report, clock: WireClock): string[] {
  return report.races
    .filter((r) => canonicalHost(r.destination?.host ?? '') === name && r.winner !== undefined)
    .filter((r) => (clock.at(r.endMs) ?? Number.POSITIVE_INFINITY) < firstRequest - clock.tolerance)
    .map((r) => `its first request went out on a connection to ${wire.ipEndpoint} made for ${wire.sni}, but race ${r.id} had won`);
}
