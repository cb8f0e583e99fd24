/**
 * Domain names in a zone: absolute with a trailing dot, otherwise relative to the origin.
 *
 * A name is plain ASCII; escapes, which presentation format allows in names, are refused. The root is the empty text.
 */
import { ZoneError } from './zone-error.ts';
import type { ZoneToken } from './zone-tokens.ts';

const LABEL = /^[!-~]{1,63}$/;
/** RFC 1035 §2.3.4: 255 octets on the wire, which leave this for the text. */
const LONGEST_NAME = 253;

/** The absolute name, in lower case and without the trailing dot. */
export function readZoneName({ text, plain, line }: ZoneToken, origin: string): string {
  if (plain && text === '@') return origin;
  if (plain && text === '.') return '';
  const relative = origin === '' || text.endsWith('.') ? text : `${text}.${origin}`;
  const name = (relative.endsWith('.') ? relative.slice(0, -1) : relative).toLowerCase();
  const valid = plain && name.length <= LONGEST_NAME && name.split('.').every((label) => LABEL.test(label));
  if (!valid) throw new ZoneError(line, 'a domain name of ASCII labels, without quotes and escapes', text);
  return name;
}

/** The name without its first label; of a single label, the root. */
export function parentName(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1);
}
