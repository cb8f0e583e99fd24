/** What the resolver counts, by the two events that bound each (docs/histograms.md). */
import { describe, expect, test } from 'vitest';
import { type Line, counted, linkTo } from './journals.ts';

describe('resolver requests', () => {
  const request = (params: object, ...between: Line[]): Line[] => [
    [0, 'SSL_CONNECT_JOB#1', 'HOST_RESOLVER_MANAGER_REQUEST', 'BEGIN', { is_speculative: false, ...params }],
    ...between,
    [30, 'SSL_CONNECT_JOB#1', 'HOST_RESOLVER_MANAGER_REQUEST', 'END'],
  ];
  const attach: Line = [1, 'SSL_CONNECT_JOB#1', 'HOST_RESOLVER_MANAGER_JOB_ATTACH', 'NONE'];

  test('a request that waited for a job is asynchronous', () => {
    expect(counted(request({}, attach))).toEqual({
      'Net.DNS.Request.TotalTime': '1/30',
      'Net.DNS.Request.TotalTimeAsync': '1/30',
      'Net.DNS.TotalTime': '1/30',
      'Net.DNS.TotalTimeNotCached': '1/30',
    });
  });

  test('one that was answered at once is not', () => {
    expect(counted(request({}))).toEqual({ 'Net.DNS.Request.TotalTime': '1/30', 'Net.DNS.TotalTime': '1/30' });
  });

  test('speculative and cancelled ones do not count, nor does a lone END', () => {
    expect(counted(request({ is_speculative: true }, attach))).toEqual({});
    expect(counted(request({}, attach, [9, 'SSL_CONNECT_JOB#1', 'CANCELLED', 'NONE']))).toEqual({});
    expect(counted(request({}).slice(1))).toEqual({});
  });
});

const JOB = 'HOST_RESOLVER_IMPL_JOB#10';

function job(end: object, { started = 5, requester = 1 } = {}): Line[] {
  return [
    [0, 'NETWORK_SERVICE_HOST_RESOLVER#2', 'HOST_RESOLVER_MANAGER_REQUEST', 'BEGIN', { is_speculative: true }],
    [0, JOB, 'HOST_RESOLVER_MANAGER_JOB', 'BEGIN', { dns_query_types: ['A', 'AAAA', 'HTTPS'] }],
    [0, JOB, 'HOST_RESOLVER_MANAGER_JOB_REQUEST_ATTACH', 'NONE', linkTo(requester)],
    [started, JOB, 'HOST_RESOLVER_MANAGER_JOB_STARTED', 'NONE'],
    [40, JOB, 'HOST_RESOLVER_MANAGER_JOB', 'END', { ...end }],
  ];
}

describe('resolver jobs', () => {
  test('a success is timed from its start, and by the families asked for', () => {
    expect(counted(job({}))).toEqual({
      'Net.DNS.JobAttemptedHttps': '1/0',
      'Net.DNS.ResolveCategory': '1/0',
      'Net.DNS.ResolveSuccessTime': '1/35',
      'Net.DNS.ResolveSuccessTime.UNSPEC': '1/35',
    });
  });

  test('a failure in less than 10 ms is a fast one', () => {
    expect(counted(job({ net_error: -105 }, { started: 31 }))).toMatchObject({ 'Net.DNS.ResolveError.Fast': '1/105', 'Net.DNS.ResolveFailureTime': '1/9' });
    expect(counted(job({ net_error: -105 }, { started: 30 }))).toMatchObject({ 'Net.DNS.ResolveError.Slow': '1/105', 'Net.DNS.ResolveFailureTime': '1/10' });
  });

  test('an abort by a network change has a category and an error, but no time', () => {
    expect(counted(job({ net_error: -21 }))).toEqual({ 'Net.DNS.ResolveCategory': '1/4', 'Net.DNS.ResolveError.Slow': '1/21' });
  });

  test('a job for speculative requests alone has a category only', () => {
    expect(counted(job({}, { requester: 2 }))).toEqual({ 'Net.DNS.ResolveCategory': '1/2' });
  });

  test('a cancelled job does not count', () => {
    expect(counted(job({ net_error: -3 }))).toEqual({});
    const cancelled: Line[] = [...job({}).slice(0, -1), [39, JOB, 'CANCELLED', 'NONE'], [40, JOB, 'HOST_RESOLVER_MANAGER_JOB', 'END']];
    expect(counted(cancelled)).toEqual({});
  });
});

const DATA = { results: [{ type: 'data' }] };
const METADATA = { results: [{ type: 'metadata' }] };
const NOTHING = { results: [{ type: 'error', error: -105 }] };

