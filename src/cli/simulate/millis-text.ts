/** Times of the virtual clock as `simulate` shows them: in milliseconds however long, so that they can be added up by hand. */
import { formatCount, MISSING } from '../../report/format.ts';
import type { Millis } from '../../units.ts';

/** `1,050` or `21.4`: to tenths. */
export function millisText(ms: Millis | undefined): string {
  return ms === undefined ? MISSING : formatCount(Math.round(ms * 10) / 10);
}
