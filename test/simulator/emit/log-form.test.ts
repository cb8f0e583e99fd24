import { describe, expect, it } from 'vitest';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import { logFormOf } from '../../../src/simulator/emit/log-form.ts';

function formOf(profile: string): string {
  const parameters = PROFILES[profile];
  if (parameters === undefined) throw new Error(`no profile ${profile}`);
  return logFormOf(parameters);
}

describe('the form of a log', () => {
  it.each([
    ['chromium-hev3', 'pool'],
    ['chromium-hev2', 'tcp-connect-job'],
    ['chromium-legacy', 'transport-connect-job'],
  ])('is that of its own code for %s', (profile, form) => {
    expect(formOf(profile)).toBe(form);
  });

  it.each(['draft-v3', 'firefox-hev3'])('is the pool for %s, whose answers come while attempts run', (profile) => {
    expect(formOf(profile)).toBe('pool');
  });

  it.each(['rfc8305', 'go', 'node-20', 'aiohttp', 'none'])('is TransportConnectJob for %s, which asks for addresses alone', (profile) => {
    expect(formOf(profile)).toBe('transport-connect-job');
  });

  it('is not changed by QUIC being off', () => {
    const { 'chromium-hev2': hev2, 'chromium-hev3': hev3 } = PROFILES;
    if (hev2 === undefined || hev3 === undefined) throw new Error('no profiles of Chromium');
    expect([logFormOf({ ...hev2, quic: false }), logFormOf({ ...hev3, quic: false })]).toEqual(['tcp-connect-job', 'pool']);
  });
});
