/** `netlog-analyze races TRACE`: the races as a table. */
import { raceColumns } from '../report/columns/race.ts';
import { tableCommand } from './table-command.ts';

export const racesCommand = tableCommand({
  name: 'races',
  columns: raceColumns,
  rowsOf: (report) => report.races,
  examples: [
    ['$0 races netlog.json --sort durationMs --top 20', 'the slowest twenty'],
    ['$0 races netlog.json --failed', 'those that got no connection'],
    ['$0 races netlog.json -f csv -o races.csv', 'for a spreadsheet'],
  ],
});
