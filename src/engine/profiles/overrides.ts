/** Changes single parameters of a profile, as a scenario's `overrides` ask for. */
import { DRAFT_V3, type Parameters } from './parameters.ts';

/** Names of parameters that a profile may lack, with a value of their type. */
const OPTIONAL: Partial<Parameters> = { resolutionDelayMs: 0, tcpHeldBackMs: 0, attemptTimeoutMs: 0, backupDelayMs: 0 };
const WORDS: Readonly<Record<string, readonly string[]>> = {
  waitsFor: ['every-answer', 'preferred-family', 'preferred-family-and-service'],
  resolutionDelayStartsAt: ['first-addresses', 'first-answer', 'first-ipv4-addresses'],
  preferredFamily: ['ipv6', 'ipv4'],
  familyOrder: ['rfc6724', 'preferred-first'],
  plan: ['one-list', 'abandon-slow', 'two-lists', 'quic-beside-tcp', 'quic-beside-two-connectors', 'one-at-a-time'],
  protocolOrder: ['by-round', 'by-protocol'],
  tcpWinsAt: ['tcp-handshake', 'tls-handshake'],
  tcpAfterQuicWon: ['cancelled', 'goes-on'],
  dnsTask: ['each-answer-counts', 'as-a-whole'],
  policyTable: ['rfc6724', 'rfc6724-update'],
};

/** An override that no profile has, or whose value can't be: what was expected and found. */
export class OverrideError extends Error {
  override readonly name = 'OverrideError';
}

/** @throws OverrideError */
export function withOverrides(parameters: Parameters, overrides: Readonly<Record<string, number | boolean | string>>): Parameters {
  const known: Readonly<Record<string, unknown>> = { ...OPTIONAL, ...DRAFT_V3 };
  for (const [name, value] of Object.entries(overrides)) {
    if (!Object.hasOwn(known, name)) throw new OverrideError(`overrides.${name}: expected one of ${Object.keys(known).toSorted().join(', ')}`);
    const expected = expectation(name, known[name]);
    if (!expected.fits(value)) throw new OverrideError(`overrides.${name}: expected ${expected.words}, found ${JSON.stringify(value)}`);
  }
  return { ...parameters, ...overrides };
}

function expectation(name: string, example: unknown): { readonly words: string; fits(value: unknown): boolean } {
  const words = WORDS[name];
  if (words !== undefined) return { words: `one of ${words.join(', ')}`, fits: (value) => words.some((word) => word === value) };
  if (typeof example === 'boolean') return { words: 'true or false', fits: (value) => typeof value === 'boolean' };
  return { words: 'a number, 0 or more', fits: (value) => typeof value === 'number' && value >= 0 };
}
