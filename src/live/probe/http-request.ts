/** A GET on a connection that is up, over HTTP/1.1 or HTTP/2; of the response the head alone. */
import { request as httpRequest } from 'node:http';
import { connect as http2Connect } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { HttpRequest, HttpResponse } from '../../simulator/network/network-event.ts';

export interface HttpEvents {
  readonly responded: (response: HttpResponse) => void;
  /** Before or after the response. */
  readonly failed: (error: unknown) => void;
  /** An ORIGIN frame (RFC 8336). */
  readonly origins: (origins: readonly string[]) => void;
}

/** With no more header fields than the log shows. */
export function requestOverHttp1(socket: Duplex, { host, path }: HttpRequest, { responded, failed }: HttpEvents): void {
  const request = httpRequest({ createConnection: () => socket, path, setHost: false, headers: { Host: host } });
  request.removeHeader('Connection');
  request.on('error', failed);
  request.on('response', (response) => {
    responded(responseOf(response.statusCode, response.headers['alt-svc']));
    response.on('error', failed);
    response.resume();
  });
  request.end();
}

export function requestOverHttp2(socket: Duplex, { host, path }: HttpRequest, { responded, failed, origins }: HttpEvents): void {
  const session = http2Connect(`https://${host}`, { createConnection: () => socket });
  session.on('error', failed);
  session.on('origin', origins);
  const stream = session.request({ ':path': path }, { endStream: true });
  stream.on('error', failed);
  stream.on('response', (headers) => {
    responded(responseOf(headers[':status'], headers['alt-svc']));
  });
  stream.resume();
}

/** A field that comes several times is one list (RFC 9110 §5.3). */
function responseOf(status = 0, altSvc: string | readonly string[] | undefined): HttpResponse {
  return { status, ...(altSvc !== undefined && { altSvc: [altSvc].flat().join(', ') }) };
}
