import { describe, expect, it } from 'vitest';
import { requestConnectShare } from '../../src/metrics/request-connect-share.ts';
import { requestFailureRate } from '../../src/metrics/request-failure-rate.ts';
import { sessionReuseRate } from '../../src/metrics/session-reuse-rate.ts';
import type { Request } from '../../src/model/request.ts';
import { forResolver, found, nothing, request, traceWith } from './trace-builder.ts';

const requests = (...parts: Partial<Request>[]) => traceWith({ requests: parts.map(request) });
const timedOut = { code: -7, name: 'ERR_TIMED_OUT' };
const aborted = { code: -3, name: 'ERR_ABORTED' };
const blocked = { code: -20, name: 'ERR_BLOCKED_BY_CLIENT' };

describe('session.reuse_rate', () => {
  it('is the share of reused and pooled connections among requests that used one', () => {
    const trace = requests({}, { connection: 'reused' }, { connection: 'pooled' }, { connection: 'reused' });
    expect(found(sessionReuseRate, trace)).toEqual({ n: 4, value: 0.75, values: [0, 1, 1, 1] });
  });

  it('counts requests however they ended', () => {
    const trace = requests({ connection: 'reused', endMs: 9, netError: timedOut }, { connection: 'new' });
    expect(found(sessionReuseRate, trace)).toMatchObject({ n: 2, value: 0.5 });
  });

  it('leaves out requests that used none or of which the log does not tell, and DoH queries', () => {
    const { connection: _, ...untold } = request({});
    const trace = traceWith({
      requests: [
        request({ connection: 'cache' }),
        request({ connection: 'none' }),
        untold,
        request({ connection: 'reused', ...forResolver }),
      ],
    });
    expect(found(sessionReuseRate, trace)).toEqual(nothing);
  });
});

describe('request.connect_share', () => {
  it('is resolving, connecting and securing over the whole request', () => {
    const trace = requests(
      { startMs: 100, endMs: 300, phases: { blockedMs: 5, dnsMs: 30, connectMs: 20, sslMs: 50, waitMs: 60 } },
      { startMs: 100, endMs: 200, phases: { connectMs: 25, receiveMs: 70 } },
    );
    expect(found(requestConnectShare, trace)).toEqual({ n: 2, value: 0.375, values: [0.5, 0.25] });
  });

  it('never exceeds 1', () => {
    const trace = requests({ endMs: 40, phases: { dnsMs: 20, connectMs: 21 } });
    expect(found(requestConnectShare, trace)).toEqual({ n: 1, value: 1, values: [1] });
  });

  it('leaves out requests not on a new connection, unfinished, failed, of no length or without phases', () => {
    const phases = { dnsMs: 10 };
    const trace = requests(
      { connection: 'reused', endMs: 40, phases },
      { connection: 'pooled', endMs: 40, phases },
      { connection: 'cache', endMs: 40, phases },
      { phases },
      { endMs: 40, phases, netError: timedOut },
      { endMs: 40, phases, netError: aborted },
      { endMs: 0, phases },
      { startMs: 50, endMs: 40, phases },
      { endMs: 40, phases: { waitMs: 20 } },
      { endMs: 40, phases, ...forResolver },
    );
    expect(found(requestConnectShare, trace)).toEqual(nothing);
  });
});

describe('request.failure_rate', () => {
  it('is the share of requests that ended in a net error; an error status is an answer', () => {
    const trace = requests(
      { endMs: 40, status: 200 },
      { endMs: 40, status: 503 },
      { endMs: 40, netError: timedOut, connection: 'none' },
      { endMs: 1, connection: 'cache' },
    );
    expect(found(requestFailureRate, trace)).toEqual({ n: 4, value: 0.25, values: [0, 0, 1, 0] });
  });

  it('leaves out requests called off, unfinished ones and DoH queries', () => {
    const trace = requests(
      { endMs: 40, netError: aborted },
      { endMs: 0, netError: blocked, connection: 'none' },
      { status: 200 },
      { endMs: 40, netError: timedOut, ...forResolver },
    );
    expect(found(requestFailureRate, trace)).toEqual(nothing);
  });
});
