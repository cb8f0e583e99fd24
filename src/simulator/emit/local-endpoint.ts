/** The client's end of a socket. */
import { familyOf, formatEndpoint } from '../../address.ts';
import type { SimulatedSource } from '../log/source-log.ts';
import type { EmitterFacts } from './emitter-facts.ts';

/** Ephemeral ports of Linux. */
const FIRST_PORT = 32_768;
const PORTS = 28_232;

/** Of a socket to `peer`: each has a port of its own, until they have all been used. `undefined`: not known. */
export function localEndpoint(facts: EmitterFacts, peer: string, socket: SimulatedSource): string | undefined {
  const address = facts.localAddress(familyOf(peer) ?? 'ipv4');
  return address === undefined ? undefined : formatEndpoint({ address, port: FIRST_PORT + (socket.id % PORTS) });
}
