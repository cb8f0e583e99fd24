/**
 * DNS transactions and their attempts.
 *
 * Since about 2022 each transaction is a source of its own. Before, its events lie on the resolver
 * job's source, several transactions interleaved; there an attempt belongs to the transaction begun
 * last that has none, an answer to the attempt whose socket it names, and an END to the transaction
 * answered last, because the resolver ends it in the same step. What stays ambiguous is left out.
 */
import type { NetLogEvent } from '../../netlog/event.ts';
import { type HttpsAnswer, readHttpsAnswer } from '../dns/https-answer.ts';
import { type Handler, type Moment, momentOf, startOf } from './handler.ts';
import { dependency, netError, number, text } from './params.ts';

export interface DnsAttemptRecord {
  readonly transport: 'udp' | 'tcp' | 'https' | 'platform';
  /** The socket, or the DNS_OVER_HTTPS source, that carries it. */
  readonly carrierId: number | undefined;
  readonly start: Moment;
  /** What its carrier brought; of attempts of one transaction over one carrier the first has it. */
  readonly carrier?: DnsCarrier | undefined;
}

/** What carries attempts of one source's transactions: as a rule a single one. */
export interface DnsCarrier {
  response?: DnsResponse | undefined;
  /** The last that holds HTTPS records as received. */
  https?: { readonly at: Moment; readonly answer: HttpsAnswer } | undefined;
}

/** DNS_TRANSACTION_RESPONSE: an answer, or without `rcode` the moment the time-out was noticed. */
export interface DnsResponse {
  readonly at: Moment;
  readonly rcode: number | undefined;
  readonly answerCount: number | undefined;
}

export interface DnsTransactionRecord {
  readonly id: number;
  readonly name: string;
  /** RR type number: 1 A, 28 AAAA, 65 HTTPS. */
  readonly type: number | undefined;
  readonly begin: Moment;
  end?: Moment | undefined;
  netError?: number | undefined;
  readonly attempts: DnsAttemptRecord[];
}

export interface DnsTransactionHandler extends Handler {
  /** Transactions by source: one, or in old logs all those of a job. */
  of(sourceId: number): readonly DnsTransactionRecord[];
  /** The source carried DNS queries: a socket of DNS over TCP is nobody's race. */
  isCarrier(sourceId: number): boolean;
}

const HTTPS = 65;

interface SourceState {
  readonly transactions: DnsTransactionRecord[];
  readonly open: Set<DnsTransactionRecord>;
  /** Those without an attempt, the latest at the end; some of them may have ended since. */
  readonly bare: DnsTransactionRecord[];
  readonly carriers: Map<number, Carried>;
  answered?: DnsTransactionRecord | undefined;
}

/** A carrier, and the transactions that have an attempt over it. */
interface Carried {
  readonly carrier: DnsCarrier;
  readonly transactions: Set<DnsTransactionRecord>;
  latest: DnsTransactionRecord;
  hasHttps: boolean;
}

function newState(): SourceState {
  return { transactions: [], open: new Set(), bare: [], carriers: new Map() };
}

/** The last response to an attempt; `undefined` if its carrier brought none, or only such as came before it. */
export function responseTo({ carrier, start }: DnsAttemptRecord): DnsResponse | undefined {
  const response = carrier?.response;
  return response !== undefined && response.at.index > start.index ? response : undefined;
}

/** The HTTPS records of a transaction that asked for them, where the log has its answer as received. */
export function httpsAnswerOf({ type, attempts }: DnsTransactionRecord): HttpsAnswer | undefined {
  if (type !== HTTPS) return undefined;
  const answers = attempts.flatMap(({ carrier, start }) => (carrier?.https !== undefined && carrier.https.at.index > start.index ? [carrier.https] : []));
  return answers.toSorted((a, b) => a.at.index - b.at.index).at(-1)?.answer;
}

