/**
 * What the simulator knows has happened, from what the client decided and the network brought: times in whole
 * milliseconds from the first event, as Chromium stamps them.
 *
 * Left out: what the log has no event for, such as the wait of a preconnect.
 */
import { formatEndpoint } from '../../src/address.ts';
import type { ConnectionId, RaceId, RequestId } from '../../src/engine/client/client-output.ts';
import type { Destination } from '../../src/engine/client/destination.ts';
import type { Parameters } from '../../src/engine/profiles/parameters.ts';
import { REQUEST_ERRORS } from '../../src/simulator/emit/failure-errors.ts';
import { connectionOf } from '../../src/simulator/emit/connection-of.ts';
import { logFormOf } from '../../src/simulator/emit/log-form.ts';
import type { Happening } from '../../src/simulator/happening.ts';
import { type KnownAttempt, type KnownRace, type RunningRace, type Spell, racesInLog } from './races-in-log.ts';
import { wholeMicros } from '../../src/units.ts';

interface KnownTransaction extends Spell {
  readonly name: string;
  readonly type: string;
  outcome: string;
  /** Transport and start of each exchange with a server. */
  readonly exchanges: string[];
}

interface KnownResolution extends Spell {
  readonly host: string;
  outcome: string;
  readonly transactions: KnownTransaction[];
}

/** One for each leg: a redirect makes another. */
interface KnownRequest extends Spell {
  readonly destination: string;
  error?: number;
  /** The attempt that made the connection: endpoint and start. */
  carrier?: string;
  alpn?: string;
}

export interface Known {
  readonly resolutions: readonly KnownResolution[];
  readonly races: readonly KnownRace[];
  readonly requests: readonly KnownRequest[];
}

const ABORTED = -3;
const NETWORK_CHANGED = -21;

