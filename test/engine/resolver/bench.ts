/** Drives a resolver by hand: replies go to queries by type, timers fire on the way, outputs read as lines. */
import type { DnsAnswer, Query, ServiceRecord } from '../../../src/engine/dns.ts';
import { CHROMIUM_RESOLVER, type ResolverOptions } from '../../../src/engine/resolver/options.ts';
import type { DnsReply, ResolverOutput, SystemReply } from '../../../src/engine/resolver/output.ts';
import { createResolver } from '../../../src/engine/resolver/resolver.ts';

export const HOST = 'dual.lab.test';
export const V4 = '192.0.2.1';
export const V6 = '2001:db8::1';

export const addresses = (...found: string[]): DnsAnswer => ({ kind: 'answer', owner: HOST, addresses: found, records: [], ttl: 60_000 });
export const NODATA = addresses();
export const failure = (kind: 'nxdomain' | 'servfail' | 'refused' | 'network'): DnsAnswer => ({ kind: 'failure', failure: kind });
export const TRUNCATED: DnsReply = { kind: 'truncated' };
export const service = (...records: ServiceRecord[]): DnsAnswer => ({ kind: 'answer', owner: HOST, addresses: [], records, ttl: 60_000 });
export const SERVICE = service({ priority: 1, target: '.', params: { alpn: ['h3', 'h2'] } });

/** Outputs that a line is written for; the other kinds only explain them. */
const SHOWN = new Set(['send-query', 'cancel-query', 'system-lookup', 'cancel-system-lookup', 'answer', 'answers-withdrawn', 'finished', 'https-cut-off']);

/** Chromium's resolver with the second that its sources say, where the wire has 1011 ms: easier to count with. */
export const ROUND_RESOLVER: ResolverOptions = { ...CHROMIUM_RESOLVER, servers: { ...CHROMIUM_RESOLVER.servers, retryAfter: 1000 } };

export interface Bench {
  readonly outputs: readonly ResolverOutput[];
  request(requestId: number, at: number, url?: string, partition?: string): void;
  ask(requestId: number, query: Query, at: number, wants?: 'any-answer' | 'fresh-answer'): void;
  cancel(requestId: number, at: number): void;
  /** To the latest query of that type, or the nth (from 1) of all. */
  reply(type: string, reply: DnsReply, at: number, nth?: number): void;
  /** To the latest lookup, or the nth. */
  systemReply(reply: SystemReply, at: number, nth?: number): void;
  /** Fires the timers due until then. */
  runUntil(at: number): void;
  nextWakeAt(): number | undefined;
  /** What happened from that time on. */
  lines(from?: number): string[];
}

export function createBench(changes: Partial<ResolverOptions> = {}): Bench {
  const resolver = createResolver({ ...ROUND_RESOLVER, ...changes });
  const outputs: ResolverOutput[] = [];
  const queries = new Map<number, string>();

  const take = (): void => {
    for (const output of resolver.takeOutputs()) {
      outputs.push(output);
      if (output.kind === 'send-query') queries.set(output.attemptId, output.type + (output.name === HOST ? '' : ` ${output.name}`));
    }
  };

  function runUntil(at: number): void {
    for (let due = resolver.nextWakeAt(); due !== undefined && due <= at; due = resolver.nextWakeAt()) resolver.wake(due);
    take();
  }

  function textOf(output: ResolverOutput): string {
    if (output.kind === 'send-query') return `query ${queries.get(output.attemptId)} ${output.transport}${output.server}`;
    if (output.kind === 'cancel-query') return `cancel ${queries.get(output.attemptId)}`;
    if (output.kind === 'system-lookup') return `system ${output.types.join(' ')}`;
    if (output.kind === 'answers-withdrawn') return `withdrawn ${output.requestId}`;
    if (output.kind === 'finished') return `finished ${output.requestId} ${output.outcome.kind === 'ok' ? 'ok' : output.outcome.failure}`;
    if (output.kind !== 'answer') return output.kind;
    const { answer, requestId, query, source } = output;
    const data = answer.kind === 'failure' ? answer.failure : [...answer.addresses, ...answer.records.map((record) => record.target)].join(' ');
    return `answer ${requestId} ${query.type} ${data || 'nodata'} ${source}`;
  }

  const lineOf = (output: ResolverOutput): string => `${Math.round(output.at * 10) / 10} ${textOf(output)}`;

  return {
    outputs,
    request(requestId, at, url = `https://${HOST}/`, partition = 'here') {
      runUntil(at);
      const [named, host = '', port] = url.split(/:\/\/|\/|:(?=\d)/);
      const scheme = named === 'http' ? 'http' : 'https';
      resolver.request(requestId, { scheme, host, port: Number(port) || (scheme === 'http' ? 80 : 443), partition }, at);
      take();
    },
    ask(requestId, query, at, wants) {
      runUntil(at);
      resolver.ask(requestId, query, at, wants);
      take();
    },
    cancel(requestId, at) {
      runUntil(at);
      resolver.cancel(requestId, at);
      take();
    },
    reply(type, reply, at, nth = 0) {
      runUntil(at);
      const sent = outputs.flatMap((o) => (o.kind === 'send-query' && o.type === type ? [o.attemptId] : []));
      resolver.dnsReply(sent.at(nth - 1) ?? -1, reply, at);
      take();
    },
    systemReply(reply, at, nth = 0) {
      runUntil(at);
      const called = outputs.flatMap((o) => (o.kind === 'system-lookup' ? [o.lookupId] : []));
      resolver.systemReply(called.at(nth - 1) ?? -1, reply, at);
      take();
    },
    runUntil,
    nextWakeAt: () => resolver.nextWakeAt(),
    lines: (from = 0) => outputs.filter((output) => SHOWN.has(output.kind) && output.at >= from).map(lineOf),
  };
}
