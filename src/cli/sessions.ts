/** `netlog-analyze sessions TRACE`: the HTTP/2 and HTTP/3 sessions as a table. */
import { sessionColumns } from '../report/columns/session.ts';
import { tableCommand } from './table-command.ts';

export const sessionsCommand = tableCommand({
  name: 'sessions',
  columns: sessionColumns,
  rowsOf: (report) => report.sessions,
  examples: [
    ['$0 sessions netlog.json --sort requestCount', 'the busiest first'],
    ['$0 sessions netlog.json --host cdn.example.com', 'those that served one host'],
  ],
});
