/** When the client's addresses or its kind of connection changed. Each change of addresses aborts the races under way. */
import type { NetLogEvent } from '../../netlog/event.ts';
import { type Handler, type Moment, momentOf } from './handler.ts';

export interface NetworkChangeRecord extends Moment {
  readonly sourceId: number;
  /** Of the addresses; else of the kind of connection. */
  readonly ofAddresses: boolean;
}

export interface NetworkChangeHandler extends Handler {
  readonly changes: readonly NetworkChangeRecord[];
}

export function createNetworkChangeHandler(): NetworkChangeHandler {
  const changes: NetworkChangeRecord[] = [];
  const note = (event: NetLogEvent): void => {
    changes.push({ ...momentOf(event), sourceId: event.source.id, ofAddresses: event.type === 'NETWORK_IP_ADDRESSES_CHANGED' });
  };
  return {
    on: { NETWORK_IP_ADDRESSES_CHANGED: note, NETWORK_CHANGED: note },
    headersOnly: ['NETWORK_IP_ADDRESSES_CHANGED', 'NETWORK_CHANGED'],
    changes,
  };
}
