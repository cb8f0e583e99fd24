/**
 * DNS queries on the wire against those of the report: name, type, transport, server, when the query
 * left, when the answer came or that none did.
 */
import { canonicalHost, parseEndpoint } from '../../src/address.ts';
import type { DnsAttempt, DnsTransaction } from '../../src/model/resolution.ts';
import type { Report } from '../../src/report/report.ts';
import type { Judgement, Unjudged, Verdict } from './judged.ts';
import { assign } from './pairing.ts';
import type { Truth, WireQuery } from './truth.ts';
import { type WireClock, show } from './wire-clock.ts';

interface TimedQuery {
  readonly attempt: DnsAttempt;
  readonly transaction: DnsTransaction;
  readonly start: number;
  readonly end: number | undefined;
}

export function judgeQueries(report: Report, truth: Truth, clock: WireClock): Judgement {
  const verdicts: Verdict[] = [];
  const unjudged: Unjudged[] = [];
  const mine = timedQueries(report, clock);
  const pairs = assign(mine, truth.queries, (left, right) => {
    const distance = Math.abs(left.start - right.sent);
    return fits(left, right, truth, clock) ? distance + 1000 * answerMistakes(left, right, clock).length : undefined;
  });
  for (const wire of truth.queries) {
    if (!wire.ours) continue;
    const about = `${wire.name} ${wire.type} over ${wire.transport} at ${show(wire.sent)}`;
    const pair = pairs.find((p) => p.right === wire);
    const because = pair === undefined ? whyNotDemanded(wire, report, clock) : undefined;
    if (because === undefined) verdicts.push({ subject: 'dns', about, wrong: pair === undefined ? ['no such query in the report'] : answerMistakes(pair.left, wire, clock) });
    else unjudged.push({ subject: 'dns', about, because });
  }
  for (const query of mine) {
    if (pairs.some((p) => p.left === query) || truth.unlistedNames.has(canonicalHost(query.transaction.name))) continue;
    const about = `query for ${query.transaction.name} ${query.transaction.type} at ${show(query.start)}`;
    const because = whyNoPacket(query, clock);
    if (because === undefined) verdicts.push({ subject: 'extra', about, wrong: ['no packet on the wire'] });
    else unjudged.push({ subject: 'extra', about, because });
  }
  return { verdicts, unjudged };
}

/** Queries over HTTPS and those of the platform are not DNS packets. */
function timedQueries(report: Report, clock: WireClock): TimedQuery[] {
  return report.resolutions.flatMap(({ transactions }) =>
    transactions.flatMap((transaction) =>
      transaction.attempts
        .filter(({ transport }) => transport === 'udp' || transport === 'tcp')
        .map((attempt) => ({ attempt, transaction, start: clock.at(attempt.startMs), end: clock.at(attempt.endMs) })),
    ),
  );
}

function fits({ attempt, transaction, start }: TimedQuery, wire: WireQuery, truth: Truth, clock: WireClock): boolean {
  if (canonicalHost(transaction.name) !== wire.name || transaction.type !== wire.type || attempt.transport !== wire.transport) return false;
  if (attempt.server !== undefined && parseEndpoint(attempt.server)?.address !== wire.server) return false;
  // Over TCP the connection comes first: the truth lists only the query that follows it.
  return wire.transport === 'tcp'
    ? wire.sent >= start - clock.tolerance && wire.sent <= start + 2 * truth.roundTripMs + clock.tolerance
    : clock.near(start, wire.sent);
}

function answerMistakes({ attempt, transaction, end }: TimedQuery, wire: WireQuery, clock: WireClock): string[] {
  if (wire.answered === undefined) return end === undefined || attempt.timedOut === true ? [] : [`answered at ${show(end)}, on the wire never`];
  const { answered } = wire;
  if (attempt.timedOut === true) {
    // A late answer to a query that was given up while another try ran is no contradiction.
    return end !== undefined && answered < end - clock.tolerance ? [`timed out at ${show(end)}, but the answer came at ${show(answered)}`] : [];
  }
  if (end === undefined) {
    const over = clock.at(transaction.endMs);
    const unheard = clock.isAfterLog(answered) || (over !== undefined && over <= answered + clock.tolerance);
    return unheard ? [] : [`no answer, but it came at ${show(answered)}`];
  }
  if (!clock.near(end, answered) && !clock.readLate(end, answered)) return [`answered at ${show(end)}, on the wire at ${show(answered)}`];
  const last = transaction.attempts.every((a) => a.endMs === undefined || a.endMs <= (attempt.endMs ?? 0));
  return last && transaction.rcode !== wire.rcode ? [`rcode ${transaction.rcode}, on the wire ${wire.rcode}`] : [];
}

/** The C library goes on asking, 5 s apart, after its caller has given up. */
const GETADDRINFO_GRACE = 30_000;

function whyNotDemanded(wire: WireQuery, report: Report, clock: WireClock): string | undefined {
  if (clock.isBeforeLog(wire.sent)) return 'before the first event of the log';
  if (clock.isAfterLog(wire.sent)) return 'after the last event of the log';
  // A system task is one call of getaddrinfo; its packets are in no log. It never asks for HTTPS records.
  const bySystem = (wire.type === 'A' || wire.type === 'AAAA') && report.resolutions.some((r) => {
    const host = canonicalHost(r.host ?? '');
    const named = wire.name === host || wire.name.startsWith(`${host}.`);
    return named && r.tasks.some((t) => t.kind === 'system' && wire.sent >= clock.at(t.startMs) - clock.tolerance && wire.sent <= clock.at(t.endMs ?? t.startMs) + GETADDRINFO_GRACE);
  });
  return bySystem ? 'sent by getaddrinfo, which no log shows' : undefined;
}

function whyNoPacket({ attempt, start, end }: TimedQuery, clock: WireClock): string | undefined {
  if (attempt.transport === 'tcp' && end === undefined) return 'given up before its connection was there';
  return start >= clock.logEnd - 1 ? 'the last thing in the log' : undefined;
}
