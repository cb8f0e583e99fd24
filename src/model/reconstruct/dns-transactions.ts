/**
 * DNS transactions with the times of their queries on the wire.
 *
 * A query over UDP leaves when its socket's UDP_CONNECT ends: DNS_TRANSACTION_ATTEMPT precedes the
 * opening of the socket by up to 13 ms, and UDP_BYTES_SENT is stamped after the write. Over TCP it
 * leaves when the socket has connected.
 */
import { RR_TYPES } from '../dns/rr-types.ts';
import { type DnsAttemptRecord, type DnsTransactionHandler, type DnsTransactionRecord, responseTo } from '../handlers/dns-transactions.ts';
import type { Moment } from '../handlers/handler.ts';
import type { SocketHandler, SocketRecord } from '../handlers/sockets.ts';
import type { DnsAttempt, DnsTransaction } from '../resolution.ts';
import { ABORTED, type Context } from './context.ts';
import { endpointText } from './endpoint-text.ts';

/** RFC 1035 and RFC 6895 names of response codes. */
const RCODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];

const DNS_TIMED_OUT = -803;

export function createTransactionBuilder(
  transactions: DnsTransactionHandler,
  sockets: SocketHandler,
  context: Context,
): (sourceId: number, jobEnd: Moment | undefined) => DnsTransaction[] {
  function attemptOf(record: DnsAttemptRecord, i: number, transaction: DnsTransactionRecord): DnsAttempt {
    const socket = record.carrierId === undefined ? undefined : sockets.sockets.get(record.carrierId);
    const { end, timedOut } = endOf(record, transaction);
    const truncated = record.transport === 'udp' && responseTo(record)?.rcode === 0 && transaction.attempts[i + 1]?.transport === 'tcp';
    return {
      transport: record.transport,
      server: serverOf(record, socket),
      startMs: context.at(departure(record, socket)),
      endMs: end && context.at(end),
      timedOut: timedOut || undefined,
      truncated: truncated || undefined,
    };
  }

  function transactionOf(record: DnsTransactionRecord, jobEnd: Moment | undefined): DnsTransaction {
    const answered = record.attempts.map(responseTo).findLast((response) => response?.rcode !== undefined);
    const code = record.netError;
    return {
      id: record.id,
      name: record.name,
      type: RR_TYPES[record.type ?? -1] ?? `TYPE${record.type ?? ''}`,
      startMs: context.at(record.begin),
      endMs: record.end && context.at(record.end),
      outcome:
        record.end === undefined
          ? jobEnd === undefined ? 'unfinished' : 'cancelled'
          : code === undefined ? 'ok' : code === ABORTED ? 'cancelled' : 'failed',
      rcode: answered?.rcode === undefined ? undefined : (RCODES[answered.rcode] ?? String(answered.rcode)),
      answerCount: answered?.answerCount,
      netError: code === undefined ? undefined : context.netError(code),
      attempts: record.attempts.map((a, i) => attemptOf(a, i, record)),
    };
  }

  return (sourceId, jobEnd) => transactions.of(sourceId).map((record) => transactionOf(record, jobEnd));
}

function departure(record: DnsAttemptRecord, socket: SocketRecord | undefined): Moment {
  if (record.transport === 'udp') return socket?.udpPeer?.end ?? record.start;
  if (record.transport === 'tcp') return socket?.connectEnd ?? record.start;
  return record.start;
}

function serverOf(record: DnsAttemptRecord, socket: SocketRecord | undefined): string | undefined {
  return endpointText(record.transport === 'udp' ? socket?.udpPeer?.address : (socket?.connects[0]?.address ?? socket?.remoteAddress));
}

/**
 * A RESPONSE without rcode is a time-out noticed. Over HTTPS it only marks the attempt as slow: such
 * an attempt ends with its transaction.
 */
function endOf(record: DnsAttemptRecord, transaction: DnsTransactionRecord): { end: Moment | undefined; timedOut: boolean } {
  const response = responseTo(record);
  if (response?.rcode !== undefined) return { end: response.at, timedOut: false };
  if (record.transport !== 'https') return { end: response?.at, timedOut: response !== undefined };
  const timedOut = transaction.netError === DNS_TIMED_OUT;
  return { end: timedOut ? transaction.end : undefined, timedOut };
}
