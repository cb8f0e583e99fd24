/** Listens on this machine only: at 127.0.0.1 and ::1, whichever it has, at the same port. */
import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listening {
  /** `127.0.0.1`, or `[::1]` where there is no IPv4. */
  readonly host: string;
  readonly port: number;
  /** Ends running answers, too. */
  readonly close: () => void;
}

/** A free port may be taken at the other address. */
const MOST_TRIES = 10;

/** `port`: 0 for a free one. Throws Node's own error (`EADDRINUSE`, `EACCES`, …) if it cannot be had. */
export async function listenOnLoopback(listener: RequestListener, port: number): Promise<Listening> {
  for (let left = MOST_TRIES; ; left--) {
    const servers: Server[] = [];
    const close = (): void => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    };
    try {
      const ipv4 = await listening(listener, '127.0.0.1', port);
      if (ipv4 !== undefined) servers.push(ipv4);
      const ipv6 = await listening(listener, '::1', ipv4 === undefined ? port : portOf(ipv4));
      if (ipv6 !== undefined) servers.push(ipv6);
      const [first] = servers;
      if (first === undefined) throw new Error('this machine has no loopback address');
      return { host: ipv4 === undefined ? '[::1]' : '127.0.0.1', port: portOf(first), close };
    } catch (error) {
      close();
      if (port !== 0 || left <= 1 || codeOf(error) !== 'EADDRINUSE') throw error;
    }
  }
}

/** `undefined` if this machine does not have the address. */
async function listening(listener: RequestListener, address: string, port: number): Promise<Server | undefined> {
  const server = createServer(listener);
  server.listen(port, address);
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

function portOf(server: Server): number {
  // An address with a port, as it does not listen at a path.
  return (server.address() as AddressInfo).port;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
