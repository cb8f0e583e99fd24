/**
 * One TCP connection of the client, with TLS 1.3 on it if asked for.
 *
 * TCP takes one round trip, TLS one more, the server's first frames over HTTP/2 a third: it sends them when the
 * client's Finished is in, as recorded ones do. Acknowledgements, windows and the closing handshake are left out; lost
 * data is repeated by its sender.
 */
import type { Millis } from '../../units.ts';
import { Connection, type ConnectionSetting } from './connection.ts';
import type { Message } from './exchange.ts';
import { repeated } from './medium.ts';
import { type NetErrorName, netError } from './net-error.ts';
import { type TlsOffer, type TlsOutcome, isOfferable, negotiateTls } from './tls.ts';

export class TcpConnection extends Connection {
  /** `connected` is the end for a connection without TLS. */
  #state: 'connecting' | 'connected' | 'handshaking' | 'secure' = 'connecting';
  readonly #startedAt: Millis;

  /** Sends the first SYN, if there is a way for it. */
  constructor(setting: ConnectionSetting, now: Millis) {
    super(setting);
    this.#startedAt = now;
    if (setting.reachable) this.#sendSyn(this.compose('toServer', { kind: 'syn' }), now);
    else this.medium.schedule(this, { kind: 'deadline', deadline: 'at-once' }, now);
  }

  /** Sends the ClientHello on a connection that is up; nothing happens on one that has ended meanwhile. */
  startTls(offer: TlsOffer, now: Millis): void {
    if (this.over) return;
    if (this.#state !== 'connected') throw new Error(`TLS cannot start on a connection that is ${this.#state}`);
    this.#state = 'handshaking';
    if (isOfferable(offer)) this.sendReliably(this.compose('toServer', { kind: 'client-hello', offer }), now);
    else this.medium.schedule(this, { kind: 'deadline', deadline: 'at-once' }, now);
  }

  protected get retransmissionMs(): Millis {
    return this.medium.tcpRetransmissionMs;
  }

  protected arrived(message: Message, now: Millis): void {
    const { content } = message;
    switch (content.kind) {
      case 'syn':
        return this.send(this.compose('fromServer', { kind: this.setting.listeners.length > 0 ? 'syn-ack' : 'refusal' }), now);
      case 'syn-ack':
        return this.#connected(now);
      case 'refusal':
        return this.#fail('ERR_CONNECTION_REFUSED', now);
      case 'client-hello': {
        const outcome = negotiateTls(this.setting.listeners, content.offer, 'tcp', this.setting.roots);
        return this.sendReliably(this.compose('fromServer', { kind: 'server-flight', outcome }), now);
      }
      case 'server-flight':
        return this.#handshakeEnded(content.outcome, now);
      case 'finished':
        return this.sendReliably(this.compose('fromServer', { kind: 'settings', origins: this.server?.originFrame ?? [] }), now);
      case 'settings':
        return this.emit({ kind: 'origin-frame', origins: content.origins }, now);
      case 'request':
      case 'response':
        return this.httpArrived(message, now);
      case 'initial':
      case 'handshake-done':
      case 'path-challenge':
      case 'path-response':
      case 'query':
      case 'answer':
        throw new Error(`A TCP connection carries no ${content.kind}`);
    }
  }

  protected rejected(message: Message, how: 'reset' | 'unreachable', now: Millis): void {
    if (this.#state === 'connecting') this.#fail(how === 'reset' ? 'ERR_CONNECTION_REFUSED' : 'ERR_ADDRESS_UNREACHABLE', now);
    // What comes back to a late duplicate of the SYN is not for the connection that is up.
    else if (how === 'reset' && message.content.kind !== 'syn' && message.content.kind !== 'syn-ack') this.#fail('ERR_CONNECTION_RESET', now);
  }

  protected unanswered(message: Message, now: Millis): void {
    if (message.content.kind === 'syn') {
      if (this.#state === 'connecting') this.#sendSyn(repeated(message), now);
    } else if (!this.repeatData(message, now) && message.direction === 'toServer') {
      this.#fail('ERR_CONNECTION_TIMED_OUT', now);
    }
  }

  protected deadlinePassed(deadline: 'at-once' | 'give-up', now: Millis): void {
    if (deadline === 'at-once') this.#fail(this.setting.reachable ? 'ERR_INVALID_ECH_CONFIG_LIST' : 'ERR_ADDRESS_UNREACHABLE', now);
    else if (this.#state === 'connecting') this.#fail('ERR_CONNECTION_TIMED_OUT', now);
  }

  #sendSyn(syn: Message, now: Millis): void {
    this.send(syn, now);
    const { synRetransmitsMs, connectTimeoutMs } = this.medium.parameters;
    const next = synRetransmitsMs[syn.repetition];
    if (next !== undefined) this.medium.schedule(this, { kind: 'unanswered', message: syn }, this.#startedAt + next);
    else this.medium.schedule(this, { kind: 'deadline', deadline: 'give-up' }, this.#startedAt + connectTimeoutMs);
  }

  #connected(now: Millis): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'connected';
    const { listeners } = this.setting;
    this.serve(listeners.find(({ issuer }) => issuer === undefined) ?? listeners[0]!, false, now);
    this.emit({ kind: 'tcp-connected' }, now);
  }

  #handshakeEnded(outcome: TlsOutcome, now: Millis): void {
    if (outcome.kind === 'failed') return this.end({ ...outcome, kind: 'tls-failed' }, now);
    this.#state = 'secure';
    this.serve(outcome.server, true, now);
    this.emit({ kind: 'tls-done', alpn: outcome.alpn, ech: outcome.ech }, now);
    if (outcome.alpn === 'h2' && outcome.server.originFrame !== undefined) this.sendReliably(this.compose('toServer', { kind: 'finished' }), now);
  }

  /** The connection ends by an error; which event says so depends on how far it had come. */
  #fail(name: NetErrorName, now: Millis): void {
    const error = netError(name);
    switch (this.#state) {
      case 'connecting':
        return this.end({ kind: 'tcp-failed', error }, now);
      case 'handshaking':
        return this.end({ kind: 'tls-failed', error }, now);
      case 'connected':
      case 'secure':
        return this.end({ kind: 'closed', error }, now);
    }
  }
}
