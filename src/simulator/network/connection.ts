/**
 * What TCP and QUIC connections have in common: HTTP requests and responses once they are up, and ending when idle.
 */
import type { Millis } from '../../units.ts';
import type { Exchange, Happening, Message, MessageContent, Route } from './exchange.ts';
import { respond } from './http-server.ts';
import { type Medium, repeated } from './medium.ts';
import type { ConnectionEvent, ExchangeEventSink, HttpRequest, NetworkId } from './network-event.ts';
import type { Direction, Server } from './network-inputs.ts';

export interface ConnectionSetting {
  readonly id: NetworkId;
  readonly route: Route;
  readonly medium: Medium;
  readonly sink: ExchangeEventSink;
  /** Whether the client has an address of the server's family; without one connecting fails at once. */
  readonly reachable: boolean;
  /** Who listens at the end of the route; empty: it refuses. */
  readonly listeners: readonly Server[];
  /** Certificate authorities that the client trusts; absent: all. */
  readonly roots: readonly string[] | undefined;
}

export abstract class Connection implements Exchange {
  readonly id: NetworkId;
  protected readonly setting: ConnectionSetting;
  protected readonly medium: Medium;
  #route: Route;
  #over = false;
  /** Who answers requests, and whether over TLS; absent until the connection is up. */
  #serving: { readonly server: Server; readonly secure: boolean } | undefined;
  #lastActivity: Millis = 0;

  constructor(setting: ConnectionSetting) {
    this.id = setting.id;
    this.setting = setting;
    this.medium = setting.medium;
    this.#route = setting.route;
  }

  get over(): boolean {
    return this.#over;
  }

  cancel(): void {
    this.#over = true;
  }

  /** Sends a request on a connection that is up; nothing happens on one that has ended meanwhile. */
  sendRequest(request: HttpRequest, now: Millis): void {
    if (this.#over) return;
    this.#lastActivity = now;
    this.sendReliably(this.compose('toServer', { kind: 'request', request }), now);
  }

  happen(happening: Happening, now: Millis): void {
    switch (happening.kind) {
      case 'arrived':
        if (happening.message.direction === 'fromServer') this.#lastActivity = now;
        return this.arrived(happening.message, now);
      case 'rejected':
        return this.rejected(happening.message, happening.how, now);
      case 'unanswered':
        return this.unanswered(happening.message, now);
      case 'deadline':
        return happening.deadline === 'idle' ? this.#closeIfIdle(now) : this.deadlinePassed(happening.deadline, now);
      case 'prepared':
        throw new Error('Connections answer without preparation');
    }
  }

  protected abstract arrived(message: Message, now: Millis): void;
  protected abstract rejected(message: Message, how: 'reset' | 'unreachable', now: Millis): void;
  protected abstract unanswered(message: Message, now: Millis): void;
  protected abstract deadlinePassed(deadline: 'at-once' | 'give-up', now: Millis): void;
  /** How long the sender of lost data waits before its first repetition. */
  protected abstract get retransmissionMs(): Millis;

  /** Who answers; absent until the connection is up. */
  protected get server(): Server | undefined {
    return this.#serving?.server;
  }

  /** The connection carries requests from now on; a second call (TLS over TCP) replaces the first. */
  protected serve(server: Server, secure: boolean, now: Millis): void {
    const idleWatched = this.#serving?.server.idleTimeoutMs !== undefined;
    this.#serving = { server, secure };
    this.#lastActivity = now;
    if (server.idleTimeoutMs !== undefined && !idleWatched) this.#watchIdle(now + server.idleTimeoutMs);
  }

  /** Requests and responses; the rest of what arrives is the transport's. */
  protected httpArrived({ content }: Message, now: Millis): void {
    if (content.kind === 'request' && this.#serving !== undefined) {
      const response = respond(this.#serving.server, this.#serving.secure);
      this.sendReliably(this.compose('fromServer', { kind: 'response', request: content.request, response }), now);
    } else if (content.kind === 'response') {
      this.emit({ kind: 'response', request: content.request.id, response: content.response }, now);
    }
  }

  /** Repeats lost data; `false` once that has been done often enough. */
  protected repeatData(message: Message, now: Millis): boolean {
    if (message.repetition >= this.medium.parameters.dataRetransmits) return false;
    this.sendReliably(repeated(message), now);
    return true;
  }

  protected compose(direction: Direction, content: MessageContent): Message {
    return { content, direction, repetition: 0 };
  }

  protected send(message: Message, now: Millis): void {
    this.medium.send(this, this.#route, message, now);
  }

  /** Whatever is sent from now on takes another route. */
  protected moveTo(route: Route): void {
    this.#route = route;
  }

  protected sendReliably(message: Message, now: Millis): void {
    this.medium.sendReliably(this, this.#route, message, this.retransmissionMs, now);
  }

  protected emit(event: ConnectionEvent, now: Millis): void {
    this.setting.sink.receive(this.id, event, now);
  }

  /** The last event of this connection. */
  protected end(event: ConnectionEvent, now: Millis): void {
    this.cancel();
    this.emit(event, now);
  }

  #watchIdle(at: Millis): void {
    this.medium.schedule(this, { kind: 'deadline', deadline: 'idle' }, at);
  }

  #closeIfIdle(now: Millis): void {
    const idleAt = this.#lastActivity + (this.#serving?.server.idleTimeoutMs ?? Infinity);
    if (now >= idleAt) this.end({ kind: 'closed' }, now);
    else if (idleAt < Infinity) this.#watchIdle(idleAt);
  }
}