/** `parameters`: of the client; they decide about the form of the log, which holds some races together. */
export function knownFrom(happenings: readonly Happening[], parameters: Parameters): Known {
  const form = logFormOf(parameters);
  const first = happenings.find(({ layer }) => layer === 'client');
  const origin = Math.floor(wholeMicros(first?.at ?? 0));
  const at = (happening: { readonly at: number }): number => Math.floor(wholeMicros(happening.at)) - origin;
  const jobs = new Map<number, KnownResolution>();
  const transactions = new Map<number, KnownTransaction>();
  const races = new Map<RaceId, RunningRace>();
  /** Until when QUIC is marked broken. */
  const broken = new Map<string, number>();
  let networkChanged = -1;
  const attempts = new Map<ConnectionId, { readonly attempt: KnownAttempt; readonly race: KnownRace; readonly plain: boolean }>();
  const transportUp = new Set<ConnectionId>();
  const protocols = new Map<ConnectionId, string>();
  const requests: KnownRequest[] = [];
  const legs = new Map<RequestId, KnownRequest>();

  function begin(request: RequestId, destination: Destination, start: number): void {
    const leg = { start, destination: destinationText(destination) };
    requests.push(leg);
    legs.set(request, leg);
  }

  function usable(connection: ConnectionId, end: number): void {
    const found = attempts.get(connection);
    if (found === undefined || found.attempt.end !== undefined) return;
    const { attempt, race } = found;
    const won = race.winner === undefined;
    if (won) Object.assign(race, { winner: attempt.endpoint, end, outcome: 'connected' });
    Object.assign(attempt, { end, outcome: won ? 'won' : 'spare' });
  }

  for (const happening of happenings) {
    const now = at(happening);
    if (happening.layer === 'network') {
      const { event } = happening;
      if (event.kind === 'address-added') {
        networkChanged = happening.at;
        broken.clear();
      }
      const connection = connectionOf(event)?.id;
      if (connection === undefined) continue;
      if (event.kind === 'tcp-connected') transportUp.add(connection);
      const isUsable = event.kind === 'tls-done' || event.kind === 'quic-connected' || (event.kind === 'tcp-connected' && attempts.get(connection)?.plain === true);
      if (isUsable) usable(connection, now);
    } else if (happening.layer === 'resolver') {
      const { output } = happening;
      if (output.kind === 'finished') {
        for (const race of races.values()) if (race.resolverRequest === output.requestId) race.resolved ??= now;
      } else if (output.kind === 'job-started') {
        const host = output.queries.find(({ type }) => type !== 'HTTPS')?.name ?? output.queries[0]?.name ?? '';
        jobs.set(output.jobId, { host, start: now, outcome: 'unfinished', transactions: [] });
      } else if (output.kind === 'job-ended') {
        Object.assign(jobs.get(output.jobId) ?? {}, { end: now, outcome: outcomeText(output.outcome.kind) });
      } else if (output.kind === 'transaction-started') {
        const transaction: KnownTransaction = { ...output.query, start: now, outcome: 'unfinished', exchanges: [] };
        transactions.set(output.transactionId, transaction);
        jobs.get(output.jobId)?.transactions.push(transaction);
      } else if (output.kind === 'transaction-ended') {
        Object.assign(transactions.get(output.transactionId) ?? {}, { end: now, outcome: outcomeText(output.outcome.kind) });
      } else if (output.kind === 'send-query') {
        transactions.get(output.transactionId)?.exchanges.push(`${output.transport} ${now}`);
      }
    } else if (happening.layer === 'race') {
      const race = races.get(happening.race);
      if (race === undefined) continue;
      if (['lost', 'over', 'won'].includes(happening.output.kind)) race.over = now;
      if (happening.output.kind === 'lost' && race.end === undefined) Object.assign(race, { end: now, outcome: 'failed' });
    } else {
      // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the others change nothing that is compared
      switch (happening.kind) {
        case 'race-began':
          races.set(happening.race, {
            destination: destinationText(happening.destination),
            start: now,
            outcome: 'unfinished',
            attempts: [],
            resolverRequest: happening.resolverRequest,
            resolvesOverQuic: parameters.quic && happening.destination.scheme === 'https' && happening.at >= (broken.get(happening.destination.host) ?? -1),
            ...(happening.besides !== undefined && { besides: happening.besides }),
          });
          break;
        case 'attempt-began': {
          const race = races.get(happening.race);
          if (race === undefined) break;
          const { transport, ip } = happening.endpoint;
          const attempt: KnownAttempt = { endpoint: `${transport} ${formatEndpoint(ip)}`, start: now, outcome: 'unfinished' };
          race.attempts.push(attempt);
          attempts.set(happening.connection, { attempt, race, plain: race.destination.startsWith('http:') });
          break;
        }
        case 'attempt-failed':
          Object.assign(attempts.get(happening.connection)?.attempt ?? {}, { end: now, outcome: 'failed', error: happening.error });
          break;
        case 'cancel-connection': {
          const { attempt } = attempts.get(happening.connection) ?? {};
          if (attempt === undefined || attempt.end !== undefined) break;
          // Before HEv3 a change of the network closes TCP connects without a word; their jobs and QUIC sessions say so.
          const saysWhy = form !== 'pool' && happening.at === networkChanged && (attempt.endpoint.startsWith('quic') || transportUp.has(happening.connection));
          Object.assign(attempt, saysWhy ? { end: now, outcome: 'failed', error: NETWORK_CHANGED } : { end: now, outcome: 'cancelled' });
          break;
        }
        case 'session-opened':
          protocols.set(happening.connection, happening.alpn);
          if (happening.alpn === 'h3') broken.delete(happening.destination.host);
          break;
        case 'quic-marked-broken':
          broken.set(happening.destination.host, happening.until);
          break;
        case 'race-abandoned':
          Object.assign(races.get(happening.race) ?? {}, { end: now, outcome: 'cancelled' });
          break;
        case 'session-pooled':
          Object.assign(races.get(happening.race) ?? {}, { end: now, outcome: 'pooled' });
          break;
        case 'request-began':
          if (happening.purpose === 'load') begin(happening.request, happening.destination, now);
          break;
        case 'request-redirected':
          if (!legs.has(happening.request)) break;
          Object.assign(legs.get(happening.request) ?? {}, { end: now });
          begin(happening.request, happening.destination, now);
          break;
        case 'request-assigned': {
          const { attempt } = attempts.get(happening.connection) ?? {};
          const alpn = protocols.get(happening.connection);
          Object.assign(legs.get(happening.request) ?? {}, { carrier: `${attempt?.endpoint} ${attempt?.start}`, alpn });
          break;
        }
        case 'request-done':
          Object.assign(legs.get(happening.request) ?? {}, { end: now });
          break;
        case 'request-failed':
          Object.assign(legs.get(happening.request) ?? {}, { end: now, error: happening.error ?? REQUEST_ERRORS[happening.failure] });
          break;
        case 'request-cancelled':
          Object.assign(legs.get(happening.request) ?? {}, { end: now, error: ABORTED });
          break;
        default:
      }
    }
  }
  const raced = racesInLog(races, form);
  for (const race of raced) for (const attempt of race.attempts) if (isLost(attempt, race)) attempt.outcome = 'lost';
  return sorted({ resolutions: [...jobs.values()], races: raced, requests });
}

function outcomeText(kind: 'ok' | 'answer' | 'failure' | 'cancelled' | 'cut-off'): string {
  return ({ ok: 'ok', answer: 'ok', failure: 'failed', cancelled: 'cancelled', 'cut-off': 'cancelled' } as const)[kind];
}

/** Given up because another won; in the same millisecond the log doesn't tell which came first. */
function isLost({ outcome, end }: KnownAttempt, race: KnownRace): boolean {
  return outcome === 'cancelled' && race.winner !== undefined && end !== undefined && race.end !== undefined && end >= race.end;
}

/** Scheme and host alone: no scenario has two ports for one scheme. */
export function destinationText({ scheme, host }: { readonly scheme: string; readonly host: string }): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}`;
}

/** In an order that no millisecond shared by two decides. */
export function sorted({ resolutions, races, requests }: Known): Known {
  return {
    resolutions: inOrder(resolutions.map((each) => ({ ...each, transactions: inOrder(each.transactions) }))),
    races: inOrder(races.map((each) => ({ ...each, attempts: inOrder(each.attempts) }))),
    requests: inOrder(requests),
  };
}

function inOrder<T>(items: readonly T[]): T[] {
  return items.map((item) => ({ item, key: JSON.stringify(item, withSortedKeys) })).toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ item }) => item);
}

function withSortedKeys(_: string, value: unknown): unknown {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isRecord ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value;
}
