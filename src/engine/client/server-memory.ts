/** What a client remembers of servers over TCP, by origin: which multiplex, and which demand HTTP/1.1. */
import { type Destination, destinationKey } from './destination.ts';

export class ServerMemory {
  readonly #multiplexing = new Set<string>();
  readonly #http11Required = new Set<string>();

  /** A secure handshake over TCP chose `alpn`. */
  chose(destination: Destination, alpn: string): void {
    if (alpn === 'h2') this.#multiplexing.add(destinationKey(destination));
    else this.#multiplexing.delete(destinationKey(destination));
  }

  /** The server closed an HTTP/2 session with HTTP_1_1_REQUIRED (RFC 9113 §7). */
  requireHttp11(destination: Destination): void {
    this.#multiplexing.delete(destinationKey(destination));
    this.#http11Required.add(destinationKey(destination));
  }

  /** One connection was enough last time (M-38, M-46), and it may be so again (M-39). */
  multiplexes(destination: Destination): boolean {
    return this.#multiplexing.has(destinationKey(destination));
  }

  requiresHttp11(destination: Destination): boolean {
    return this.#http11Required.has(destinationKey(destination));
  }
}
