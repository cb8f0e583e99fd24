/** Collects, from all that happens in a simulation, what became of its requests. */
import type { ClientEvent, ConnectionId, RaceId, RequestId } from '../../engine/client/client-output.ts';
import type { Endpoint } from '../../engine/endpoint.ts';
import { type Millis, wholeMicros } from '../../units.ts';
import { REQUEST_ERRORS } from '../emit/failure-errors.ts';
import { netErrorText } from '../explain/words.ts';
import type { Happening } from '../happening.ts';
import type { Observer } from '../simulate.ts';
import type { RaceOutcome, RequestConnection, RequestOutcome } from './request-outcome.ts';

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type ClientHappening = Extract<ClientEvent, { layer: 'client' }>;

interface Connection {
  endpoint: Endpoint;
  alpn: string;
}

export class OutcomeCollector implements Observer {
  readonly #urls = new Map<RequestId, string>();
  readonly #requests = new Map<RequestId, Writable<RequestOutcome>>();
  readonly #races = new Map<RaceId, Writable<RaceOutcome>>();
  readonly #byResolverRequest = new Map<number, Writable<RaceOutcome>>();
  readonly #connections = new Map<ConnectionId, Connection>();

  requestBegins(request: RequestId, url: string): void {
    this.#urls.set(request, url);
  }

  happens(happening: Happening): void {
    if (happening.layer === 'client') this.#ofClient(happening);
    else if (happening.layer === 'race') this.#ofRace(happening);
    else if (happening.layer === 'resolver' && happening.output.kind === 'finished') {
      const race = this.#byResolverRequest.get(happening.output.requestId);
      if (race !== undefined) race.resolvedAtMs = happening.at;
    }
  }

  /** In the order in which they began. */
  outcomes(): readonly RequestOutcome[] {
    return [...this.#requests.values()];
  }

  #ofRace({ race: id, output, at }: Extract<Happening, { layer: 'race' }>): void {
    const race = this.#races.get(id);
    if (race === undefined) return;
    if (output.kind === 'cancel-attempt') race.cancelled += 1;
    if (output.kind === 'start-attempt') {
      race.started += 1;
      race.firstAttemptAtMs ??= at;
    }
  }

  #ofClient(happening: ClientHappening): void {
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the rest leaves requests as they are
    switch (happening.kind) {
      case 'race-began': {
        // For those who wait, races side by side to one destination are one.
        const race = this.#races.get(happening.besides ?? Number.NaN) ?? { started: 0, cancelled: 0, failed: 0 };
        this.#races.set(happening.race, race);
        this.#byResolverRequest.set(happening.resolverRequest, race);
        return;
      }
      case 'attempt-began':
        this.#connections.set(happening.connection, { endpoint: happening.endpoint, alpn: '' });
        return;
      case 'attempt-failed': {
        const race = this.#races.get(happening.race);
        if (race !== undefined) race.failed += 1;
        return;
      }
      case 'session-opened': {
        const connection = this.#connections.get(happening.connection);
        if (connection !== undefined) connection.alpn = happening.alpn;
        return;
      }
      case 'request-began': {
        const { request, purpose, at } = happening;
        this.#requests.set(request, { url: this.#urls.get(request) ?? '', purpose, beganAtMs: at });
        return;
      }
      default:
        if (!('request' in happening)) return;
        this.#ofRequest(happening, this.#requests.get(happening.request));
    }
  }

  #ofRequest(happening: Extract<ClientHappening, { request: RequestId }>, request: Writable<RequestOutcome> | undefined): void {
    if (request === undefined) return;
    const { at } = happening;
    if (happening.kind === 'race-joined') {
      const race = this.#races.get(happening.race);
      if (race !== undefined) request.race = race;
    } else if (happening.kind === 'request-assigned') {
      const connection = this.#connectionOf(happening.connection, happening.reused, at - request.beganAtMs);
      if (connection !== undefined) request.connection = connection;
    } else if (happening.kind === 'request-done') request.ended = { state: 'done', atMs: at };
    else if (happening.kind === 'request-cancelled') request.ended = { state: 'cancelled', atMs: at };
    else if (happening.kind === 'request-failed') {
      request.ended = { state: 'failed', atMs: at };
      request.error = netErrorText(happening.error ?? REQUEST_ERRORS[happening.failure]);
    }
  }

  #connectionOf(id: ConnectionId, reused: boolean, afterMs: Millis): RequestConnection | undefined {
    const connection = this.#connections.get(id);
    return connection === undefined ? undefined : { ...connection, reused, afterMs: wholeMicros(afterMs) };
  }
}