/** A transaction of the job: its turn, its END, and what the task took over. */
function transaction(id: number, queryType: number, at: { linked: number; ended: number }, taken: object | undefined, end: object = {}): Line[] {
  const source = `DNS_TRANSACTION#${id}`;
  return [
    [at.linked, JOB, 'DNS_TRANSACTION', 'NONE', linkTo(id)],
    [at.linked, source, 'DNS_TRANSACTION', 'BEGIN', { query_type: queryType }],
    [at.ended, source, 'DNS_TRANSACTION', 'END', { ...end }],
    ...(taken === undefined ? [] : [[at.ended, JOB, 'HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS', 'NONE', { ...taken }] satisfies Line]),
  ];
}

function task(end: object, ...lines: Line[]): Line[] {
  return [[0, JOB, 'HOST_RESOLVER_DNS_TASK', 'BEGIN', { secure: false }], ...lines, [50, JOB, 'HOST_RESOLVER_DNS_TASK', 'END', { ...end }]];
}

describe('DNS tasks', () => {
  test('a task without an address has failed, even if no error is logged', () => {
    expect(counted(task(DATA))).toMatchObject({ 'Net.DNS.DnsTask.Insecure.SuccessTime': '1/50' });
    for (const results of [NOTHING, METADATA, { results: [] }]) {
      expect(counted(task(results))).toMatchObject({ 'Net.DNS.DnsTask.Insecure.FailureTime': '1/50', 'Net.DNS.DnsTask.ErrorBeforeFallback.Slow': '1/105' });
    }
    expect(counted(task({ failure_result: { error: -803 } }))).toMatchObject({ 'Net.DNS.DnsTask.ErrorBeforeFallback.Slow': '1/803' });
  });

  test('what the system resolver made good is the task’s error', () => {
    const system: Line[] = [
      [50, JOB, 'HOST_RESOLVER_SYSTEM_TASK', 'BEGIN'],
      [90, JOB, 'HOST_RESOLVER_SYSTEM_TASK', 'END', { address_list: ['192.0.2.1:0'] }],
    ];
    expect(counted([...task({ failure_result: { error: -817 } }), ...system])).toMatchObject({
      'Net.DNS.DnsTask.Errors': '1/817',
      'Net.DNS.SystemTask.SuccessTime': '1/40',
    });
  });

  test('the wait of transactions for their turn adds up', () => {
    const lines = task(DATA, ...transaction(20, 28, { linked: 1, ended: 20 }, DATA), ...transaction(21, 1, { linked: 3, ended: 30 }, DATA));
    expect(counted(lines)).toMatchObject({ 'Net.DNS.JobQueueTime.PerTransaction': '2/4', 'Net.DNS.JobQueueTime.Success': '1/4' });
  });

  test('gaps between answers go by who came first', () => {
    const https = transaction(20, 65, { linked: 0, ended: 10 }, METADATA);
    const aaaa = transaction(21, 28, { linked: 0, ended: 14 }, DATA);
    const a = transaction(22, 1, { linked: 0, ended: 20 }, DATA);
    expect(counted(task(DATA, ...https, ...aaaa, ...a))).toMatchObject({
      'Net.Dns.ResolveTimeDiff2.HTTPSBeforeFirstAddress': '1/4',
      'Net.Dns.ResolveTimeDiff2.HTTPSBeforeLastAddress': '1/10',
      'Net.Dns.ResolveTimeDiff2.AAAABeforeA': '1/6',
      'Net.DNS.HTTPSSVC.RecordHttps.Insecure.ExpectNoerror.Parsable': '1/1',
      'Net.DNS.HTTPSSVC.RecordHttps.Insecure.ExpectNoerror.ResolveTimeAddress': '2/34',
    });
    const late = transaction(20, 65, { linked: 0, ended: 33 }, METADATA);
    expect(counted(task(DATA, ...a, ...aaaa, ...late))).toMatchObject({ 'Net.Dns.ResolveTimeDiff2.AddressRecordBeforeHTTPS': '1/13' });
  });

  test('an HTTPS query that was cut is no answer, but its wait is timed up to the cut', () => {
    const lines = task(
      DATA,
      ...transaction(21, 28, { linked: 0, ended: 14 }, DATA),
      [19, JOB, 'HOST_RESOLVER_DNS_TASK_TIMEOUT', 'NONE'],
      ...transaction(20, 65, { linked: 0, ended: 19 }, undefined, { net_error: -3 }),
    );
    const histograms = counted(lines);
    expect(histograms).toMatchObject({
      'Net.DNS.HTTPSSVC.RecordHttps.Insecure.ExpectNoerror.DnsRcode': '1/0',
      'Net.DNS.HTTPSSVC.RecordHttps.Insecure.ExpectNoerror.ResolveTimeExperimental': '1/19',
      'Net.DNS.DnsTransaction.HTTPS.LookupResult.Classic': '1/3',
    });
    expect(histograms).not.toHaveProperty(['Net.DNS.DnsTask.SvcbHttpsTransactionError']);
    expect(Object.keys(histograms).filter((name) => name.includes('HTTPSBefore') || name.includes('BeforeHTTPS'))).toEqual([]);
  });
});

