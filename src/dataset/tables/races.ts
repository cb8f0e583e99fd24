/** Races, with the two sets of them that the metrics about families and transports count. */
import { dualStackRaces, quicCapableRaces } from '../../metrics/subjects/contested-races.ts';
import { hasQuicAttempt } from '../../metrics/subjects/page-races.ts';
import type { Race } from '../../model/race.ts';
import type { AnalyzedRun } from '../analyzed-run.ts';
import { defineTable, flag, integer, integers, number, text } from './table.ts';

interface RaceRow {
  readonly race: Race;
  readonly dualStack: boolean;
  readonly quicCapable: boolean;
}

function* rowsOf({ races, resolutions }: AnalyzedRun): Generator<RaceRow> {
  const dualStack = new Set<Race>(dualStackRaces({ races, resolutions }));
  const quicCapable = new Set<Race>(quicCapableRaces({ races, resolutions }));
  for (const race of races) yield { race, dualStack: dualStack.has(race), quicCapable: quicCapable.has(race) };
}

export const racesTable = defineTable<RaceRow>({
  name: 'races',
  meaning: 'all connection attempts made to give one destination one connection',
  rowsOf,
  columns: [
    integer('id', ({ race }) => race.id, 'NetLog source'),
    text('engine', ({ race }) => race.engine, 'hev3, hev2, legacy'),
    text('scheme', ({ race }) => race.destination?.scheme),
    text('host', ({ race }) => race.destination?.host),
    integer('port', ({ race }) => race.destination?.port),
    text('privacy_mode', ({ race }) => race.privacyMode),
    text('network_anonymization_key', ({ race }) => race.networkAnonymizationKey),
    text('proxy', ({ race }) => race.proxy, '`scheme://host:port` that the attempts went to'),
    flag('preconnect', ({ race }) => race.preconnect),
    flag('for_resolver', ({ race }) => race.forResolver === true, 'a connection to a DNS-over-HTTPS server; metrics leave it out'),
    text('outcome', ({ race }) => race.outcome, 'connected, pooled, failed, cancelled, unfinished'),
    text('net_error', ({ race }) => race.netError?.name),
    number('start_ms', ({ race }) => race.startMs),
    number('end_ms', ({ race }) => race.endMs, 'first usable connection, or final failure'),
    number('duration_ms', ({ race }) => race.durationMs),
    number('dns_start_ms', ({ race }) => race.dns.startMs),
    number('first_endpoints_ms', ({ race }) => race.dns.firstEndpointsMs),
    number('crypto_ready_ms', ({ race }) => race.dns.cryptoReadyMs),
    number('final_endpoints_ms', ({ race }) => race.dns.finalMs),
    integer('attempts', ({ race }) => race.attempts.length),
    integer('winner_attempt_id', ({ race }) => race.winner?.attemptId),
    text('winner_transport', ({ race }) => race.winner?.transport, 'tcp, quic'),
    text('winner_family', ({ race }) => race.winner?.family, 'ipv6, ipv4'),
    text('winner_ip_endpoint', ({ race }) => race.winner?.ipEndpoint),
    text('winner_alpn', ({ race }) => race.winner?.alpn),
    text('winner_endpoint_stage', ({ race }) => race.winner?.endpointStage, 'intermediate, final, cached, unknown'),
    flag('dual_stack', ({ dualStack }) => dualStack, 'won, and the host has addresses of both families: what `race.family_fallback_rate` counts'),
    flag('quic_attempted', ({ race }) => hasQuicAttempt(race)),
    flag('quic_capable', ({ quicCapable }) => quicCapable, 'won, and QUIC was on offer: what `race.quic_win_rate` counts'),
    flag('fallback_family', ({ race }) => race.fallback.family, 'the winner’s family is not that of the first attempt'),
    flag('fallback_transport', ({ race }) => race.fallback.transport, 'QUIC was attempted and TCP won'),
    flag('fallback_service', ({ race }) => race.fallback.service, 'the winner is not of the most preferred service group'),
    flag('fallback_resolver', ({ race }) => race.fallback.resolver, 'a later resolver task answered'),
    number('resolution_delay_ms', ({ race }) => race.delays.resolutionDelayMs),
    number('connection_attempt_delay_ms', ({ race }) => race.delays.connectionAttemptDelayMs),
    number('tcp_based_attempt_delay_ms', ({ race }) => race.delays.tcpBasedAttemptDelayMs, 'TCP’s handicap for QUIC, as configured'),
    number('tcp_held_back_ms', ({ race }) => race.delays.tcpHeldBackMs, 'how long TCP really waited for QUIC'),
    number('crypto_wait_ms', ({ race }) => race.delays.cryptoWaitMs, 'the winner’s wait for the HTTPS answer'),
    number('spdy_throttle_ms', ({ race }) => race.delays.spdyThrottleMs),
    integer('pooled_session_id', ({ race }) => race.pooledOnto?.sessionId),
    text('pooled_by', ({ race }) => race.pooledOnto?.by),
    flag('avoidable', ({ race }) => race.avoidable, 'an open HTTP/3 session had a certificate for the host'),
    integers('resolution_ids', ({ race }) => race.resolutionIds),
    integers('request_ids', ({ race }) => race.requestIds),
  ],
});
