/**
 * The profiles: what known clients do, as parameters of one engine. How sure each is, its comment says.
 */
import { DRAFT_V3, type Parameters } from './parameters.ts';

/** RFC 8305 §8: AAAA and A, TCP alone. */
const RFC8305: Parameters = { ...DRAFT_V3, waitsFor: 'preferred-family', quic: false, httpsRecords: false, followUps: false, useAddressHints: false, ech: false, tcpWinsAt: 'tcp-handshake', policyTable: 'rfc6724' };

/** A client that waits for getaddrinfo and knows nothing of HTTPS records. */
const { resolutionDelayMs: _none, ...WITHOUT_RESOLUTION_DELAY } = RFC8305;
const SYSTEM_CLIENT: Parameters = { ...WITHOUT_RESOLUTION_DELAY, waitsFor: 'every-answer', builtInResolver: false };

/** Chromium 156 with HappyEyeballsV3, from its sources and from recordings. */
const CHROMIUM_HEV3: Parameters = {
  ...DRAFT_V3,
  waitsFor: 'preferred-family',
  resolutionDelayStartsAt: 'first-ipv4-addresses',
  familyOrder: 'preferred-first',
  preferredAddressFamilyCount: Infinity,
  plan: 'quic-beside-tcp',
  tcpHeldBackMs: 300,
  quicAfterTcpWonUntilMs: 250,
  attemptTimeoutMs: 60_000,
  followUps: false,
  useAddressHints: false,
  cryptoWaitsForHttpsRecords: true,
  dnsTask: 'as-a-whole',
  policyTable: 'rfc6724',
};

/** Chromium 156 as shipped: every answer first, two connectors 300 ms apart; from its sources and from recordings. */
const { resolutionDelayMs: _all, attemptTimeoutMs: _kernel, ...CHROMIUM_WITHOUT_DELAY } = CHROMIUM_HEV3;
const CHROMIUM_HEV2: Parameters = {
  ...CHROMIUM_WITHOUT_DELAY,
  waitsFor: 'every-answer',
  preferredAddressFamilyCount: 1,
  plan: 'quic-beside-two-connectors',
  backupDelayMs: 250,
  connectionAttemptDelayMs: 300,
  minimumConnectionAttemptDelayMs: 10,
  tcpWinsAt: 'tcp-handshake',
  tcpAfterQuicWon: 'goes-on',
  quicAfterTcpWonUntilMs: Infinity,
};

export const PROFILES: Readonly<Record<string, Parameters>> = {
  'draft-v3': DRAFT_V3,
  rfc8305: RFC8305,
  'chromium-hev3': CHROMIUM_HEV3,
  'chromium-hev2': CHROMIUM_HEV2,
  /** As HEv2, but the first connector takes one family after the other. From its sources and from recordings. */
  'chromium-legacy': { ...CHROMIUM_HEV2, preferredAddressFamilyCount: Infinity },
  /** Firefox Nightly: 50 ms, doubled for each attempt in flight. Stated by its makers. */
  'firefox-hev3': { ...DRAFT_V3, connectionAttemptDelayMs: 50, minimumConnectionAttemptDelayMs: 10, connectionAttemptDelayMultiplier: 2, resolutionDelayStartsAt: 'first-answer' },
  /** `net.Dialer`: the families as two lists, 300 ms apart. From its sources. */
  go: { ...SYSTEM_CLIENT, plan: 'two-lists', connectionAttemptDelayMs: 300, minimumConnectionAttemptDelayMs: 10 },
  /** `autoSelectFamily`: an attempt that is slow is closed. From its sources. */
  'node-20': { ...SYSTEM_CLIENT, plan: 'abandon-slow', minimumConnectionAttemptDelayMs: 10 },
  /** aiohappyeyeballs with aiohttp's default of 250 ms. From its sources. */
  aiohttp: { ...SYSTEM_CLIENT, minimumConnectionAttemptDelayMs: 10 },
  /** One address after the other, as the operating system orders them. */
  none: { ...SYSTEM_CLIENT, plan: 'one-at-a-time' },
};
