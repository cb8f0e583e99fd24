/**
 * What is printed about a log, without the passwords, cookies and tokens that it may hold: a log captured
 * with everything is analysed on shared screens and its report is pasted into tickets.
 *
 * Less goes than from a redacted log: query strings, names and e-mail addresses stay, unless they assign
 * a value to a telling name.
 */
import type { Trace } from '../model/trace.ts';
import type { EventParams } from '../netlog/event.ts';
import { CREDENTIALS, type Kind } from './kind.ts';
import { redactParams } from './params.ts';
import { redactText, redactUrlText } from './text.ts';

const found = (): void => undefined;
const SCRUB = { kinds: CREDENTIALS, found };
const WITH_PAYLOAD = { kinds: new Set<Kind>([...CREDENTIALS, 'payload']), found };

/** Bytes of handshakes and of DNS answers are worth a look and hold no password; those of sockets and streams may. */
const HARMLESS_BYTES = /^(?:SSL_(?!SOCKET_BYTES)|CERT_|DNS_TRANSACTION|QUIC_SESSION_CRYPTO)/;

/** Parameters to print; `type` is the event's name, as logged or its role. */
export function shownParams(type: string, params: EventParams): EventParams {
  return redactParams(type, params, HARMLESS_BYTES.test(type) ? SCRUB : WITH_PAYLOAD);
}

/** A URL to print. */
export function shownUrl(url: string): string {
  return redactUrlText(url, SCRUB);
}

/** The trace to report on. */
export function withoutCredentials(trace: Trace): Trace {
  const { client } = trace.constants;
  const commandLine = client?.commandLine;
  return {
    ...trace,
    constants: commandLine === undefined ? trace.constants : { ...trace.constants, client: { ...client, commandLine: redactText(commandLine, SCRUB) } },
    requests: trace.requests.map((request) => (request.url === undefined ? request : { ...request, url: shownUrl(request.url) })),
    races: trace.races.map((race) => (race.proxy === undefined ? race : { ...race, proxy: shownUrl(race.proxy) })),
  };
}
