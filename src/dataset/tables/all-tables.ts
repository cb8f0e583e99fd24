/** The tables of a data set, each a file in every partition. */
import { attemptsTable } from './attempts.ts';
import { hostsTable } from './hosts.ts';
import { metricsTable } from './metrics.ts';
import { racesTable } from './races.ts';
import { requestsTable } from './requests.ts';
import { resolutionsTable } from './resolutions.ts';
import { runsTable } from './runs.ts';
import { sessionsTable } from './sessions.ts';
import { sketchesTable } from './sketches.ts';
import type { Table } from './table.ts';
import { transactionsTable } from './transactions.ts';

export const ALL_TABLES: readonly Table[] = [
  runsTable,
  hostsTable,
  resolutionsTable,
  transactionsTable,
  racesTable,
  attemptsTable,
  sessionsTable,
  requestsTable,
  metricsTable,
  sketchesTable,
];
