/** The tables of one race: its attempts, lookups and requests, each row with the way to its events. */
import type { Race } from '../../model/race.ts';
import type { Request } from '../../model/request.ts';
import type { Resolution } from '../../model/resolution.ts';
import type { Column } from '../../report/column.ts';
import { requestColumns } from '../../report/columns/request.ts';
import { resolutionColumns } from '../../report/columns/resolution.ts';
import { formatCount } from '../../report/format.ts';
import { attemptColumns } from '../../report/html/attempt-columns.ts';
import { transactionColumns } from '../../report/html/transaction-columns.ts';
import { element } from '../dom.ts';
import type { Links } from '../links.ts';
import { outcomeMeaning } from '../meanings.ts';
import { plainTable, type CellOptions } from '../table/table-cells.ts';

/** More requests than these wait for one race only in logs that nobody reads line by line. */
const MOST_ROWS = 50;

interface RaceParts {
  readonly race: Race;
  readonly resolutions: readonly Resolution[];
  readonly requests: readonly Request[];
}

/** `decisiveEvent`: the address of the first of some events that the page has. */
export function raceTables(
  { race, resolutions, requests }: RaceParts,
  links: Links,
  decisiveEvent: (eventIndices: readonly number[]) => string | undefined,
): HTMLElement[] {
  return [
    ...titledTable('Connection attempts', attemptColumns(race), race.attempts, {
      linkOf: (columnId, { evidence }) => (columnId === 'id' ? decisiveEvent(evidence.eventIndices) : undefined),
      meaningOf: (columnId, { outcome }) => (columnId === 'outcome' ? outcomeMeaning(outcome) : undefined),
    }),
    ...titledTable('Resolutions', resolutionColumns, resolutions, {
      linkOf: (columnId, { id }) => (columnId === 'id' ? links.source(id) : undefined),
      meaningOf: (columnId, { outcome }) => (columnId === 'result' ? outcomeMeaning(outcome) : undefined),
    }),
    ...titledTable(
      'DNS transactions',
      transactionColumns(race),
      resolutions.flatMap(({ transactions }) => transactions),
      {
        linkOf: (columnId, { id }) => (columnId === 'id' ? links.source(id) : undefined),
        meaningOf: (columnId, { outcome }) => (columnId === 'outcome' ? outcomeMeaning(outcome) : undefined),
      },
    ),
    ...titledTable('Requests', requestColumns, requests, {
      linkOf: (columnId, { sessionId }) => (columnId === 'sessionId' ? links.source(sessionId) : undefined),
      meaningOf: (columnId, { netError }) => (columnId === 'result' && netError !== undefined ? 'failed' : undefined),
    }),
  ];
}

function titledTable<Row>(title: string, columns: readonly Column<Row>[], rows: readonly Row[], options: CellOptions<Row>): HTMLElement[] {
  if (rows.length === 0) return [];
  const rest = rows.length > MOST_ROWS ? [element('p', { class: 'note' }, `The first ${MOST_ROWS} of ${formatCount(rows.length)}.`)] : [];
  return [element('h3', {}, title), plainTable(title, columns, rows.slice(0, MOST_ROWS), options), ...rest];
}
