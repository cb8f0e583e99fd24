/**
 * Chromium 156 as shipped, its TcpConnectJob: every answer first, two connectors 300 ms apart. Certain: from its
 * sources and from recordings.
 */
import { CHROMIUM_HEV3 } from './chromium-hev3.ts';
import type { Parameters } from './parameters.ts';

const { resolutionDelayMs: _all, attemptTimeoutMs: _kernel, ...CHROMIUM_WITHOUT_DELAY } = CHROMIUM_HEV3;

export const CHROMIUM_HEV2: Parameters = {
  ...CHROMIUM_WITHOUT_DELAY,
  waitsFor: 'every-answer',
  preferredAddressFamilyCount: 1,
  plan: 'quic-beside-two-connectors',
  backupDelayMs: 250,
  connectionAttemptDelayMs: 300,
  minimumConnectionAttemptDelayMs: 10,
  tcpWinsAt: 'tcp-handshake',
  tcpAfterQuicWon: 'goes-on',
  connectionsBy: 'connect-jobs',
  quicAfterTcpWonUntilMs: Infinity,
};
