/**
 * What a log ends with, `polledData`: what the simulated client holds by then, as Chromium 156 writes it for each network
 * context; a simulated client has one. Left out: counters, settings that a simulation knows nothing of, and alternative
 * services.
 */
import { formatEndpoint } from '../../address.ts';
import type { Millis } from '../../units.ts';
import type { EventParams } from '../../netlog/event.ts';
import type { EmitterFacts } from './emitter-facts.ts';
import type { ResolverEmitter } from './resolver/resolver-emitter.ts';
import type { OpenSession, SessionEmitter } from './session-emitter.ts';
import { networkKey } from './stream-key.ts';

const CACHE_CAPACITY = 1000;
const SOCKET_LIMITS = { max_socket_count: 256, max_sockets_per_group: 6 } as const;

export function polledData({ parameters, dnsServers, secureDns }: EmitterFacts, resolver: ResolverEmitter, sessions: SessionEmitter, end: Millis): readonly EventParams[] {
  const open = sessions.open();
  return [
    {
      activeFieldTrialGroups: [],
      altSvcMappings: [],
      badProxies: [],
      hostResolverInfo: {
        cache: { capacity: CACHE_CAPACITY, entries: resolver.requesters.cacheEntries(end), network_changes: 0 },
        dns_config: {
          can_use_insecure_dns_transactions: parameters.builtInResolver && !secureDns,
          can_use_secure_dns_transactions: parameters.builtInResolver && secureDns,
          nameservers: dnsServers.map(formatEndpoint),
        },
      },
      httpCacheInfo: { stats: {} },
      httpStreamPoolInfo: SOCKET_LIMITS,
      proxySettings: { effective: {}, original: {} },
      quicInfo: { connection_options: [], origins_to_force_quic_on: [], quic_enabled: parameters.quic, sessions: open.flatMap(quicSession), supported_versions: ['RFCv1'] },
      reportingInfo: { clients: [], reportingEnabled: false, reports: [] },
      socketPoolInfo: [],
      spdySessionInfo: open.flatMap(http2Session),
      spdyStatus: { alpn_protos: 'h2,http/1.1', application_settings: {}, enable_http2: true },
    },
  ];
}

function quicSession(open: OpenSession): readonly EventParams[] {
  if (open.protocol !== 'h3') return [];
  const { flow } = open;
  return [{ active_streams: [], aliases: [], connected: true, connection_id: '0', open_streams: 0, peer_address: flow.peer, total_streams: 0, version: 'RFCv1' }];
}

function http2Session(open: OpenSession): readonly EventParams[] {
  if (open.protocol !== 'h2' || open.session === undefined) return [];
  const { host, port } = open.destination;
  return [{ active_streams: 0, error: 0, host_port_pair: formatEndpoint({ address: host, port }), negotiated_protocol: 'h2', network_anonymization_key: networkKey(open.destination), proxy: '[direct://]', source_id: open.session.id }];
}
