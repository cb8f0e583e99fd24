/**
 * One QUIC connection of the client: one round trip, or none with early data (0-RTT).
 *
 * The client repeats its Initial until the server's flight is in, and the server answers each; an ORIGIN frame comes
 * with that flight. Acknowledgements, address validation by Retry and the server's own path validation are left out.
 */
import type { Millis } from '../../units.ts';
import { Connection, type ConnectionSetting } from './connection.ts';
import type { Message, Route } from './exchange.ts';
import { repeated } from './medium.ts';
import { type NetError, netError } from './net-error.ts';
import type { ExchangeEvent, ExchangeEventSink, NetworkId, QuicErrorName } from './network-event.ts';
import { PathValidation } from './path-validation.ts';
import { type TlsOffer, type TlsOutcome, isOfferable, negotiateTls } from './tls.ts';

export interface QuicOffer extends TlsOffer {
  /** The client holds a ticket of this server and uses it. */
  readonly earlyData: boolean;
}

interface QuicFailure {
  readonly error: NetError;
  readonly quicError?: QuicErrorName;
  readonly retryConfigs?: string;
}

export class QuicConnection extends Connection implements ExchangeEventSink {
  readonly #offer: QuicOffer;
  /** `early`: requests may be sent, though nothing has come from the server yet. */
  #state: 'handshaking' | 'early' | 'complete' = 'handshaking';
  /** An Initial has reached the server, so that it can read what follows. */
  #knownToServer = false;
  #validation: PathValidation | undefined;

  /** Sends the first Initial, if there is a way for it and the offer can be made. */
  constructor(setting: ConnectionSetting, offer: QuicOffer, now: Millis) {
    super(setting);
    this.#offer = offer;
    const possible = setting.reachable && isOfferable(offer);
    if (possible) {
      this.#sendInitial(this.compose('toServer', { kind: 'initial', offer }), now);
      this.medium.schedule(this, { kind: 'deadline', deadline: 'give-up' }, now + this.medium.parameters.quicHandshakeTimeoutMs);
    }
    if (!possible || offer.earlyData) this.medium.schedule(this, { kind: 'deadline', deadline: 'at-once' }, now);
  }

