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
  answered?: DnsTransactionRecord | undefined;
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
      const open = states.get(event.source.id)?.transactions.filter(isOpen) ?? [];
      const owner = open.length > 1 ? open.findLast((t) => t.attempts.length === 0) : open[0];
      owner?.attempts.push({ transport, carrierId, start: momentOf(event) });
    };
  }

  function begin(event: NetLogEvent): void {
    const name = text(event.params, 'hostname');
    if (name === undefined) return;
    const state = states.get(event.source.id) ?? { transactions: [] };
    states.set(event.source.id, state);
    const start = event.source.type === 'DNS_TRANSACTION' ? startOf(event) : momentOf(event);
    state.transactions.push({ id: event.source.id, name, type: number(event.params, 'query_type'), begin: start, attempts: [] });
  }

  function end(event: NetLogEvent): void {
    const state = states.get(event.source.id);
    const open = state?.transactions.filter(isOpen) ?? [];
    const ended = open.length > 1 && state?.answered !== undefined && isOpen(state.answered) ? state.answered : open[0];
    if (ended === undefined) return;
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
        for (const transaction of state.transactions) {
          const found = transaction.attempts.find((a) => a.carrierId === carrierId);
          if (found === undefined) continue;
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
