/**
 * The stream under DNS over TCP (RFC 7766) and HTTPS (RFC 8484): opens, then lets the exchanges that wait on it go.
 *
 * A DNS server needs no entry among the servers of a scenario; its certificate is good.
 */
import type { Millis } from '../../units.ts';
import type { Medium } from './medium.ts';
import { type NetError, netError } from './net-error.ts';
import type { ExchangeEvent, ExchangeEventSink, NetworkId } from './network-event.ts';
import { TcpConnection } from './tcp-connection.ts';

/** An exchange that needs the stream. */
export interface DnsChannelUser {
  channelOpened(now: Millis): void;
  channelFailed(error: NetError, now: Millis): void;
}

export class DnsChannel implements ExchangeEventSink {
  readonly #server: string;
  readonly #secure: boolean;
  readonly #connection: TcpConnection;
  readonly #users: DnsChannelUser[] = [];
  #state: 'opening' | 'open' | 'failed' = 'opening';

  /** @param id under which the wire log shows the packets: that of the exchange that opens the channel. */
  constructor(id: NetworkId, server: string, transport: 'tcp' | 'https', medium: Medium, now: Millis) {
    this.#server = server;
    this.#secure = transport === 'https';
    const route = { transport: 'tcp', address: server, port: this.#secure ? 443 : 53 } as const;
    const listener = { addresses: [server], port: route.port, protocols: ['h2'], names: [server], issuer: '' };
    this.#connection = new TcpConnection({ id, route, medium, sink: this, reachable: true, listeners: [listener], roots: undefined }, now);
  }

  get failed(): boolean {
    return this.#state === 'failed';
  }

  /** Tells the user, now or later, that it may send, or that the channel is gone; only while it has not failed. */
  use(user: DnsChannelUser, now: Millis): void {
    this.#users.push(user);
    if (this.#state === 'open') user.channelOpened(now);
  }

  /** Nobody needs it any more. */
  cancel(): void {
    this.#connection.cancel();
  }

  receive(_id: NetworkId, event: ExchangeEvent, now: Millis): void {
    const { kind } = event;
    if (kind === 'tcp-connected' && this.#secure) this.#connection.startTls({ serverName: this.#server, alpn: ['h2'] }, now);
    else if (kind === 'tcp-connected' || kind === 'tls-done') this.#open(now);
    else if (kind === 'tcp-failed' || kind === 'tls-failed') this.#fail(event.error, now);
  }

  /** A query on the open channel was answered by a RST, which ends it for all of them. */
  reset(now: Millis): void {
    this.#connection.cancel();
    this.#fail(netError('ERR_CONNECTION_RESET'), now);
  }

  #open(now: Millis): void {
    this.#state = 'open';
    for (const user of this.#users) user.channelOpened(now);
  }

  #fail(error: NetError, now: Millis): void {
    this.#state = 'failed';
    for (const user of this.#users.splice(0)) user.channelFailed(error, now);
  }
}
