/**
 * Pseudonyms of host names: each label becomes another one that depends on it and on the labels
 * behind it, so that a name and its subdomains still belong together. The top-level domain stays, as
 * do `localhost`, wildcards and labels that begin with an underscore, which name services (RFC 8552).
 */
import type { Digest } from './digest.ts';

const KEPT_LABEL = /^(?:\*|_.*|)$/;
const KEPT_NAMES: ReadonlySet<string> = new Set(['localhost']);

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';
/** Characters; no DNS name has more (RFC 1035 section 2.3.4). A longer one is taken for a single label. */
const LONGEST_NAME = 255;

/** Forty bits: two names of one log get one pseudonym once in very many logs. */
const LENGTH = 8;

/** The pseudonym of a name in lower case; a trailing dot stays. */
export function namePseudonyms(digest: Digest): (name: string) => string {
  const known = new Map<string, string>();

  function labelOf(label: string, suffix: string): string {
    if (KEPT_LABEL.test(label)) return label;
    const bytes = digest(`name ${label}.${suffix}`);
    // A letter first, so that it cannot be taken for a number.
    return `h${Array.from(bytes.subarray(0, LENGTH), (byte) => LETTERS[byte & 31]!).join('')}`;
  }

  function ofLabels(name: string): string {
    const labels = name.split('.');
    const top = labels.length - 1;
    return labels.map((label, at) => ((at === top && top > 0) || KEPT_NAMES.has(label) ? label : labelOf(label, labels.slice(at + 1).join('.')))).join('.');
  }

  return (name) => {
    let pseudonym = known.get(name);
    if (pseudonym === undefined) {
      const isRooted = name.length > 1 && name.endsWith('.');
      const bare = isRooted ? name.slice(0, -1) : name;
      pseudonym = (bare.length > LONGEST_NAME ? labelOf(bare, '') : ofLabels(bare)) + (isRooted ? '.' : '');
      known.set(name, pseudonym);
    }
    return pseudonym;
  };
}
