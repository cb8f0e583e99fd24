/** Every rule there is. Of findings of equal severity the order here decides: causes before their effects, broad before narrow. */
import type { Rule } from './rule.ts';
import { addressDead } from './rules/address-dead.ts';
import { addressUlaPreferred } from './rules/address-ula-preferred.ts';
import { dnsLateA } from './rules/dns-late-a.ts';
import { dnsLateAaaa } from './rules/dns-late-aaaa.ts';
import { dnsLateHttps } from './rules/dns-late-https.ts';
import { dnsLostQueries } from './rules/dns-lost-queries.ts';
import { dnsNameNotFound } from './rules/dns-name-not-found.ts';
import { dnsNoAddress } from './rules/dns-no-address.ts';
import { dnsServerFailure } from './rules/dns-server-failure.ts';
import { dnsSilentServer } from './rules/dns-silent-server.ts';
import { dnsTruncated } from './rules/dns-truncated.ts';
import { dohFallback } from './rules/doh-fallback.ts';
import { dohUnusable } from './rules/doh-unusable.ts';
import { echRejected } from './rules/ech-rejected.ts';
import { hostUnreachable } from './rules/host-unreachable.ts';
import { httpsRecordIgnored } from './rules/https-record-ignored.ts';
import { ipv4Unusable } from './rules/ipv4-unusable.ts';
import { ipv6Unusable } from './rules/ipv6-unusable.ts';
import { ipv6Slow } from './rules/ipv6-slow.ts';
import { logClockStep } from './rules/log-clock-step.ts';
import { logIncomplete } from './rules/log-incomplete.ts';
import { logNothingToJudge } from './rules/log-nothing-to-judge.ts';
import { middleboxCaptivePortal } from './rules/middlebox-captive-portal.ts';
import { networkChanged } from './rules/network-changed.ts';
import { quicAlternativeBroken } from './rules/quic-alternative-broken.ts';
import { quicUnusable } from './rules/quic-unusable.ts';
import { proxyFailed } from './rules/proxy-failed.ts';
import { quicHandshakeFailed } from './rules/quic-handshake-failed.ts';
import { quicPathBroken } from './rules/quic-path-broken.ts';
import { quicPreferredAddress } from './rules/quic-preferred-address.ts';
import { quicSlow } from './rules/quic-slow.ts';
import { quicZeroRttUnanswered } from './rules/quic-zero-rtt-unanswered.ts';
import { raceBackupWaste } from './rules/race-backup-waste.ts';
import { racePreconnectWaste } from './rules/race-preconnect-waste.ts';
import { sessionAvoidable } from './rules/session-avoidable.ts';
import { tcpUnusable } from './rules/tcp-unusable.ts';
import { tlsCertificate } from './rules/tls-certificate.ts';
import { tlsHandshakeFailed } from './rules/tls-handshake-failed.ts';
import { tlsSlow } from './rules/tls-slow.ts';
import { tlsStall } from './rules/tls-stall.ts';

export const allRules: readonly Rule[] = [
  logIncomplete,
  logNothingToJudge,
  logClockStep,
  networkChanged,
  middleboxCaptivePortal,
  dohUnusable,
  dohFallback,
  dnsSilentServer,
  dnsServerFailure,
  dnsLostQueries,
  dnsLateAaaa,
  dnsLateA,
  httpsRecordIgnored,
  dnsLateHttps,
  dnsNoAddress,
  dnsTruncated,
  hostUnreachable,
  proxyFailed,
  addressUlaPreferred,
  ipv6Unusable,
  ipv4Unusable,
  addressDead,
  ipv6Slow,
  tcpUnusable,
  tlsStall,
  tlsCertificate,
  tlsHandshakeFailed,
  tlsSlow,
  echRejected,
  quicZeroRttUnanswered,
  quicUnusable,
  quicSlow,
  quicHandshakeFailed,
  quicAlternativeBroken,
  quicPathBroken,
  quicPreferredAddress,
  sessionAvoidable,
  raceBackupWaste,
  racePreconnectWaste,
  dnsNameNotFound,
];
