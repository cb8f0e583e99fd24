/**
 * The profiles by name: what known clients do, as parameters of one engine. How sure each is, its file says.
 */
import { ADAPTIVE } from './adaptive.ts';
import { AIOHTTP } from './aiohttp.ts';
import { APPLE_2015 } from './apple-2015.ts';
import { APPLE } from './apple.ts';
import { CHROMIUM_HEV2 } from './chromium-hev2.ts';
import { CHROMIUM_HEV3 } from './chromium-hev3.ts';
import { CHROMIUM_LEGACY } from './chromium-legacy.ts';
import { CURL_7 } from './curl-7.ts';
import { CURL_8 } from './curl-8.ts';
import { DRAFT_V3 } from './draft-v3.ts';
import { ENVOY } from './envoy.ts';
import { FIREFOX_HEV3 } from './firefox-hev3.ts';
import { FIREFOX_LEGACY } from './firefox-legacy.ts';
import { GO } from './go.ts';
import { HYPER } from './hyper.ts';
import { NODE_20 } from './node-20.ts';
import { NONE } from './none.ts';
import { OKHTTP_5 } from './okhttp-5.ts';
import type { Parameters } from './parameters.ts';
import { REACTPHP } from './reactphp.ts';
import { RFC6555 } from './rfc6555.ts';
import { RFC8305 } from './rfc8305.ts';
import { RUBY } from './ruby.ts';
import { SWIFT_NIO } from './swift-nio.ts';

/** Specifications first, then browsers, then other clients, and our own at the end. */
export const PROFILES: Readonly<Record<string, Parameters>> = {
  'draft-v3': DRAFT_V3,
  rfc8305: RFC8305,
  rfc6555: RFC6555,
  'chromium-hev3': CHROMIUM_HEV3,
  'chromium-hev2': CHROMIUM_HEV2,
  'chromium-legacy': CHROMIUM_LEGACY,
  'firefox-hev3': FIREFOX_HEV3,
  'firefox-legacy': FIREFOX_LEGACY,
  apple: APPLE,
  'apple-2015': APPLE_2015,
  'curl-8': CURL_8,
  'curl-7': CURL_7,
  go: GO,
  hyper: HYPER,
  'node-20': NODE_20,
  aiohttp: AIOHTTP,
  'okhttp-5': OKHTTP_5,
  'swift-nio': SWIFT_NIO,
  ruby: RUBY,
  reactphp: REACTPHP,
  envoy: ENVOY,
  none: NONE,
  adaptive: ADAPTIVE,
};