  /**
   * Moves to an address that the server prefers, once the path there is validated; nothing happens on a connection
   * that has ended meanwhile. One migration at a time.
   */
  migrate(route: Route, reachable: boolean, now: Millis): void {
    if (this.over) return;
    if (this.#state !== 'complete' || this.#validation?.over === false) throw new Error(`${this.id} cannot migrate now`);
    this.#validation = new PathValidation(this.id, route, reachable, this.medium, this, now);
  }

  /** What came of the path validation. */
  receive(_id: NetworkId, event: ExchangeEvent, now: Millis): void {
    if (event.kind !== 'migrated' && event.kind !== 'migration-failed') throw new Error(`A path validation brings no ${event.kind}`);
    if (event.kind === 'migrated' && this.#validation !== undefined) this.moveTo(this.#validation.route);
    this.emit(event, now);
  }

  override cancel(): void {
    super.cancel();
    this.#validation?.cancel();
  }

  protected get retransmissionMs(): Millis {
    return this.#state === 'complete' ? this.medium.quicProbeMs : this.medium.parameters.quicInitialTimeoutMs;
  }

  protected arrived(message: Message, now: Millis): void {
    const { content } = message;
    switch (content.kind) {
      case 'initial':
        return this.#initialArrived(content.offer, now);
      case 'refusal':
        return this.#fail({ error: netError('ERR_QUIC_PROTOCOL_ERROR'), quicError: 'QUIC_PACKET_READ_ERROR' }, now);
      case 'server-flight':
        return this.#handshakeEnded(content.outcome, now);
      case 'finished':
        return this.sendReliably(this.compose('fromServer', { kind: 'handshake-done' }), now);
      case 'handshake-done':
        return this.emit({ kind: 'preferred-address', ...this.server?.preferredAddress }, now);
      case 'request':
        // Early data that overtook or outlived its Initial is of no use to the server.
        if (!this.#knownToServer) this.medium.schedule(this, { kind: 'unanswered', message }, now + this.retransmissionMs);
        else this.httpArrived(message, now);
        return;
      case 'response':
        return this.httpArrived(message, now);
      case 'syn':
      case 'syn-ack':
      case 'client-hello':
      case 'settings':
      case 'path-challenge':
      case 'path-response':
      case 'query':
      case 'answer':
        throw new Error(`A QUIC connection carries no ${content.kind}`);
    }
  }

  /** An established connection takes no notice of ICMP (RFC 9000 §14.2.1). */
  protected rejected(_message: Message, _how: 'reset' | 'unreachable', now: Millis): void {
    if (this.#state !== 'complete') this.#fail({ error: netError('ERR_QUIC_PROTOCOL_ERROR'), quicError: 'QUIC_PACKET_READ_ERROR' }, now);
  }

  protected unanswered(message: Message, now: Millis): void {
    if (message.content.kind !== 'initial') this.repeatData(message, now);
    else if (this.#state !== 'complete') this.#sendInitial(repeated(message), now);
  }

  protected deadlinePassed(deadline: 'at-once' | 'give-up', now: Millis): void {
    if (deadline === 'give-up') {
      if (this.#state !== 'complete') this.#fail({ error: netError('ERR_QUIC_PROTOCOL_ERROR'), quicError: 'QUIC_NETWORK_IDLE_TIMEOUT' }, now);
    } else if (!this.setting.reachable) {
      this.#fail({ error: netError('ERR_ADDRESS_UNREACHABLE') }, now);
    } else if (!isOfferable(this.#offer)) {
      this.#fail({ error: netError('ERR_INVALID_ECH_CONFIG_LIST') }, now);
    } else {
      this.#state = 'early';
      this.emit({ kind: 'quic-connected', alpn: 'h3', earlyData: true }, now);
    }
  }

  /** Without an RTT sample the wait doubles from a fixed start: Initials at 0, 300, 900, 2100 (measured). */
  #sendInitial(initial: Message, now: Millis): void {
    this.send(initial, now);
    const wait = this.medium.parameters.quicInitialTimeoutMs * 2 ** initial.repetition;
    this.medium.schedule(this, { kind: 'unanswered', message: initial }, now + wait);
  }

  #initialArrived(offer: TlsOffer, now: Millis): void {
    const { listeners, roots } = this.setting;
    if (listeners.length === 0) return this.send(this.compose('fromServer', { kind: 'refusal' }), now);
    const outcome = negotiateTls(listeners, offer, 'quic', roots);
    if (outcome.kind === 'done' && !this.#knownToServer) {
      this.#knownToServer = true;
      this.serve(outcome.server, true, now);
    }
    this.send(this.compose('fromServer', { kind: 'server-flight', outcome }), now);
  }

  #handshakeEnded(outcome: TlsOutcome, now: Millis): void {
    if (this.#state === 'complete') return;
    if (outcome.kind === 'failed') {
      const certificate = outcome.error.name.startsWith('ERR_CERT_');
      const quicError = certificate ? 'QUIC_TLS_CERTIFICATE_UNKNOWN' : 'QUIC_HANDSHAKE_FAILED';
      return this.#fail({ ...outcome, error: netError('ERR_QUIC_PROTOCOL_ERROR'), quicError }, now);
    }
    const early = this.#state === 'early';
    this.#state = 'complete';
    if (!early) this.emit({ kind: 'quic-connected', alpn: outcome.alpn, earlyData: false }, now);
    const { preferredAddress, originFrame } = outcome.server;
    this.emit({ kind: 'quic-handshake-complete', ech: outcome.ech, ...(preferredAddress !== undefined && { preferredAddress }) }, now);
    if (originFrame !== undefined) this.emit({ kind: 'origin-frame', origins: originFrame }, now);
    if (preferredAddress !== undefined) this.sendReliably(this.compose('toServer', { kind: 'finished' }), now);
  }

  #fail(failure: QuicFailure, now: Millis): void {
    this.end({ ...failure, kind: this.#state === 'handshaking' ? 'quic-failed' : 'closed' }, now);
  }
}
