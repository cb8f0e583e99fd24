/** The requests of a client from beginning to end, whoever serves them. */
import type { Millis } from '../../units.ts';
import type { ConnectionId, RequestFailure, RequestId } from './client-output.ts';
import type { Outbox } from './outbox.ts';
import type { Request } from './request.ts';
import { type Session, isMultiplexed } from './session.ts';

export class Requests {
  readonly #outbox: Outbox;
  readonly #requests = new Map<RequestId, Request>();

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  get(id: RequestId): Request | undefined {
    return this.#requests.get(id);
  }

  carriedBy(connection: ConnectionId): readonly Request[] {
    return [...this.#requests.values()].filter((request) => request.connection === connection);
  }

  begin(request: Request, now: Millis): void {
    const { id, destination, purpose } = request;
    this.#requests.set(id, request);
    this.#outbox.emit({ kind: 'request-began', request: id, destination, purpose }, now);
  }

  /** A load goes out on the session; a preconnect is done with it. */
  assign(request: Request, session: Session, reused: boolean, now: Millis): void {
    const { id, purpose } = request;
    const { connection } = session;
    this.#outbox.emit({ kind: 'request-assigned', request: id, connection, reused }, now);
    if (purpose !== 'load') return this.done(id, now);
    request.connection = connection;
    request.reused = reused;
    if (!isMultiplexed(session)) session.busyWith = id;
    this.#outbox.emit({ kind: 'send-request', connection, request: id }, now);
  }

  done(id: RequestId, now: Millis): void {
    this.#requests.delete(id);
    this.#outbox.emit({ kind: 'request-done', request: id }, now);
  }

  cancel(id: RequestId, now: Millis): void {
    this.#requests.delete(id);
    this.#outbox.emit({ kind: 'request-cancelled', request: id }, now);
  }

  fail(id: RequestId, failure: RequestFailure, error: number | undefined, now: Millis): void {
    this.#requests.delete(id);
    this.#outbox.emit({ kind: 'request-failed', request: id, failure, error }, now);
  }

  /** It waits once more, as if it were new. */
  retry(request: Request, error: number, now: Millis): void {
    delete request.connection;
    delete request.race;
    request.retried = true;
    this.#outbox.emit({ kind: 'request-retried', request: request.id, error }, now);
  }
}
