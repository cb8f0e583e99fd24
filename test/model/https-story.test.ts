/** Timelines of what a log tells around HTTPS records: answers as received, ECH, HTTP/3, upgrades of http. */
import { describe, expect, it } from 'vitest';
import { createModel } from '../../src/model/model.ts';
import type { Trace } from '../../src/model/trace.ts';
import { type Timeline, dep, timeline } from '../support/timeline.ts';
import { H3_H2, TO_QUESTION, answer, base64, hex } from './dns/messages.ts';

function traceOf(log: Timeline): Trace {
  const model = createModel();
  log.feed(model);
  return model.trace();
}

/** One resolver job with one HTTPS transaction, answered at 25 with the given params; then the browser's reading of it. */
function lookup(response: Record<string, unknown>, read: (log: Timeline) => void, host = 'https://a.test'): Timeline {
  return timeline({ chrome: '156' })
    .at(0, 'HOST_RESOLVER_IMPL_JOB', 1, 'HOST_RESOLVER_MANAGER_JOB', 'BEGIN', { host, dns_query_types: ['HTTPS'] })
    .at(0, 'HOST_RESOLVER_IMPL_JOB', 1, 'HOST_RESOLVER_DNS_TASK', 'BEGIN', { secure: false })
    .at(0, 'HOST_RESOLVER_IMPL_JOB', 1, 'DNS_TRANSACTION', 'NONE', dep(2, 'DNS_TRANSACTION'))
    .at(0, 'DNS_TRANSACTION', 2, 'DNS_TRANSACTION', 'BEGIN', { hostname: 'a.test', query_type: 65 })
    .at(0, 'DNS_TRANSACTION', 2, 'DNS_TRANSACTION_ATTEMPT', 'NONE', dep(3, 'UDP_SOCKET'))
    .at(25, 'DNS_TRANSACTION', 2, 'DNS_TRANSACTION_RESPONSE', 'NONE', { rcode: 0, ...response, ...dep(3, 'UDP_SOCKET') })
    .at(25, 'DNS_TRANSACTION', 2, 'DNS_TRANSACTION', 'END')
    .also(read);
}

const extracted = (...results: object[]) => (log: Timeline) => void log.at(25, 'HOST_RESOLVER_IMPL_JOB', 1, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { results });

describe('HTTPS records', () => {
  it('are those of the answer as received, with what the browser kept', () => {
    const message = answer('a.test', [
      { owner: TO_QUESTION, type: 65, data: H3_H2 },
      { owner: TO_QUESTION, type: 65, data: hex('0002 01 62 00') },
    ]);
    const metadata = { type: 'metadata', domain_name: 'a.test', metadatas: [{ metadata_weight: 1, metadata_value: { supported_protocol_alpns: ['h3', 'h2', 'http/1.1'], target_name: 'a.test' } }] };
    const [resolution] = traceOf(lookup({ answer_count: 2, response_buffer: base64(message) }, extracted(metadata))).resolutions;
    expect(resolution?.transactions).toMatchObject([{ name: 'a.test', answerCount: 2 }]);
    expect(resolution?.httpsRecords).toMatchObject([
      { priority: 1, targetName: 'a.test', alpn: ['h3', 'h2', 'http/1.1'], used: true },
      { priority: 2, targetName: 'b', used: false, ignoredBecause: 'another TargetName' },
    ]);
  });

  it('are those that the browser lists, if the log has no answers or they were taken out', () => {
    const dropped = { type: 'metadata', domain_name: 'a.test', metadatas: [] };
    for (const response of [{ answer_count: 1 }, { answer_count: 1, response_buffer: '[12 bytes removed]' }]) {
      expect(traceOf(lookup(response, extracted(dropped))).resolutions[0]?.httpsRecords).toMatchObject([{ ownerName: 'a.test', used: false, ignoredBecause: expect.stringContaining('AliasMode') }]);
    }
  });

  it('of http are judged by the port of https', () => {
    const withPort = (port: string) => base64(answer('a.test', [{ owner: TO_QUESTION, type: 65, data: hex(`0001 00 0001 0003 02 6832 0003 0002 ${port}`) }]));
    const dropped = { type: 'metadata', domain_name: 'a.test', metadatas: [] };
    const reasonFor = (port: string) => traceOf(lookup({ answer_count: 1, response_buffer: withPort(port) }, extracted(dropped), 'http://a.test')).resolutions[0]?.httpsRecords[0]?.ignoredBecause;
    expect([reasonFor('0050'), reasonFor('01bb')]).toEqual(['another port', undefined]);
  });

  it('have an unknown mandatory key, if an answer with records leaves the browser with nothing', () => {
    expect(traceOf(lookup({ answer_count: 1 }, extracted())).resolutions[0]?.httpsRecords).toMatchObject([{ ignoredBecause: 'an unknown mandatory key' }]);
    expect(traceOf(lookup({ answer_count: 0 }, extracted())).resolutions[0]?.httpsRecords).toEqual([]);
  });

  it('are malformed, if the browser says so', () => {
    const failed = (log: Timeline) =>
      void log
        .at(25, 'HOST_RESOLVER_IMPL_JOB', 1, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_FAILURE', 'NONE', { dns_query_type: 'HTTPS', extraction_error: 1 })
        .also(extracted());
    expect(traceOf(lookup({ answer_count: 1 }, failed)).resolutions[0]?.httpsRecords).toMatchObject([{ used: false, ignoredBecause: 'malformed' }]);
  });
});

describe('an upgrade from http', () => {
  it.each([
    ['DNS', 'https-record'],
    ['HSTS', 'hsts'],
    ['constructor', undefined],
  ])('by %s is told', (reason, upgradedBy) => {
    const log = timeline({ chrome: '156' })
      .at(0, 'URL_REQUEST', 1, 'URL_REQUEST_START_JOB', 'BEGIN', { method: 'GET', url: 'http://a.test/' })
      .at(1, 'URL_REQUEST', 1, 'URL_REQUEST_FAKE_RESPONSE_HEADERS_CREATED', 'NONE', { headers: ['HTTP/1.1 307 Internal Redirect', `Non-Authoritative-Reason: ${reason}`] });
    expect(traceOf(log).requests[0]?.upgradedBy).toBe(upgradedBy);
  });
});
