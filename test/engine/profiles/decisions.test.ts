/** What the draft leaves to the client (DEC): each parameter reaches the option that it stands for. */
import { describe, expect, it } from 'vitest';
import type { ClientOptions } from '../../../src/engine/client/client-options.ts';
import { clientOptions } from '../../../src/engine/profiles/options-of.ts';
import { withOverrides } from '../../../src/engine/profiles/overrides.ts';
import type { RaceOptions } from '../../../src/engine/race/race-options.ts';
import { DUAL_STACK, profile } from './profile-race.ts';

type Options = Pick<ClientOptions, 'lookup'> & { readonly race: RaceOptions };

function optionsWith(overrides: Parameters<typeof withOverrides>[1]): Options {
  const { lookup, raceFor } = clientOptions(withOverrides(profile('draft-v3'), overrides), DUAL_STACK);
  return { lookup, race: raceFor({ scheme: 'https', tcpHeldBack: undefined, transports: 'any', isBeside: false }) };
}

describe.each<[string, string, string | number | boolean, string | number | boolean | undefined, (options: Options) => unknown]>([
  ['DEC-1', 'resolutionDelayStartsAt', 'first-answer', 'first-addresses', ({ race }) => race.gate.delayStartsAt],
  ['DEC-2, DEC-3', 'hintsAtGate', 'start-delay', 'as-answers', ({ race }) => race.gate.hints],
  ['DEC-4', 'keepHintsOnNegative', false, true, ({ lookup }) => lookup.keepHintsOnNegative],
  ['DEC-5', 'afterFailure', 'at-once', 'at-floor', ({ race }) => race.lanes[0].afterFailure],
  ['DEC-6', 'endpointGroups', 'by-security-and-protocol', 'one', ({ race }) => race.candidates.groups],
  ['DEC-7', 'protocolOrder', 'by-protocol', 'by-round', ({ race }) => race.candidates.protocolOrder],
  ['DEC-8', 'withoutRecord', 'always', 'unless-protected-ech', ({ lookup }) => lookup.fallback],
  ['DEC-9', 'aliasLimit', 1, 8, ({ lookup }) => lookup.aliasLimit],
  ['DEC-10', 'targetLimit', Infinity, 8, ({ lookup }) => lookup.targetLimit],
  ['DEC-12', 'connectionAttemptDelayMultiplierCounts', 'started', 'in-flight', ({ race }) => race.lanes[0].attemptDelay?.multiplierCounts],
  ['DEC-13', 'attemptTimeoutMs', 9000, undefined, ({ race }) => race.attemptTimeout],
  ['DEC-13', 'raceTimeoutMs', 30_000, undefined, ({ race }) => race.raceTimeout],
  ['DEC-14', 'fatalFailure', 'fails-attempt', 'ends-race', ({ race }) => race.fatalFailure],
  ['HE-32', 'onNewAnswer', 'bring-forward', 'keep-timer', ({ race }) => race.lanes[0].attemptDelay?.onNewAnswer],
  ['SB-24', 'recordsFirst', 'fitting-running', 'by-priority', ({ race }) => race.recordsFirst],
])('%s: %s', (_, name, other, draft, option) => {
  it('has the value taken for the draft', () => {
    expect(option(optionsWith({}))).toBe(draft);
  });

  it('can be another', () => {
    expect(option(optionsWith({ [name]: other }))).toBe(other);
  });
});
