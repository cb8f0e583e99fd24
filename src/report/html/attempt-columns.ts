/** The columns of the connection attempts of one race; their times count from its start. */
import type { Attempt, Race } from '../../model/race.ts';
import { millisColumn, type Column } from '../column.ts';
import { formatDuration, formatFamily, formatNetError, formatTransport } from '../format.ts';
import type { Tone } from '../view.ts';

const TONES: Readonly<Record<Attempt['outcome'], Tone>> = {
  won: 'good',
  spare: 'accent',
  failed: 'bad',
  unfinished: 'warning',
  lost: 'dim',
  cancelled: 'dim',
};

export function attemptColumns(race: Race): readonly Column<Attempt>[] {
  const since = (id: 'startMs' | 'connectedMs' | 'secureStartMs' | 'endMs', title: string, rank: number): Column<Attempt> =>
    millisColumn(id, title, rank, (attempt) => (attempt[id] === undefined ? undefined : attempt[id] - race.startMs), formatDuration);
  return [
    { id: 'id', title: 'Source', align: 'right', rank: 0, value: (attempt) => attempt.id },
    { id: 'transport', title: 'Over', rank: 0, value: (attempt) => formatTransport(attempt.transport) },
    { id: 'family', title: 'Family', rank: 0, value: (attempt) => formatFamily(attempt.family) },
    { id: 'ipEndpoint', title: 'Address', rank: 0, verbatim: true, value: (attempt) => attempt.ipEndpoint },
    { id: 'outcome', title: 'Outcome', rank: 0, value: (attempt) => attempt.outcome, tone: ({ outcome }) => TONES[outcome] },
    since('startMs', 'Started', 0),
    since('connectedMs', 'Connected', 1),
    since('secureStartMs', 'TLS began', 1),
    since('endMs', 'Ended', 0),
    millisColumn('cryptoWaitMs', 'Crypto wait', 1, ({ cryptoWaitMs = 0 }) => (cryptoWaitMs > 0 ? cryptoWaitMs : undefined), formatDuration),
    { id: 'slow', title: 'Slow', rank: 1, value: (attempt) => attempt.slow, text: () => 'yes' },
    { id: 'endpointStage', title: 'Endpoint', rank: 1, value: (attempt) => attempt.endpointStage },
    { id: 'connector', title: 'Connector', rank: 1, value: (attempt) => attempt.connector },
    {
      id: 'reason',
      title: 'Reason',
      rank: 1,
      verbatim: true,
      value: ({ cancelReason, netError }) => cancelReason ?? (netError === undefined ? undefined : formatNetError(netError)),
    },
  ];
}