export function createDnsTransactionHandler(): DnsTransactionHandler {
  const states = new Map<number, SourceState>();
  const carriers = new Set<number>();
  const isOpen = (transaction: DnsTransactionRecord): boolean => transaction.end === undefined;

  function attempt(transport: DnsAttemptRecord['transport']): (event: NetLogEvent) => void {
    return (event) => {
      // The DNS_OVER_HTTPS source logs the link back to its transaction under the same name.
      if (event.source.type === 'DNS_OVER_HTTPS') return;
      const carrierId = dependency(event.params);
      if (carrierId !== undefined) carriers.add(carrierId);
      const state = states.get(event.source.id);
      const owner = state && ownerOf(state);
      if (state === undefined || owner === undefined) return;
      owner.attempts.push({ transport, carrierId, start: momentOf(event), carrier: carrierId === undefined ? undefined : carrierFor(owner, state, carrierId) });
    };
  }

  function carrierFor(owner: DnsTransactionRecord, { carriers: known }: SourceState, carrierId: number): DnsCarrier | undefined {
    const carried = known.get(carrierId) ?? { carrier: {}, transactions: new Set(), latest: owner, hasHttps: false };
    known.set(carrierId, carried);
    if (carried.transactions.has(owner)) return undefined;
    carried.transactions.add(owner);
    carried.latest = owner;
    carried.hasHttps ||= owner.type === HTTPS;
    return carried.carrier;
  }

  function ownerOf({ open, bare }: SourceState): DnsTransactionRecord | undefined {
    if (open.size <= 1) return [...open][0];
    for (let last = bare.at(-1); last !== undefined && (!isOpen(last) || last.attempts.length > 0); last = bare.at(-1)) bare.pop();
    return bare.at(-1);
  }

  function begin(event: NetLogEvent): void {
    const name = text(event.params, 'hostname');
    if (name === undefined) return;
    const state = states.get(event.source.id) ?? newState();
    states.set(event.source.id, state);
    const start = event.source.type === 'DNS_TRANSACTION' ? startOf(event) : momentOf(event);
    const transaction: DnsTransactionRecord = { id: event.source.id, name, type: number(event.params, 'query_type'), begin: start, attempts: [] };
    state.transactions.push(transaction);
    state.open.add(transaction);
    state.bare.push(transaction);
  }

  function end(event: NetLogEvent): void {
    const state = states.get(event.source.id);
    if (state === undefined) return;
    const [first] = state.open;
    const ended = state.open.size > 1 && state.answered !== undefined && isOpen(state.answered) ? state.answered : first;
    if (ended === undefined) return;
    state.open.delete(ended);
    ended.end = momentOf(event);
    ended.netError = netError(event.params);
  }

  return {
    of: (sourceId) => states.get(sourceId)?.transactions ?? [],
    isCarrier: (sourceId) => carriers.has(sourceId),
    on: {
      DNS_TRANSACTION(event) {
        if (event.phase === 'BEGIN') begin(event);
        else if (event.phase === 'END') end(event);
      },
      DNS_TRANSACTION_ATTEMPT: attempt('udp'),
      DNS_TRANSACTION_TCP_ATTEMPT: attempt('tcp'),
      DNS_TRANSACTION_HTTPS_ATTEMPT: attempt('https'),
      DNS_TRANSACTION_PLATFORM_ATTEMPT: attempt('platform'),
      DNS_TRANSACTION_RESPONSE(event) {
        const state = states.get(event.source.id);
        const carrierId = dependency(event.params);
        if (carrierId !== undefined) carriers.add(carrierId);
        const carried = carrierId === undefined ? undefined : state?.carriers.get(carrierId);
        if (state === undefined || carried === undefined) return;
        const at = momentOf(event);
        // A late answer to a query already given up clears its time-out: the socket had stayed open.
        carried.carrier.response = { at, rcode: number(event.params, 'rcode'), answerCount: number(event.params, 'answer_count') };
        const message = carried.hasHttps ? text(event.params, 'response_buffer') : undefined;
        const answer = message === undefined ? undefined : readHttpsAnswer(message);
        if (answer !== undefined) carried.carrier.https = { at, answer };
        state.answered = carried.latest;
      },
    },
  };
}
