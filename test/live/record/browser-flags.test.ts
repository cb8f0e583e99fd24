/** The flags that choose an engine, beside those of the user. */
import { expect, test } from 'vitest';
import { browserFlags } from '../../../src/live/record/browser-flags.ts';
import { RECORDED_ENGINES } from '../../../src/live/record/recorded-engine.ts';

const settings = { headless: true, captureMode: 'default', flags: [] } as const;
const featureFlags = (flags: readonly string[]): readonly string[] => flags.filter((flag) => /^--(?:en|dis)able-features=/.test(flag));

test.each([
  ['hev3', ['--enable-features=HappyEyeballsV3', '--disable-features=NetworkTimeServiceQuerying']],
  ['hev2', ['--enable-features=HappyEyeballsV2', '--disable-features=HappyEyeballsV3,NetworkTimeServiceQuerying']],
  ['legacy', ['--disable-features=HappyEyeballsV3,HappyEyeballsV2,NetworkTimeServiceQuerying']],
] as const)('%s is chosen by features alone', (engine, expected) => {
  expect(featureFlags(browserFlags(engine, settings))).toEqual(expected);
});

test("the user's features are put together with those of the engine, since browsers take the last of two switches", () => {
  const flags = ['--enable-features=AsyncDnsQuicJob,HappyEyeballsV3:resolution_delay/20ms', '--disable-features=UseDnsHttpsSvcb', '--enable-features=HappyEyeballsV2<Trial'];
  expect(featureFlags(browserFlags('hev2', { ...settings, flags }))).toEqual(['--enable-features=AsyncDnsQuicJob,HappyEyeballsV2', '--disable-features=UseDnsHttpsSvcb,HappyEyeballsV3,NetworkTimeServiceQuerying']);
});

test('other flags of the user come last, so that they hold', () => {
  expect(browserFlags('hev3', { ...settings, flags: ['--disable-quic'] }).at(-1)).toBe('--disable-quic');
});

test('windows show if they are asked for', () => {
  expect(browserFlags('hev3', settings)).toContain('--headless');
  expect(browserFlags('hev3', { ...settings, headless: false })).not.toContain('--headless');
});

test('arms differ in features alone', () => {
  const [first, ...others] = RECORDED_ENGINES.map((engine) => browserFlags(engine, settings).filter((flag) => !featureFlags([flag]).length));
  for (const other of others) expect(other).toEqual(first);
});
