/** A network on which a probe runs. */
import type { ClientNetwork } from '../../simulator/network-actions.ts';
import type { ExchangeEvent, NetworkId } from '../../simulator/network/network-event.ts';

export interface ProbeNetwork extends ClientNetwork {
  /** Nothing is awaited of it but what sessions that are up may bring. */
  readonly isQuiet: boolean;
  /** Not over QUIC, as there is no HTTP/3. */
  carriesRequests(id: NetworkId): boolean;
  /** Everything ends, without a word. */
  close(): void;
}

/** Takes each event when it happens, never from within a call of the network's own methods. `names`: of a certificate. */
export type Deliver = (id: NetworkId, event: ExchangeEvent, names: readonly string[]) => void;
