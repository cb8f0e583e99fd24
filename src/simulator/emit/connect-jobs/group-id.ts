/** The name of a group in the socket pools. */
import type { Destination } from '../../../engine/client/destination.ts';
import { networkKey, originText } from '../stream-key.ts';

export function groupId(destination: Destination): string {
  return `${originText(destination)} <${networkKey(destination)}>`;
}
