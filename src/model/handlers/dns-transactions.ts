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
  /** DNS_TRANSACTION_RESPONSE: an answer, or without `rcode` the moment the time-out was noticed. */
  response?: Moment | undefined;
  rcode?: number | undefined;
  answerCount?: number | undefined;
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
  /** Of an HTTPS transaction whose answer the log has as received. */
  httpsAnswer?: HttpsAnswer | undefined;
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
  /** Of each transaction the first attempt that a source carries. */
  readonly carried: Map<number, Map<DnsTransactionRecord, DnsAttemptRecord>>;
  answered?: DnsTransactionRecord | undefined;
}

function newState(): SourceState {
  return { transactions: [], open: new Set(), bare: [], carried: new Map() };
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
      const made: DnsAttemptRecord = { transport, carrierId, start: momentOf(event) };
      owner.attempts.push(made);
      if (carrierId === undefined) return;
      const ofCarrier = state.carried.get(carrierId) ?? new Map<DnsTransactionRecord, DnsAttemptRecord>();
      state.carried.set(carrierId, ofCarrier);
      if (!ofCarrier.has(owner)) ofCarrier.set(owner, made);
    };
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
        if (state === undefined || carrierId === undefined) return;
        for (const [transaction, found] of state.carried.get(carrierId) ?? []) {
          // A late answer to a query already given up clears its time-out: the socket had stayed open.
          found.response = momentOf(event);
          found.rcode = number(event.params, 'rcode');
          found.answerCount = number(event.params, 'answer_count');
          const message = transaction.type === HTTPS ? text(event.params, 'response_buffer') : undefined;
          if (message !== undefined) transaction.httpsAnswer = readHttpsAnswer(message) ?? transaction.httpsAnswer;
          state.answered = transaction;
        }
      },
    },
  };
}
