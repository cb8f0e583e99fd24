/** TCP connections: single connects of sockets (TCP_CONNECT_ATTEMPT), and the older engine's connect jobs. */
import { netError, number } from '../../model/handlers/params.ts';
import type { JournalEvent } from '../../model/journal.ts';
import type { Count } from './counters.ts';
import { MEDIUM_TIMES_FROM_10, TEN_MINUTE_TIMES } from './layouts.ts';
import { type Timelines, elapsed, firstAfter, spans } from './timelines.ts';

export function countTcpConnections(timelines: Timelines, count: Count): void {
  for (const socket of timelines.having('TCP_CONNECT_ATTEMPT')) countConnects(count, socket);
  for (const timeline of timelines.having('TRANSPORT_CONNECT_JOB_CONNECT')) {
    for (const { begin, end } of spans(timeline, 'TRANSPORT_CONNECT_JOB_CONNECT')) {
      if (netError(end.params) !== undefined) continue;
      count('Net.DNS_Resolution_And_TCP_Connection_Latency2', TEN_MINUTE_TIMES, elapsed(begin, end));
      const first = firstAfter(timelines.ofType(begin.sourceId, 'TRANSPORT_CONNECT_JOB_CONNECT_ATTEMPT'), begin.index);
      if (first !== undefined && first.index < end.index) count('Net.TCP_Connection_Latency', TEN_MINUTE_TIMES, elapsed(first, end));
    }
  }
}

/** A cancelled connect has no END: it lasts until its socket is gone, and counts as an error. */
function countConnects(count: Count, socket: readonly JournalEvent[]): void {
  let open: JournalEvent | undefined;
  for (const event of socket) {
    const closed = event.type === 'SOCKET_ALIVE';
    if (event.type === 'TCP_CONNECT_ATTEMPT' && event.phase === 'BEGIN') open = event;
    else if (open !== undefined && (closed || (event.type === 'TCP_CONNECT_ATTEMPT' && event.phase === 'END'))) {
      const failed = closed || number(event.params, 'os_error') !== undefined;
      count(`Net.TcpConnectAttempt.Latency.${failed ? 'Error' : 'Success'}`, MEDIUM_TIMES_FROM_10, elapsed(open, event));
      open = undefined;
    }
  }
}
