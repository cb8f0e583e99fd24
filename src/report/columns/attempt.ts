/** The columns of a connection attempt among those of all races, for tables that other programs read. */
import type { Attempt } from '../../model/race.ts';
import type { Column } from '../column.ts';

/** An attempt with the race it is part of. */
export interface RaceAttempt extends Attempt {
  readonly raceId: number;
}

const field = (id: keyof RaceAttempt, value: Column<RaceAttempt>['value']): Column<RaceAttempt> => ({ id, title: id, rank: 0, value });

export const raceAttemptColumns: readonly Column<RaceAttempt>[] = [
  field('raceId', ({ raceId }) => raceId),
  field('id', ({ id }) => id),
  field('part', ({ part }) => part),
  field('transport', ({ transport }) => transport),
  field('family', ({ family }) => family),
  field('ipEndpoint', ({ ipEndpoint }) => ipEndpoint),
  field('localEndpoint', ({ localEndpoint }) => localEndpoint),
  field('connector', ({ connector }) => connector),
  field('outcome', ({ outcome }) => outcome),
  field('netError', ({ netError }) => netError?.name),
  field('cancelReason', ({ cancelReason }) => cancelReason),
  field('startMs', ({ startMs }) => startMs),
  field('connectedMs', ({ connectedMs }) => connectedMs),
  field('secureStartMs', ({ secureStartMs }) => secureStartMs),
  field('cryptoWaitMs', ({ cryptoWaitMs }) => cryptoWaitMs),
  field('endMs', ({ endMs }) => endMs),
  field('zeroRtt', ({ zeroRtt }) => zeroRtt),
  field('unansweredMs', ({ unansweredMs }) => unansweredMs),
  field('slow', ({ slow }) => slow),
  field('endpointStage', ({ endpointStage }) => endpointStage),
];
