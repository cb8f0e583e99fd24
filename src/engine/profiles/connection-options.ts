/** How a profile deals with connections as a whole: sockets beside each other, QUIC and sessions. */
import type { ClientOptions, SocketOptions } from '../client/client-options.ts';
import type { Destination } from '../client/destination.ts';
import type { Parameters } from './parameters.ts';

/** `limits`: those of the client, in place of the profile's. */
export function socketOptions({ socketsPerGroup, socketsPerPool, secondSocketDelayMs, connectionsBy, tlsTimeoutMs }: Parameters, limits: { readonly perGroup?: number | undefined; readonly perPool?: number | undefined }): SocketOptions {
  return {
    limits: { perGroup: limits.perGroup ?? socketsPerGroup, perPool: limits.perPool ?? socketsPerPool },
    throttle: secondSocketDelayMs,
    connectionsBy,
    ...(tlsTimeoutMs !== undefined && { tlsTimeout: tlsTimeoutMs }),
  };
}

/** `forceQuicOn`: origins that are reached over QUIC or not at all. */
export function quicOptions({ tcpHeldBackMs, plan, originFrames, skipDnsWithOriginFrame, migratesToPreferredAddress }: Parameters, forceQuicOn: readonly Pick<Destination, 'host' | 'port'>[]): ClientOptions['quic'] {
  return {
    brokenFor: 300_000,
    brokenForAtMost: 172_800_000,
    ...(tcpHeldBackMs !== undefined && { tcpHeldBack: tcpHeldBackMs }),
    startsBeside: plan.startsWith('quic-beside'),
    isForced: ({ scheme, host, port }) => scheme === 'https' && forceQuicOn.some((origin) => origin.host === host && origin.port === port),
    originFrames,
    originFrameSkipsDns: skipDnsWithOriginFrame,
    migratesToPreferredAddress,
  };
}
