/** HTTP on a stream: a request's headers go out on a session, the response's come in (HTTP_TRANSACTION_*). */
import type { Millis } from '../../units.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';
import type { HttpResponse } from '../network/network-event.ts';
import type { OpenSession } from './session-emitter.ts';

export interface SentRequest {
  readonly source: SimulatedSource;
  readonly url: string;
  readonly host: string;
}

export class ResponseEmitter {
  readonly #log: SourceLog;

  constructor(log: SourceLog) {
    this.#log = log;
  }

  sent({ source, url, host }: SentRequest, session: OpenSession, at: Millis): void {
    const log = this.#log;
    const { pathname, search, protocol } = new URL(url);
    const path = `${pathname}${search}`;
    const headers = [':method: GET', `:authority: ${host}`, `:scheme: ${protocol.slice(0, -1)}`, `:path: ${path}`];
    log.begin(source, 'HTTP_TRANSACTION_SEND_REQUEST', at);
    switch (session.protocol) {
      case 'http/1.1':
        log.event(source, 'HTTP_TRANSACTION_SEND_REQUEST_HEADERS', at, { headers: [`Host: ${host}`], line: `GET ${path} HTTP/1.1\r\n` });
        // Nothing links the two but that the write comes next.
        log.event(session.socket.source, 'SOCKET_BYTES_SENT', at, { byte_count: `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`.length });
        break;
      case 'h2':
        log.event(source, 'HTTP_TRANSACTION_HTTP2_SEND_REQUEST_HEADERS', at, { headers });
        if (session.session !== undefined) log.event(session.session, 'HTTP2_SESSION_SEND_HEADERS', at, { fin: true, headers, source_dependency: log.dependency(source) });
        break;
      case 'h3':
        log.event(source, 'HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS', at, { headers });
        log.event(session.session, 'QUIC_CHROMIUM_CLIENT_STREAM_SEND_REQUEST_HEADERS', at, { headers });
        break;
    }
    log.end(source, 'HTTP_TRANSACTION_SEND_REQUEST', at);
    log.begin(source, 'HTTP_TRANSACTION_READ_HEADERS', at);
  }

  responded(source: SimulatedSource, session: OpenSession, { status, altSvc }: HttpResponse, at: Millis): void {
    const log = this.#log;
    const fields = altSvc === undefined ? [] : [`alt-svc: ${altSvc}`];
    const headers = [`:status: ${status}`, ...fields];
    if (session.protocol === 'h2' && session.session !== undefined) log.event(session.session, 'HTTP2_SESSION_RECV_HEADERS', at, { fin: false, headers });
    else if (session.protocol === 'h3') log.event(session.session, 'QUIC_CHROMIUM_CLIENT_STREAM_READ_RESPONSE_HEADERS', at, { headers });
    log.event(source, 'HTTP_TRANSACTION_READ_RESPONSE_HEADERS', at, { headers: [`HTTP/1.1 ${status}`, ...fields] });
    log.end(source, 'HTTP_TRANSACTION_READ_HEADERS', at);
  }
}
