/** What the network and the scenario mean for a client: each event and each wish as one of its inputs. */
import type { Client } from '../engine/client/client.ts';
import type { RequestTerms } from '../engine/client/request.ts';
import type { AttemptFailure } from '../engine/race/race.ts';
import type { Millis } from '../units.ts';
import type { Wish } from './agenda.ts';
import { readAltSvc } from './alt-svc.ts';
import type { ConnectionEvent, NetworkEvent } from './network/network-event.ts';
import type { ScenarioRequest } from './scenario/scenario.ts';

/** Net error ERR_NETWORK_CHANGED. */
const NETWORK_CHANGED = -21;
/** Net error ERR_CONNECTION_CLOSED. */
const CONNECTION_CLOSED = -100;
/** Certificate errors and the demand for a client certificate end a race at once. */
const CERTIFICATE_ERRORS = { from: -299, to: -200 };
const CLIENT_CERTIFICATE_NEEDED = -110;

export function ask(client: Client, wish: Wish, now: Millis): void {
  if (wish.kind === 'cancel') return client.cancel(wish.request, now);
  const { request, entry } = wish;
  const { url, work, partition } = entry;
  const destination = { scheme: url.scheme, host: url.host, port: url.port, ...(partition !== undefined && { partition }) };
  if (wish.kind === 'load') client.load(request, destination, now, termsOf(entry));
  else if (wish.kind === 'resolve') client.resolve(request, destination, now);
  else client.preconnect(request, destination, work.kind === 'preconnect' ? work.connections : 1, now);
}

function termsOf({ priority, quic, alpn }: ScenarioRequest): RequestTerms {
  const protocols = (alpn ?? ALL_PROTOCOLS).filter((protocol) => quic || protocol !== 'h3');
  return { ...(priority !== undefined && { priority }), ...((alpn !== undefined || !quic) && { protocols }) };
}

const ALL_PROTOCOLS = ['h3', 'h2', 'http/1.1'] as const;

/** `certificateNames`: of the server that the event comes from. */
export function tell(client: Client, event: NetworkEvent, certificateNames: readonly string[], now: Millis): void {
  if (event.kind === 'address-added') return client.networkChanged(NETWORK_CHANGED, now);
  const id = Number(String(event.id).slice(1));
  switch (event.kind) {
    case 'dns-answer':
      return client.dnsReply(id, event.answer, now);
    case 'dns-truncated':
      return client.dnsReply(id, { kind: 'truncated' }, now);
    case 'dns-failed':
      return client.dnsReply(id, { kind: 'failure', failure: 'network' }, now);
    case 'system-answer':
      return client.systemReply(id, { kind: 'addresses', addresses: event.addresses }, now);
    case 'system-failed':
      return client.systemReply(id, { kind: 'failure', failure: 'not-found' }, now);
    case 'tcp-connected':
      return client.transportConnected(id, now);
    case 'tls-done':
    case 'quic-connected':
      return client.secured(id, { alpn: event.alpn, names: certificateNames }, now);
    case 'quic-handshake-complete':
      return;
    case 'tcp-failed':
    case 'tls-failed':
    case 'quic-failed':
      return client.attemptFailed(id, failureOf(event), event.error.code, now);
    case 'origin-frame':
      return client.originsReceived(id, event.origins, now);
    case 'preferred-address':
      return client.preferredAddress(id, event, now);
    case 'migrated':
      return client.migrated(id);
    case 'migration-failed':
      return client.migrationFailed(id);
    case 'response':
      return client.responded(Number(event.request), event.response.altSvc === undefined ? [] : readAltSvc(event.response.altSvc), now);
    case 'closed':
      // A server that tires of waiting may close before the secure handshake is done: then it is an attempt that ends.
      client.attemptFailed(id, { kind: 'error' }, event.error?.code ?? CONNECTION_CLOSED, now);
      return client.sessionClosed(id, now, event.error?.code);
  }
}

function failureOf(event: Extract<ConnectionEvent, { kind: 'tcp-failed' | 'tls-failed' | 'quic-failed' }>): AttemptFailure {
  if (event.kind === 'tcp-failed') return { kind: 'error' };
  const { code, name } = event.error;
  if (name === 'ERR_ECH_NOT_NEGOTIATED') return { kind: 'ech-rejected', retryConfig: event.retryConfigs ?? '' };
  const isFatal = (code >= CERTIFICATE_ERRORS.from && code <= CERTIFICATE_ERRORS.to) || code === CLIENT_CERTIFICATE_NEEDED;
  return { kind: isFatal && event.kind === 'tls-failed' ? 'fatal' : 'error' };
}
