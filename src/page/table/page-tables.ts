/** The four tables of a trace: their columns, facets, links and colours. */
import { raceColumns } from '../../report/columns/race.ts';
import { requestColumns } from '../../report/columns/request.ts';
import { resolutionColumns } from '../../report/columns/resolution.ts';
import { sessionColumns } from '../../report/columns/session.ts';
import { formatFamily, formatTransport } from '../../report/format.ts';
import type { TracePage } from '../../report/html/page-data.ts';
import type { Links } from '../links.ts';
import { outcomeMeaning } from '../meanings.ts';
import { dataTable } from './data-table.ts';

export function raceTable({ races }: TracePage, links: Links): HTMLElement {
  return dataTable({
    noun: 'races',
    columns: raceColumns,
    rows: races.rows,
    facets: [
      { id: 'outcome', title: 'Outcome', values: ({ outcome }) => [outcome] },
      { id: 'fallback', title: 'Fell back', values: ({ fallback }) => Object.entries(fallback).flatMap(([kind, happened]) => (happened ? [kind] : [])) },
      { id: 'transport', title: 'Won over', values: ({ winner }) => (winner === undefined ? [] : [formatTransport(winner.transport)]) },
      { id: 'family', title: 'Family', values: ({ winner }) => (winner === undefined ? [] : [formatFamily(winner.family)]) },
      { id: 'engine', title: 'Engine', values: ({ engine }) => (engine === undefined ? [] : [engine]) },
    ],
    linkOf: (columnId, race) => (columnId === 'id' || columnId === 'destination' ? links.race(race.id) : undefined),
    meaningOf: (columnId, race) => (columnId === 'result' ? outcomeMeaning(race.outcome) : undefined),
  });
}

export function resolutionTable({ resolutions }: TracePage, links: Links): HTMLElement {
  return dataTable({
    noun: 'resolutions',
    columns: resolutionColumns,
    rows: resolutions.rows,
    facets: [
      { id: 'outcome', title: 'Outcome', values: ({ outcome }) => [outcome] },
      { id: 'source', title: 'From', values: ({ source }) => [source] },
    ],
    linkOf: (columnId, { id }) => (columnId === 'id' ? links.source(id) : undefined),
    meaningOf: (columnId, { outcome }) => (columnId === 'result' ? outcomeMeaning(outcome) : undefined),
  });
}

export function requestTable({ requests }: TracePage, links: Links): HTMLElement {
  return dataTable({
    noun: 'requests',
    columns: requestColumns,
    rows: requests.rows,
    facets: [
      { id: 'outcome', title: 'Outcome', values: ({ netError, status }) => [netError !== undefined ? 'failed' : status !== undefined && status >= 400 ? 'HTTP error' : 'ok'] },
      { id: 'connection', title: 'Connection', values: ({ connection }) => (connection === undefined ? [] : [connection]) },
      { id: 'alpn', title: 'ALPN', values: ({ alpn }) => (alpn === undefined ? [] : [alpn]) },
    ],
    linkOf: (columnId, { id, raceId, sessionId }) => {
      if (columnId === 'id') return links.source(id);
      if (columnId === 'raceId') return links.race(raceId);
      return columnId === 'sessionId' ? links.source(sessionId) : undefined;
    },
    meaningOf: (columnId, { netError }) => (columnId === 'result' && netError !== undefined ? 'failed' : undefined),
  });
}

export function sessionTable({ sessions }: TracePage, links: Links): HTMLElement {
  return dataTable({
    noun: 'sessions',
    columns: sessionColumns,
    rows: sessions.rows,
    facets: [
      { id: 'protocol', title: 'ALPN', values: ({ protocol }) => [protocol] },
      { id: 'ech', title: 'ECH', values: ({ ech }) => (ech === undefined ? [] : [ech]) },
    ],
    linkOf: (columnId, { id }) => (columnId === 'id' ? links.source(id) : undefined),
  });
}
