/**
 * Chromium before HEv2, its TransportConnectJob: as HEv2, but the first connector takes one family after the other.
 * Certain: from its sources and from recordings.
 */
import { CHROMIUM_HEV2 } from './chromium-hev2.ts';
import type { Parameters } from './parameters.ts';

export const CHROMIUM_LEGACY: Parameters = { ...CHROMIUM_HEV2, preferredAddressFamilyCount: Infinity };
