/**
 * QUIC sessions: handshake, first packet, requests, ORIGIN frame, migrations, end.
 *
 * QUIC_SESSION_CLOSED is often logged twice; the first counts.
 */
import type { NetLogEvent } from '../../netlog/event.ts';
import type { Ticks } from '../../units.ts';
import { addTo } from '../grouping.ts';
import { type Handler, type Moment, momentOf, recordOf, startOf } from './handler.ts';
import { dependency, flag, number, text, texts } from './params.ts';

export interface MigrationRecord {
  readonly at: Moment;
  readonly cause: string;
  outcome?: string | undefined;
  ended?: Moment | undefined;
  to?: string | undefined;
  reason?: string | undefined;
}

export interface QuicSessionRecord {
  readonly id: number;
  readonly start: Moment;
  begun: boolean;
  host?: string | undefined;
  port?: number | undefined;
  jobId?: number | undefined;
  echOffered?: boolean | undefined;
  /** It is made only if DNS says that the server speaks HTTP/3. */
  requiresHttpsRecord?: boolean | undefined;
  /** When the first packet left: the packet's own stamp, finer than the event's. */
  firstPacketSent?: { readonly time: Ticks; readonly index: number } | undefined;
  /** A packet of 0-RTT data left. */
  sentZeroRtt: boolean;
  /** A packet came back. */
  heard: boolean;
  peerAddress?: string | undefined;
  /** Where the first packet came in. */
  selfAddress?: string | undefined;
  handshakeComplete?: Moment | undefined;
  zeroRttState?: string | undefined;
  closed?: { readonly at: Moment; readonly quicError: number | undefined; readonly details: string | undefined } | undefined;
  end?: Moment | undefined;
  requestCount: number;
  originFrame?: { readonly at: Moment; readonly origins: ReadonlySet<string> } | undefined;
  /** From the moment the certificate is verified. */
  certificateNames?: readonly string[] | undefined;
  /** GOAWAY: no new requests from then on. */
  goAway?: Moment | undefined;
  /** The server's preferred address, as its transport parameters offer it. */
  offered?: { readonly at: Moment; readonly addresses: readonly string[] } | undefined;
  readonly migrations: MigrationRecord[];
  /** Those without an outcome. */
  readonly migrating: MigrationRecord[];
}

export interface QuicSessionHandler extends Handler {
  readonly sessions: ReadonlyMap<number, QuicSessionRecord>;
  /** When the pool took all sessions out of use for new requests: another network, or new settings. */
  readonly allGoingAway: readonly Moment[];
  /** Sessions to a host that name no job, in order of their start; to be asked for when the log has ended. */
  readonly unclaimed: (host: string) => readonly QuicSessionRecord[];
}

