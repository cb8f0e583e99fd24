/** What a server answers to an HTTP request, as far as connections are concerned. */
import type { HttpResponse } from './network-event.ts';
import type { Server } from './network-inputs.ts';

/** @param secure whether the request came over TLS; a server with a certificate refuses one that did not. */
export function respond(server: Server, secure: boolean): HttpResponse {
  if (!secure && server.issuer !== undefined) return { status: 400 };
  return {
    status: 200,
    ...(server.altSvc !== undefined && { altSvc: server.altSvc }),
  };
}
