/**
 * DNS transactions and their attempts: DNS_TRANSACTION, and the sockets or HTTPS requests that carry the queries.
 *
 * Left out: the handshakes of DNS over TCP and HTTPS, of which the client does not hear.
 */
import type { Millis } from '../../../units.ts';
import type { DnsReply, ResolverAction, ResolverDecision, TransactionOutcome } from '../../../engine/resolver/output.ts';
import type { SimulatedSource, SourceLog } from '../../log/source-log.ts';
import { NET_ERRORS } from '../../log/net-errors.ts';
import { DNS_ERRORS, RECORD_TYPES, recordCount } from '../dns-results.ts';
import type { EmitterFacts } from '../emitter-facts.ts';
import { type UdpSocket, closeUdpSocket, connectUdpSocket, openUdpSocket } from '../udp-socket.ts';

const NO_SERVER = { address: '', port: 0 };
/** Header, end of the name, type and class: a query is this much longer than its name. */
const QUERY_OVERHEAD = 18;

type Carrier =
  | { readonly kind: 'udp'; readonly source: SimulatedSource; readonly udp: UdpSocket }
  | { readonly kind: 'tcp' | 'https'; readonly source: SimulatedSource };

export class TransactionEmitter {
  readonly #log: SourceLog;
  readonly #facts: EmitterFacts;
  readonly #transactions = new Map<number, SimulatedSource>();
  /** Of attempts that are not over. */
  readonly #carriers = new Map<number, Carrier>();

  constructor(log: SourceLog, facts: EmitterFacts) {
    this.#log = log;
    this.#facts = facts;
  }

  started(job: SimulatedSource, { transactionId, query }: Extract<ResolverDecision, { kind: 'transaction-started' }>, at: Millis): void {
    const source = this.#log.source('DNS_TRANSACTION', at);
    this.#transactions.set(transactionId, source);
    this.#log.event(job, 'DNS_TRANSACTION', at, { source_dependency: this.#log.dependency(source) });
    this.#log.begin(source, 'DNS_TRANSACTION', at, { hostname: query.name, query_type: RECORD_TYPES[query.type] });
    this.#log.begin(source, 'DNS_TRANSACTION_QUERY', at, { qname: query.name });
  }

  sent({ attemptId, transactionId, transport, server, name, type }: Extract<ResolverAction, { kind: 'send-query' }>, at: Millis): void {
    const log = this.#log;
    const transaction = this.#transactions.get(transactionId);
    if (transaction === undefined) return;
    if (transport === 'udp') {
      const udp = openUdpSocket(log, transaction, at);
      this.#carriers.set(attemptId, { kind: 'udp', source: udp.socket, udp });
      log.event(transaction, 'DNS_TRANSACTION_ATTEMPT', at, { source_dependency: log.dependency(udp.socket) });
      connectUdpSocket(log, udp, this.#facts.dnsServers[server] ?? NO_SERVER, at);
      log.event(udp.socket, 'UDP_BYTES_SENT', at, { byte_count: name.length + QUERY_OVERHEAD });
    } else if (transport === 'tcp') {
      const source = log.source('SOCKET', at);
      this.#carriers.set(attemptId, { kind: 'tcp', source });
      log.begin(source, 'SOCKET_ALIVE', at, { source_dependency: log.dependency(transaction) });
      log.event(transaction, 'DNS_TRANSACTION_TCP_ATTEMPT', at, { source_dependency: log.dependency(source) });
    } else {
      const source = log.source('DNS_OVER_HTTPS', at);
      this.#carriers.set(attemptId, { kind: 'https', source });
      log.event(transaction, 'DNS_TRANSACTION_HTTPS_ATTEMPT', at, { source_dependency: log.dependency(source) });
      log.begin(source, 'DOH_URL_REQUEST', at, { hostname: name, query_type: RECORD_TYPES[type] });
    }
  }

  /** The silence is noticed; the socket stays open for a late answer. */
  overdue({ transactionId, attemptId }: Extract<ResolverDecision, { kind: 'attempt-overdue' }>, at: Millis): void {
    this.#respond(transactionId, attemptId, {}, at);
  }

  replied({ transactionId, attemptId, reply }: Extract<ResolverDecision, { kind: 'attempt-ended' }>, at: Millis): void {
    const rcode = rcodeOf(reply);
    const counts = { additional_answer_count: 0, answer_count: reply.kind === 'truncated' ? 0 : recordCount(reply), rcode };
    this.#respond(transactionId, attemptId, rcode === undefined ? {} : counts, at);
    this.dropped(attemptId, at);
  }

  dropped(attemptId: number, at: Millis): void {
    const carrier = this.#carriers.get(attemptId);
    if (carrier === undefined) return;
    this.#carriers.delete(attemptId);
    if (carrier.kind === 'udp') closeUdpSocket(this.#log, carrier.udp, at);
    else this.#log.end(carrier.source, carrier.kind === 'tcp' ? 'SOCKET_ALIVE' : 'DOH_URL_REQUEST', at);
  }

  ended(transactionId: number, outcome: TransactionOutcome, at: Millis): void {
    const source = this.#transactions.get(transactionId);
    if (source === undefined) return;
    this.#transactions.delete(transactionId);
    const error = errorOf(outcome);
    const params = error === undefined ? undefined : { net_error: error };
    // Server failures, time-outs and the like leave the query without an end.
    if (outcome.kind === 'answer' || error === DNS_ERRORS.nxdomain) this.#log.end(source, 'DNS_TRANSACTION_QUERY', at, params);
    this.#log.end(source, 'DNS_TRANSACTION', at, params);
  }

  #respond(transactionId: number, attemptId: number, params: Readonly<Record<string, unknown>>, at: Millis): void {
    const transaction = this.#transactions.get(transactionId);
    const carrier = this.#carriers.get(attemptId);
    if (transaction === undefined || carrier === undefined) return;
    this.#log.event(transaction, 'DNS_TRANSACTION_RESPONSE', at, { ...params, source_dependency: this.#log.dependency(carrier.source) });
  }
}

/** `undefined`: there was no response to read. */
function rcodeOf(reply: DnsReply): number | undefined {
  if (reply.kind !== 'failure') return 0;
  switch (reply.failure) {
    case 'servfail':
      return 2;
    case 'nxdomain':
      return 3;
    case 'refused':
      return 5;
    case 'malformed':
    case 'timeout':
    case 'network':
      return undefined;
  }
}

function errorOf(outcome: TransactionOutcome): number | undefined {
  switch (outcome.kind) {
    case 'answer':
      return undefined;
    case 'failure':
      return DNS_ERRORS[outcome.failure];
    case 'cancelled':
    case 'cut-off':
      return NET_ERRORS.ERR_ABORTED;
  }
}
