/**
 * The commands: what each is called and does, in the order of the help. A command's own module, with its options and all
 * that it needs, is loaded only when it is asked for.
 */
import { type AnyCommand, anyCommand } from './command.ts';

export interface ListedCommand {
  readonly name: string;
  /** Several where it goes by several names. */
  readonly usage: string | readonly string[];
  readonly summary: string;
  readonly load: () => Promise<AnyCommand>;
}

/** Run when the first word is no command's name. */
export const DEFAULT_COMMAND: ListedCommand = {
  name: 'summary',
  usage: ['$0 <trace..>', 'summary'],
  summary: 'Tell the connection story of a NetLog: names resolved, connections raced, who won, what fell back, what it cost',
  load: async () => anyCommand((await import('./summary.ts')).summaryCommand),
};

export const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'races',
    usage: 'races <trace>',
    summary: 'List the races: every destination that needed a connection, and how it got one',
    load: async () => anyCommand((await import('./races.ts')).racesCommand),
  },
  {
    name: 'race',
    usage: 'race <trace> <race>',
    summary: 'Draw one race: DNS, endpoints, every connection attempt, who won and why',
    load: async () => anyCommand((await import('./race.ts')).raceCommand),
  },
  {
    name: 'resolutions',
    usage: 'resolutions <trace>',
    summary: 'List the resolutions: every name looked up, by which queries, and how long that took',
    load: async () => anyCommand((await import('./resolutions.ts')).resolutionsCommand),
  },
  {
    name: 'resolver',
    usage: 'resolver <trace>',
    summary: 'Follow host resolution from requests to name servers: what each layer lost, and what waiting cost',
    load: async () => anyCommand((await import('./resolver.ts')).resolverCommand),
  },
  {
    name: 'https-records',
    usage: 'https-records <trace>',
    summary: 'Tell HTTPS records name by name: what was published, kept or ignored and why, and what came of it',
    load: async () => anyCommand((await import('./https-records.ts')).httpsRecordsCommand),
  },
  {
    name: 'requests',
    usage: 'requests <trace>',
    summary: 'List the requests: where each got its connection from, and where its time went',
    load: async () => anyCommand((await import('./requests.ts')).requestsCommand),
  },
  {
    name: 'sessions',
    usage: 'sessions <trace>',
    summary: 'List the HTTP/2 and HTTP/3 sessions: what each carried, pooled and migrated',
    load: async () => anyCommand((await import('./sessions.ts')).sessionsCommand),
  },
  {
    name: 'histograms',
    usage: 'histograms <trace>',
    summary: 'List Chromium’s own histograms (Net.DNS.…, Net.HttpStreamPool.…), recomputed from the log',
    load: async () => anyCommand((await import('./histograms.ts')).histogramsCommand),
  },
  {
    name: 'findings',
    usage: 'findings <trace>',
    summary: 'Say what is wrong: broken IPv6, blocked QUIC, stalled TLS, late DNS answers and more, each with its evidence',
    load: async () => anyCommand((await import('./findings.ts')).findingsCommand),
  },
  {
    name: 'events',
    usage: 'events <trace>',
    summary: 'Print events as the web NetLog viewer does, grouped by source',
    load: async () => anyCommand((await import('./events.ts')).eventsCommand),
  },
  {
    name: 'report',
    usage: 'report <trace..>',
    summary: 'Write a page for the browser: summary, findings, charts, tables, and each race with its waterfall and events',
    load: async () => anyCommand((await import('./report.ts')).reportCommand),
  },
  {
    name: 'view',
    usage: 'view [trace]',
    summary: 'Serve a page on this machine that reads logs in your browser: drop one, see its report, nothing leaves',
    load: async () => anyCommand((await import('./view.ts')).viewCommand),
  },
  {
    name: 'chart',
    usage: 'chart <trace..>',
    summary: 'Draw charts of traces, or of a simulated scenario, into a directory',
    load: async () => anyCommand((await import('./chart.ts')).chartCommand),
  },
  {
    name: 'compare',
    usage: 'compare <trace..>',
    summary: 'Compare two sides of runs: what got faster or slower, and how sure that is',
    load: async () => anyCommand((await import('./compare.ts')).compareCommand),
  },
  {
    name: 'check',
    usage: 'check <trace..>',
    summary: 'Hold thresholds against one or more runs, for CI',
    load: async () => anyCommand((await import('./check.ts')).checkCommand),
  },
  {
    name: 'redact',
    usage: 'redact <trace>',
    summary: 'Write the log without cookies, credentials, query strings, payload and the like, fit to be shared',
    load: async () => anyCommand((await import('./redact.ts')).redactCommand),
  },
  {
    name: 'slice',
    usage: 'slice <trace>',
    summary: 'Write a smaller log: some hosts, races, requests or a stretch of time, with all that they depend on',
    load: async () => anyCommand((await import('./slice.ts')).sliceCommand),
  },
  {
    name: 'export',
    usage: 'export <trace..>',
    summary: 'Write requests as HAR, a table as CSV or newline-delimited JSON, or a data set of many traces as Parquet',
    load: async () => anyCommand((await import('./export.ts')).exportCommand),
  },
  {
    name: 'sql',
    usage: 'sql [query] [source..]',
    summary: 'Ask a question in SQL over data sets or traces',
    load: async () => anyCommand((await import('./sql.ts')).sqlCommand),
  },
  {
    name: 'simulate',
    usage: 'simulate <scenario>',
    summary: 'Run a scenario on the built-in Happy Eyeballs engine and write its NetLog',
    load: async () => anyCommand((await import('./simulate.ts')).simulateCommand),
  },
  {
    name: 'infer',
    usage: 'infer <trace>',
    summary: 'Write the network that a trace met as a scenario',
    load: async () => anyCommand((await import('./infer.ts')).inferCommand),
  },
  {
    name: 'whatif',
    usage: 'whatif <trace>',
    summary: 'Predict what other Happy Eyeballs policies would have done in the network of a trace',
    load: async () => anyCommand((await import('./whatif.ts')).whatifCommand),
  },
  {
    name: 'sweep',
    usage: 'sweep <scenario>',
    summary: 'Run a scenario over a grid of parameters under several clients, and tabulate or draw a metric',
    load: async () => anyCommand((await import('./sweep.ts')).sweepCommand),
  },
  {
    name: 'record',
    usage: 'record <url..>',
    summary: 'Record NetLogs of pages with your own browser, under one race engine or several in turn',
    load: async () => anyCommand((await import('./record.ts')).recordCommand),
  },
  {
    name: 'probe',
    usage: 'probe <url>',
    summary: 'Load a URL from here with the built-in Happy Eyeballs engine, tell its race and write its NetLog',
    load: async () => anyCommand((await import('./probe.ts')).probeCommand),
  },
];

/** For help and for "did you mean"; the summary needs none. */
export const COMMAND_NAMES: readonly string[] = COMMANDS.map(({ name }) => name);