describe('exchanges with a server', () => {
  const source = 'DNS_TRANSACTION#20';
  const attempt: Line[] = [
    [0, source, 'DNS_TRANSACTION', 'BEGIN'],
    [0, source, 'DNS_TRANSACTION_ATTEMPT', 'NONE', linkTo(30)],
  ];
  const answer = (rcode: object): Line => [24, source, 'DNS_TRANSACTION_RESPONSE', 'NONE', { ...linkTo(30), ...rcode }];

  test('NXDOMAIN is an answer, SERVFAIL a failure, silence neither', () => {
    expect(counted([...attempt, answer({ rcode: 3 })])).toMatchObject({ 'Net.DNS.DnsTransaction.Insecure.Other.SuccessTime': '1/24' });
    expect(counted([...attempt, answer({ rcode: 2 })])).toMatchObject({ 'Net.DNS.DnsTransaction.Insecure.Other.FailureTime': '1/24' });
    expect(counted([...attempt, answer({})])).toEqual({ 'Net.DNS.DnsTransaction.AttemptType': '1/0' });
  });

  test('a truncated answer is a failure, and what comes over TCP is not timed', () => {
    const lines: Line[] = [...attempt, answer({ rcode: 0 }), [24, source, 'DNS_TRANSACTION_TCP_ATTEMPT', 'NONE', linkTo(31)], [50, source, 'DNS_TRANSACTION_RESPONSE', 'NONE', { ...linkTo(31), rcode: 0 }]];
    expect(counted(lines)).toEqual({ 'Net.DNS.DnsTransaction.AttemptType': '2/2', 'Net.DNS.DnsTransaction.Insecure.Other.FailureTime': '1/24' });
  });

  test('an answer that was there at the first read is not timed', () => {
    const end: Line[] = [
      [24, source, 'DNS_TRANSACTION_QUERY', 'END'],
      [24, 'UDP_SOCKET#30', 'SOMETHING_ELSE', 'NONE'],
      [25, source, 'DNS_TRANSACTION', 'END'],
    ];
    expect(counted([...attempt, answer({ rcode: 0 }), ...end])).toEqual({ 'Net.DNS.DnsTransaction.AttemptType': '1/0' });
  });
});

describe('calls of getaddrinfo', () => {
  test('of two calls the one that ends first decides, the other is discarded', () => {
    const lines: Line[] = [
      [0, JOB, 'HOST_RESOLVER_SYSTEM_TASK', 'BEGIN'],
      [0, JOB, 'HOST_RESOLVER_MANAGER_ATTEMPT_STARTED', 'NONE', { attempt_number: 1 }],
      [6000, JOB, 'HOST_RESOLVER_MANAGER_ATTEMPT_STARTED', 'NONE', { attempt_number: 2 }],
      [6040, JOB, 'HOST_RESOLVER_SYSTEM_TASK', 'END', { address_list: [] }],
      [6040, JOB, 'HOST_RESOLVER_MANAGER_ATTEMPT_FINISHED', 'NONE', { attempt_number: 2 }],
      [9000, JOB, 'HOST_RESOLVER_MANAGER_ATTEMPT_FINISHED', 'NONE', { attempt_number: 1, net_error: -105 }],
    ];
    expect(counted(lines)).toEqual({
      'DNS.AttemptDiscarded': '1/1',
      'DNS.AttemptFailDuration': '1/9000',
      'DNS.AttemptFailure': '1/1',
      'DNS.AttemptFirstSuccess': '1/2',
      'DNS.AttemptSuccess': '1/2',
      'DNS.AttemptSuccessDuration': '1/40',
      'Net.DNS.ProcTask.SuccessTime': '1/6040',
      'Net.DNS.SystemTask.SuccessTime': '1/6040',
      'Net.OSErrorsForGetAddrinfo': '1/0',
    });
  });

  test('a task that was dropped does not count', () => {
    expect(counted([[0, JOB, 'HOST_RESOLVER_SYSTEM_TASK', 'BEGIN'], [5, JOB, 'HOST_RESOLVER_SYSTEM_TASK', 'END']])).toEqual({});
  });
});
