/**
 * Earlier versions of the draft, as parameters over its editor's copy of July 2026, which `draft-v3` follows.
 *
 * Left out: Last Resort Local Synthesis, which every published version has in place of A queries for NAT64, and the
 * individual drafts before the working group's, which interleave protocols before families.
 */
import type { Parameters } from './parameters.ts';

/** Nobody asks A for the sake of NAT64 before the editor's copy (HE-77). */
const PUBLISHED: Partial<Parameters> = { queriesAForNat64: false };

export const DRAFT_VERSIONS: Readonly<Record<string, Partial<Parameters>>> = {
  'editors-copy': { queriesAForNat64: true },
  'ietf-04': PUBLISHED,
  /** As -01 and -02: an answer may not bring an attempt forward yet (HE-32). */
  'ietf-03': { ...PUBLISHED, onNewAnswer: 'keep-timer' },
};
