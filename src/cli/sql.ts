/** `netlog-analyze sql "SELECT …" DATASET|TRACE…`: one query over any number of traces. */
import { defineCommand } from './command.ts';
import { formatOption, outputOptions } from './options.ts';

const EPILOGUE = [
  'A source is a data set that export --format parquet has written, or traces, which are analysed first (for many, or for several queries, a data set is faster). All sources together are one database with a table each for runs, hosts, resolutions, transactions, races, attempts, sessions, requests, metrics and sketches, in which the column run tells one trace from another; and with ready views, which --examples shows. "DESCRIBE races" lists the columns of a table, docs/datasets.md says what they mean.',
  'The query runs in DuckDB, an optional dependency. It reads the data sets and nothing else: no other file, no network, no extension; only one statement runs, and none that writes.',
  'A table has what finds room in the width, and no columns that are empty; csv and json have everything.',
].join('\n\n');

export const sqlCommand = defineCommand({
  build: (cli) =>
    cli
      .positional('query', { type: 'string', describe: 'One SELECT, in quotes' })
      .positional('source', { type: 'string', array: true, describe: 'Data sets, NetLog files, globs in quotes, directories' })
      .options({
        examples: { type: 'boolean', group: 'Output:', default: false, describe: 'Print queries to start from, with what they answer; no source is needed' },
        ...formatOption(['table', 'json', 'csv', 'markdown']),
        ...outputOptions,
      })
      .example('$0 sql "FROM fallback_by_network" fleet/', 'how often races fell back, by network')
      .example('$0 sql "SELECT host, count(*) FROM races GROUP BY host" netlog.json', 'of one trace')
      .example('$0 sql "FROM races" fleet/ -f csv -o races.csv', 'everything, for a spreadsheet')
      .example('$0 sql --examples', 'queries to start from')
      .epilogue(EPILOGUE),
  // The engine is loaded only when a query runs.
  run: async (args, context) => (await import('./sql/run-sql.ts')).runSql(args, context),
});
