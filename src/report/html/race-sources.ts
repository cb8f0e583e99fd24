/** Every source that has a part in a race: its own, its resolutions and attempts, and what those rest on. */
import type { Race } from '../../model/race.ts';

export function raceSources({ id, resolutionIds, evidence, attempts }: Race): number[] {
  return [id, ...resolutionIds, ...evidence.sourceIds, ...attempts.flatMap((attempt) => [attempt.id, ...attempt.evidence.sourceIds])];
}
