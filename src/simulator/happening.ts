/** Everything that happens in a simulation, in order: what the client decided, and what the network brought. */
import type { ClientEvent } from '../engine/client/client-output.ts';
import type { Millis } from '../units.ts';
import type { NetworkEvent } from './network/network-event.ts';

export type Happening = ClientEvent | { readonly layer: 'network'; readonly at: Millis; readonly event: NetworkEvent };
