/** What a trace says, in the form of what the simulator knows. Left out: what only the analyser makes of it, such as phases and evidence. */
import type { Trace } from '../../src/model/trace.ts';
import { type Known, destinationText, sorted } from './known.ts';
import type { Spell } from './races-in-log.ts';

export function reconstructed(trace: Trace): Known {
  const attempts = new Map(trace.races.flatMap((race) => race.attempts.map((attempt) => [attempt.id, attempt])));
  return sorted({
    resolutions: trace.resolutions
      .filter(({ source }) => source === 'network')
      .map(({ host = '', startMs, endMs, outcome, transactions }) => ({
        host,
        ...spell(startMs, endMs),
        outcome,
        transactions: transactions.map((each) => ({
          name: each.name,
          type: each.type,
          ...spell(each.startMs, each.endMs),
          outcome: each.outcome,
          exchanges: each.attempts.map((exchange) => `${exchange.transport} ${exchange.startMs}`),
        })),
      })),
    races: trace.races.map(({ destination, startMs, endMs, outcome, winner, attempts: all }) => ({
      destination: destination === undefined ? '' : destinationText(destination),
      ...spell(startMs, endMs),
      outcome,
      ...(winner !== undefined && { winner: `${winner.transport} ${winner.ipEndpoint}` }),
      attempts: all.map((attempt) => ({
        endpoint: `${attempt.transport} ${attempt.ipEndpoint}`,
        ...spell(attempt.startMs, attempt.endMs),
        outcome: attempt.outcome,
        ...(attempt.netError !== undefined && { error: attempt.netError.code }),
      })),
    })),
    requests: trace.requests.map(({ url = '', startMs, endMs, netError, attemptId, alpn }) => {
      const carrier = attemptId === undefined ? undefined : attempts.get(attemptId);
      return {
        destination: url.slice(0, url.indexOf('/', url.indexOf('//') + 2)),
        ...spell(startMs, endMs),
        ...(netError !== undefined && { error: netError.code }),
        ...(carrier !== undefined && { carrier: `${carrier.transport} ${carrier.ipEndpoint} ${Math.floor(carrier.startMs)}` }),
        ...(alpn !== undefined && { alpn }),
      };
    }),
  });
}

/** The first packet of QUIC is stamped with microseconds. */
function spell(start: number, end: number | undefined): Spell {
  return { start: Math.floor(start), ...(end !== undefined && { end: Math.floor(end) }) };
}
