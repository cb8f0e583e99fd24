/** `netlog-analyze resolutions TRACE`: the resolutions as a table. */
import { resolutionColumns } from '../report/columns/resolution.ts';
import { tableCommand } from './table-command.ts';

export const resolutionsCommand = tableCommand({
  name: 'resolutions',
  columns: resolutionColumns,
  rowsOf: (report) => report.resolutions,
  examples: [
    ['$0 resolutions netlog.json --sort durationMs', 'the slowest first'],
    ['$0 resolutions netlog.json --host "*.example.com" --width 160', 'one domain, with more columns'],
    ['$0 resolutions netlog.json --failed -f json', 'failed ones with every DNS attempt'],
  ],
});
