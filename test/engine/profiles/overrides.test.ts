/** Overrides of single parameters, and the draft's versions, which are several at once. */
import { describe, expect, it } from 'vitest';
import { OverrideError, withOverrides } from '../../../src/engine/profiles/overrides.ts';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import { profile } from './profile-race.ts';

const DRAFT = profile('draft-v3');

describe('overrides', () => {
  it('change the parameters named, and no other', () => {
    expect(withOverrides(DRAFT, { resolutionDelayMs: 25, quic: false, plan: 'two-lists' })).toEqual({ ...DRAFT, resolutionDelayMs: 25, quic: false, plan: 'two-lists' });
  });

  it('may set what the profile lacks', () => {
    expect(withOverrides(profile('go'), { resolutionDelayMs: 50, connectionAttemptDelayRoundTrips: 2, attemptsPerFamily: 1, tcpHeldBackMs: 300 })).toMatchObject({ resolutionDelayMs: 50, connectionAttemptDelayRoundTrips: 2, attemptsPerFamily: 1, tcpHeldBackMs: 300 });
  });

  it('may repeat what any profile says', () => {
    for (const parameters of Object.values(PROFILES)) expect(withOverrides(DRAFT, { ...parameters })).toEqual({ ...DRAFT, ...parameters });
  });

  it.each([
    ['a name that no profile has', { quick: true }, /^overrides\.quick: expected one of addressHistory, .*, withoutRecord$/],
    ['one that every object has', { toString: 1 }, /^overrides\.toString: expected one of /],
    ['a number for a flag', { quic: 1 }, 'overrides.quic: expected true or false, found 1'],
    ['a flag for a number', { dnsDrainMs: true }, 'overrides.dnsDrainMs: expected a number, 0 or more, found true'],
    ['a negative time', { resolutionDelayMs: -1 }, 'overrides.resolutionDelayMs: expected a number, 0 or more, found -1'],
    ['no number at all', { resolutionDelayMs: Number.NaN }, /^overrides\.resolutionDelayMs: expected a number/],
    ['another word', { staleAnswers: 'perhaps' }, 'overrides.staleAnswers: expected one of unused, served, found "perhaps"'],
    ['an unknown version of the draft', { draft: 'ietf-99' }, /^overrides\.draft: expected one of editors-copy, ietf-04/],
  ])('refuse %s', (_, overrides, message) => {
    expect(() => withOverrides(DRAFT, overrides as Parameters<typeof withOverrides>[1])).toThrow(OverrideError);
    expect(() => withOverrides(DRAFT, overrides as Parameters<typeof withOverrides>[1])).toThrow(message);
  });
});

describe('a version of the draft', () => {
  it('is the editor’s copy if none is asked for', () => {
    expect(withOverrides(DRAFT, { draft: 'editors-copy' })).toEqual(DRAFT);
  });

  it('before that copy asks no A for NAT64 (HE-77)', () => {
    expect(withOverrides(DRAFT, { draft: 'ietf-04' }).queriesAForNat64).toBe(false);
  });

  it('before -04 lets no answer bring an attempt forward (HE-32)', () => {
    const parameters = withOverrides(DRAFT, { onNewAnswer: 'bring-forward' });
    expect(withOverrides(parameters, { draft: 'ietf-04' }).onNewAnswer).toBe('bring-forward');
    expect(withOverrides(parameters, { draft: 'ietf-03' }).onNewAnswer).toBe('keep-timer');
  });

  it('gives way to an override of one of its parameters', () => {
    expect(withOverrides(DRAFT, { queriesAForNat64: true, draft: 'ietf-04' }).queriesAForNat64).toBe(true);
  });
});
