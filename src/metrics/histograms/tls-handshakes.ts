/** TLS handshakes over TCP: SSL_CONNECT BEGIN to END. */
import { netError, number } from '../../model/handlers/params.ts';
import type { Count } from './counters.ts';
import { CODES, MINUTE_TIMES } from './layouts.ts';
import { ECH_NOT_NEGOTIATED } from './net-errors.ts';
import { type Timelines, elapsed, spans } from './timelines.ts';

export function countTlsHandshakes(timelines: Timelines, count: Count): void {
  for (const timeline of timelines.having('SSL_CONNECT')) {
    for (const { begin, end } of spans(timeline, 'SSL_CONNECT')) {
      const error = netError(end.params);
      // Tried again without ECH, or with the keys that the server sent.
      if (error !== ECH_NOT_NEGOTIATED) count('Net.SSL_Connection_Error', CODES, Math.abs(error ?? 0));
      if (error !== undefined) continue;
      count('Net.SSL_Connection_Latency_2', MINUTE_TIMES, elapsed(begin, end));
      for (const [key, name] of [
        ['cipher_suite', 'Net.SSL_CipherSuite'],
        ['key_exchange_group', 'Net.SSL_KeyExchange.ECDHE'],
        ['peer_signature_algorithm', 'Net.SSLSignatureAlgorithm'],
      ] as const) {
        const code = number(end.params, key);
        if (code !== undefined) count(name, CODES, code);
      }
    }
  }
}
