/** The client's end of a socket. */
import { formatEndpoint } from '../../address.ts';
import type { SimulatedSource } from '../log/source-log.ts';

/** Ephemeral ports of Linux. */
const FIRST_PORT = 32_768;
const PORTS = 28_232;

/** Every socket has a port of its own, until they have all been used. */
export function localEndpoint(address: string, socket: SimulatedSource): string {
  return formatEndpoint({ address, port: FIRST_PORT + (socket.id % PORTS) });
}
