/** A report's requests as a HAR 1.2 file, in pieces: entry by entry, in the order in which they started. */
import { plainJson } from '../plain-text.ts';
import type { Report } from '../report.ts';
import type { Har } from './har.ts';
import { harEntry, peerAddresses } from './har-entry.ts';

const COMMENT = 'Made from a NetLog: it has no headers, cookies, bodies and pages; what a request waited for without a phase of its own counts as blocked.';

export function* harChunks(report: Report): Generator<string> {
  const { client, originUnixMs } = report.trace;
  const { tool: creator } = report;
  const head: Omit<Har['log'], 'entries'> = {
    version: '1.2',
    creator: { name: creator.name, version: creator.version },
    ...(client?.name === undefined ? {} : { browser: { name: client.name, version: client.version ?? '' } }),
    pages: [],
    comment: COMMENT,
  };
  yield `{"log":${plainJson(JSON.stringify(head)).slice(0, -1)},"entries":[`;
  const peers = peerAddresses(report);
  let separator = '\n';
  for (const request of report.requests.toSorted((a, b) => a.startMs - b.startMs)) {
    const entry = harEntry(request, originUnixMs, peers);
    if (entry === undefined) continue;
    yield separator + plainJson(JSON.stringify(entry));
    separator = ',\n';
  }
  yield '\n]}}\n';
}
