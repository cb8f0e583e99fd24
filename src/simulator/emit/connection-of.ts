/** Which connection an event of the network is about. */
import type { ConnectionId } from '../../engine/client/client-output.ts';
import type { ConnectionEvent, NetworkEvent } from '../network/network-event.ts';

/** Connections are numbered behind a c, DNS exchanges and look-ups behind other letters. */
export function connectionOf(event: NetworkEvent): { readonly id: ConnectionId; readonly event: ConnectionEvent } | undefined {
  if (event.kind === 'address-added') return undefined;
  const id = String(event.id);
  return id.startsWith('c') ? { id: Number(id.slice(1)), event: event as ConnectionEvent } : undefined;
}
