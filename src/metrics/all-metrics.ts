/** Every metric there is, in the order of every report. */
import type { Trace } from '../model/trace.ts';
import { computeMetric } from './compute-metric.ts';
import { connectQuicDuration } from './connect-quic-duration.ts';
import { connectTcpDuration } from './connect-tcp-duration.ts';
import { connectTlsDuration } from './connect-tls-duration.ts';
import { dnsCacheHitRate } from './dns-cache-hit-rate.ts';
import { dnsFallbackToSystemRate } from './dns-fallback-to-system-rate.ts';
import { dnsHttpsRecordPresenceRate } from './dns-https-record-presence-rate.ts';
import { dnsHttpsRecordUsedRate } from './dns-https-record-used-rate.ts';
import { dnsResolutionDelayRate } from './dns-resolution-delay-rate.ts';
import { dnsResolutionDelayTimedOutRate } from './dns-resolution-delay-timed-out-rate.ts';
import { dnsResolutionDuration } from './dns-resolution-duration.ts';
import { dnsResolutionFailureRate } from './dns-resolution-failure-rate.ts';
import { dnsResolutionQueued } from './dns-resolution-queued.ts';
import { dnsTransactionADuration } from './dns-transaction-a-duration.ts';
import { dnsTransactionAaaaDuration } from './dns-transaction-aaaa-duration.ts';
import { dnsTransactionHttpsDuration } from './dns-transaction-https-duration.ts';
import { raceAttempts } from './race-attempts.ts';
import { raceCryptoWait } from './race-crypto-wait.ts';
import { raceDnsShare } from './race-dns-share.ts';
import { raceDuration } from './race-duration.ts';
import { raceFailureRate } from './race-failure-rate.ts';
import { raceFamilyFallbackRate } from './race-family-fallback-rate.ts';
import { raceFirstAttemptWinRate } from './race-first-attempt-win-rate.ts';
import { raceIntermediateEndpointRate } from './race-intermediate-endpoint-rate.ts';
import { raceIpv6WinRate } from './race-ipv6-win-rate.ts';
import { racePooledRate } from './race-pooled-rate.ts';
import { raceQuicWinRate } from './race-quic-win-rate.ts';
import { raceTcpHeldBack } from './race-tcp-held-back.ts';
import { raceTransportFallbackRate } from './race-transport-fallback-rate.ts';
import { raceWastedAttempts } from './race-wasted-attempts.ts';
import { requestConnectShare } from './request-connect-share.ts';
import { requestFailureRate } from './request-failure-rate.ts';
import { sessionAvoidableH3Rate } from './session-avoidable-h3-rate.ts';
import { sessionAvoidableRate } from './session-avoidable-rate.ts';
import { sessionReuseRate } from './session-reuse-rate.ts';
import type { Metric, MetricDefinition } from './metric.ts';

export const allMetrics: readonly MetricDefinition[] = [
  dnsResolutionDuration,
  dnsResolutionQueued,
  dnsTransactionADuration,
  dnsTransactionAaaaDuration,
  dnsTransactionHttpsDuration,
  dnsResolutionFailureRate,
  dnsCacheHitRate,
  dnsFallbackToSystemRate,
  dnsHttpsRecordPresenceRate,
  dnsHttpsRecordUsedRate,
  dnsResolutionDelayRate,
  dnsResolutionDelayTimedOutRate,
  raceDuration,
  raceDnsShare,
  raceAttempts,
  raceFirstAttemptWinRate,
  raceWastedAttempts,
  raceFamilyFallbackRate,
  raceTransportFallbackRate,
  raceIpv6WinRate,
  raceQuicWinRate,
  raceIntermediateEndpointRate,
  raceCryptoWait,
  raceTcpHeldBack,
  raceFailureRate,
  racePooledRate,
  connectTcpDuration,
  connectTlsDuration,
  connectQuicDuration,
  sessionReuseRate,
  sessionAvoidableRate,
  sessionAvoidableH3Rate,
  requestConnectShare,
  requestFailureRate,
];

/** All metrics of a trace, each of them present also where the trace has nothing to count. */
export function computeMetrics(trace: Trace): Metric[] {
  return allMetrics.map((definition) => computeMetric(definition, trace));
}
