/** `netlog-analyze requests TRACE`: the requests as a table. */
import { requestColumns } from '../report/columns/request.ts';
import { tableCommand } from './table-command.ts';

export const requestsCommand = tableCommand({
  name: 'requests',
  columns: requestColumns,
  rowsOf: (report) => report.requests,
  examples: [
    ['$0 requests netlog.json --slower-than 1000', 'those over a second'],
    ['$0 requests netlog.json --sort connectMs --top 20', 'those that waited longest for a connection'],
    ['$0 requests netlog.json --failed -f markdown', 'to paste into an issue'],
  ],
});
