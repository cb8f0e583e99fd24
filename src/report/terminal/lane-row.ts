/** A row of a waterfall: a label, a painted lane, a note. */
import { formatDuration } from '../format.ts';
import type { Tone } from '../view.ts';
import type { Lane } from './lane.ts';

export interface LaneRow {
  readonly label: string;
  readonly winner?: boolean;
  /** Two lengths of the same note: for narrow and for wide terminals. */
  readonly note: string;
  readonly wideNote?: string;
  readonly tone?: Tone;
  /** Paints the row; whatever has no end reaches to `horizonMs`. */
  paint(lane: Lane, horizonMs: number): void;
}

/** How long something took; `open` if the log does not show its end. */
export const spanText = (fromMs: number, toMs: number | undefined): string => (toMs === undefined ? 'open' : formatDuration(toMs - fromMs));
