/**
 * A QUIC session on its way to the address that its server prefers (RFC 9000 §9.6). Left out: challenges after the first,
 * and those of the server.
 */
import { type IpEndpoint, formatEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { ConnectionId } from '../../engine/client/client-output.ts';
import type { SimulatedSource, SourceLog } from '../log/source-log.ts';

/** Chromium's number for "whatever network is the default". */
const DEFAULT_NETWORK = '-1';

interface Migration {
  readonly session: SimulatedSource;
  readonly to: string;
}

export class MigrationEmitter {
  readonly #log: SourceLog;
  readonly #running = new Map<ConnectionId, Migration>();

  constructor(log: SourceLog) {
    this.#log = log;
  }

  begins(connection: ConnectionId, session: SimulatedSource, to: IpEndpoint, at: Millis): void {
    const log = this.#log;
    this.#running.set(connection, { session, to: formatEndpoint(to) });
    // Chromium begins the one and ends the other in the same step.
    log.begin(session, 'QUIC_ON_SERVER_PREFERRED_ADDRESS_AVAILABLE', at);
    log.end(session, 'QUIC_START_VALIDATING_SERVER_PREFERRED_ADDRESS', at);
    log.event(session, 'QUIC_SESSION_PATH_CHALLENGE_FRAME_SENT', at);
  }

  ends(connection: ConnectionId, outcome: 'migrated' | 'migration-failed', at: Millis): void {
    const migration = this.#running.get(connection);
    if (migration === undefined) return;
    this.#running.delete(connection);
    const log = this.#log;
    const { session, to } = migration;
    const succeeded = outcome === 'migrated';
    if (succeeded) log.event(session, 'QUIC_SESSION_PATH_RESPONSE_FRAME_RECEIVED', at);
    log.event(session, 'QUIC_SESSION_CONNECTIVITY_PROBING_FINISHED', at, { is_success: succeeded, network: DEFAULT_NETWORK, 'peer address': to });
    if (succeeded) log.event(session, 'QUIC_SUCCESSFULLY_MIGRATED_TO_SERVER_PREFERRED_ADDRESS', at);
    else log.event(session, 'QUIC_FAILED_TO_VALIDATE_SERVER_PREFERRED_ADDRESS', at, { reason: 'Retry Timeout' });
  }
}
