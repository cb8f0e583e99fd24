/** Requests that no session carries yet: higher priority first, then the older one. */
import type { RequestId } from './client-output.ts';
import { type Priority, PRIORITIES, type Request } from './request.ts';

export class RequestQueue {
  readonly #requests: Request[] = [];

  get size(): number {
    return this.#requests.length;
  }

  get first(): Request | undefined {
    return this.#requests[0];
  }

  get loads(): number {
    return this.#requests.reduce((count, { purpose }) => count + (purpose === 'load' ? 1 : 0), 0);
  }

  /** The largest number that a preconnect among them wants. */
  get mostSockets(): number {
    return this.#requests.reduce((most, { purpose, sockets }) => (purpose === 'preconnect' ? Math.max(most, sockets) : most), 0);
  }

  /** In order; to be changed while it is read. */
  all(): readonly Request[] {
    return [...this.#requests];
  }

  add(request: Request): void {
    const behind = this.#requests.findIndex(({ priority }) => rank(priority) < rank(request.priority));
    this.#requests.splice(behind < 0 ? this.#requests.length : behind, 0, request);
  }

  /** `false` if it does not wait here. */
  remove(id: RequestId): boolean {
    const index = this.#requests.findIndex((request) => request.id === id);
    if (index >= 0) this.#requests.splice(index, 1);
    return index >= 0;
  }

  /** Takes all. */
  take(): readonly Request[] {
    return this.#requests.splice(0);
  }

  setPriority(id: RequestId, priority: Priority): void {
    const request = this.#requests.find((waiting) => waiting.id === id);
    if (request === undefined) return;
    this.remove(id);
    request.priority = priority;
    this.add(request);
  }
}

export function rank(priority: Priority): number {
  return PRIORITIES.indexOf(priority);
}
