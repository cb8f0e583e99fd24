/** An explanation of a simulation as data: sections, one for each race or resolution, of lines in order of time. */
import type { Millis } from '../../units.ts';

/** What a line is about, for whoever sets it off from the others. */
export type ExplanationTone = 'step' | 'decision' | 'success' | 'failure';

export interface ExplanationLine {
  /** Of the virtual clock. */
  readonly at: Millis;
  readonly tone: ExplanationTone;
  /** One sentence; holds names from the scenario as they are. */
  readonly text: string;
  /** Id of the rule that decided, or name of the client's policy; absent: nothing was decided. */
  readonly rule?: string;
}

export interface ExplanationSection {
  /** `resolution`: of a request that resolves and no more. */
  readonly kind: 'race' | 'resolution';
  /** Of races from 1 on; of a resolution that of its request. */
  readonly id: number;
  /** The origin that the race or resolution is for. */
  readonly origin: string;
  readonly lines: readonly ExplanationLine[];
}