export function createQuicSessionHandler(): QuicSessionHandler {
  const sessions = new Map<number, QuicSessionRecord>();
  const allGoingAway: Moment[] = [];
  const sessionOf = (event: NetLogEvent): QuicSessionRecord =>
    recordOf(sessions, event, (e) => ({ id: e.source.id, start: startOf(e), begun: false, sentZeroRtt: false, heard: false, requestCount: 0, migrations: [], migrating: [] }));

  let byHost: Map<string, QuicSessionRecord[]> | undefined;
  function unclaimedByHost(): Map<string, QuicSessionRecord[]> {
    const found = new Map<string, QuicSessionRecord[]>();
    const inOrder = [...sessions.values()].toSorted((a, b) => a.start.index - b.start.index);
    for (const session of inOrder) if (session.jobId === undefined && session.host !== undefined) addTo(found, session.host, session);
    return found;
  }

  function migrates(cause: string): (event: NetLogEvent) => void {
    return (event) => {
      // The END of a TRIGGERED span closes its BEGIN in the same step; one migration, not two.
      if (event.phase === 'END') return;
      const session = sessionOf(event);
      const migration: MigrationRecord = { at: momentOf(event), cause: causeOf(event, cause) };
      session.migrations.push(migration);
      session.migrating.push(migration);
    };
  }

  function ends(outcome: string): (event: NetLogEvent) => void {
    return (event) => {
      const open = sessionOf(event).migrating.pop();
      if (open === undefined) return;
      open.outcome = outcome;
      open.ended = momentOf(event);
      open.reason = text(event.params, 'reason');
    };
  }

  const goesAway = (event: NetLogEvent): void => {
    sessionOf(event).goAway ??= momentOf(event);
  };
  const allGoAway = (event: NetLogEvent): void => {
    allGoingAway.push(momentOf(event));
  };

  return {
    sessions,
    allGoingAway,
    firstOnly: ['QUIC_SESSION_PACKET_RECEIVED'],
    headersOnly: [
      'QUIC_SESSION_CRYPTO_HANDSHAKE_COMPLETE',
      'QUIC_CHROMIUM_CLIENT_STREAM_SEND_REQUEST_HEADERS',
      'HTTP3_GOAWAY_RECEIVED',
      'QUIC_SESSION_GOAWAY_FRAME_RECEIVED',
      'QUIC_SESSION_POOL_MARK_ALL_ACTIVE_SESSIONS_GOING_AWAY',
      'QUIC_SESSION_POOL_CLOSE_ALL_SESSIONS',
    ],
    unclaimed: (host) => (byHost ??= unclaimedByHost()).get(host) ?? [],
    on: {
      QUIC_SESSION(event) {
        const session = sessionOf(event);
        if (event.phase === 'END') {
          session.end = momentOf(event);
          return;
        }
        session.begun = true;
        session.host = text(event.params, 'host');
        session.port = number(event.params, 'port');
        session.jobId = dependency(event.params);
        session.requiresHttpsRecord = flag(event.params, 'require_dns_https_alpn');
        session.echOffered = (text(event.params, 'ech_config_list') ?? '') !== '';
      },
      QUIC_SESSION_PACKET_SENT(event) {
        const session = sessionOf(event);
        if (text(event.params, 'encryption_level') === 'ENCRYPTION_ZERO_RTT') session.sentZeroRtt = true;
        if (session.firstPacketSent !== undefined) return;
        const micros = number(event.params, 'sent_time_us');
        session.firstPacketSent = { time: micros === undefined ? event.time : ((micros / 1000) as Ticks), index: event.index };
      },
      QUIC_SESSION_PACKET_RECEIVED(event) {
        const session = sessionOf(event);
        session.heard = true;
        session.peerAddress ??= text(event.params, 'peer_address');
        session.selfAddress ??= text(event.params, 'self_address');
      },
      QUIC_SESSION_CRYPTO_HANDSHAKE_COMPLETE(event) {
        sessionOf(event).handshakeComplete ??= momentOf(event);
      },
      QUIC_SESSION_ZERO_RTT_STATE(event) {
        const session = sessionOf(event);
        session.zeroRttState ??= text(event.params, 'state');
        // Logged when the handshake is complete; before about Chrome 150 nothing else says when that is.
        session.handshakeComplete ??= momentOf(event);
      },
      QUIC_SESSION_CLOSED(event) {
        sessionOf(event).closed ??= {
          at: momentOf(event),
          quicError: number(event.params, 'quic_error'),
          details: text(event.params, 'details'),
        };
      },
      QUIC_CHROMIUM_CLIENT_STREAM_SEND_REQUEST_HEADERS(event) {
        sessionOf(event).requestCount += 1;
      },
      QUIC_SESSION_TRANSPORT_PARAMETERS_RECEIVED(event) {
        const addresses = preferredAddresses(text(event.params, 'quic_transport_parameters') ?? '');
        if (addresses.length > 0) sessionOf(event).offered ??= { at: momentOf(event), addresses };
      },
      QUIC_SESSION_ORIGIN_FRAME_RECEIVED(event) {
        sessionOf(event).originFrame ??= { at: momentOf(event), origins: new Set(texts(event.params, 'origins')) };
      },
      QUIC_SESSION_CERTIFICATE_VERIFIED(event) {
        sessionOf(event).certificateNames = texts(event.params, 'subjects').map((name) => name.toLowerCase());
      },
      HTTP3_GOAWAY_RECEIVED: goesAway,
      QUIC_SESSION_GOAWAY_FRAME_RECEIVED: goesAway,
      QUIC_SESSION_POOL_MARK_ALL_ACTIVE_SESSIONS_GOING_AWAY: allGoAway,
      QUIC_SESSION_POOL_CLOSE_ALL_SESSIONS: allGoAway,
      QUIC_ON_SERVER_PREFERRED_ADDRESS_AVAILABLE: migrates('server-preferred-address'),
      QUIC_PORT_MIGRATION_TRIGGERED: migrates('path-degrading'),
      QUIC_CONNECTION_MIGRATION_TRIGGERED: migrates('network-change'),
      QUIC_SUCCESSFULLY_MIGRATED_TO_SERVER_PREFERRED_ADDRESS: ends('migrated'),
      QUIC_FAILED_TO_VALIDATE_SERVER_PREFERRED_ADDRESS: ends('validation-failed'),
      QUIC_PORT_MIGRATION_SUCCESS: ends('migrated'),
      QUIC_PORT_MIGRATION_FAILURE: ends('validation-failed'),
      QUIC_CONNECTION_MIGRATION_SUCCESS: ends('migrated'),
      QUIC_CONNECTION_MIGRATION_FAILURE: ends('failed'),
      QUIC_SESSION_CONNECTIVITY_PROBING_FINISHED(event) {
        const open = sessionOf(event).migrating.at(-1);
        // The key is logged with a space.
        if (open !== undefined && flag(event.params, 'is_success') !== undefined) open.to = text(event.params, 'peer address');
      },
    },
  };
}

/** The parameters are one printable text: `… preferred_address [10.0.0.1:443 [2001:db8::1]:443 connection_id …] …`. */
function preferredAddresses(parameters: string): string[] {
  const [, ipv4, ipv6] = /preferred_address \[(\S+) (\S+) connection_id/.exec(parameters) ?? [];
  // A family that is not offered prints as port 0 of the unspecified address.
  return [ipv6, ipv4].filter((a) => a !== undefined).filter((a) => !a.endsWith(':0'));
}

/** The trigger that a network-handle migration names is finer than the event's name. */
function causeOf(event: NetLogEvent, cause: string): string {
  const trigger = event.type === 'QUIC_CONNECTION_MIGRATION_TRIGGERED' ? text(event.params, 'trigger') : undefined;
  return trigger === undefined ? cause : trigger.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
}
