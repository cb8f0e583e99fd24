/** Events in the form of the web NetLog viewer, and on one line each. */
import { describe, expect, test } from 'vitest';
import { paramLines, type CodeNames, type ShownEvent } from '../../src/report/event-text.ts';
import { eventLine, sourceHeading, sourceLines } from '../../src/report/terminal/source-events.ts';
import { plainStyle } from '../../src/report/view.ts';

const names: CodeNames = {
  netErrors: new Map([[-102, 'ERR_CONNECTION_REFUSED']]),
  quicErrors: new Map([[67, 'QUIC_HANDSHAKE_TIMEOUT']]),
  sourceTypes: new Map([[21, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER']]),
};
const options = { names, full: false, originTick: 1000, lastTick: 2500 };
const view = { width: 80, style: plainStyle };
const source = { id: 128, type: 'HOST_RESOLVER_IMPL_JOB', startTime: 2234 };

/** Reads like the log: time, then `+TYPE`, `-TYPE` or `TYPE`. */
function at(time: number, text: string, params?: ShownEvent['params']): ShownEvent {
  const phase = text.startsWith('+') ? 'BEGIN' : text.startsWith('-') ? 'END' : 'NONE';
  return { time, loggedType: text.replace(/^[+-]/, ''), phase, source, ...(params === undefined ? {} : { params }) };
}

const show = (events: readonly ShownEvent[]): string =>
  [sourceHeading(source, 'https://a.test', view), ...sourceLines(events, options, view)].join('\n');

describe('grouped by source', () => {
  test('spans nest, ENDs find their BEGIN, parameters hang below', () => {
    expect(
      show([
        at(2234, '+HOST_RESOLVER_MANAGER_JOB', { dns_query_types: ['A', 'AAAA'], source_dependency: { id: 126, type: 21 } }),
        at(2234, '+HOST_RESOLVER_DNS_TASK', { secure: false }),
        at(2250, 'DNS_TRANSACTION'),
        at(2258, '-HOST_RESOLVER_DNS_TASK', { net_error: -102 }),
        at(2258, '-HOST_RESOLVER_MANAGER_JOB'),
      ]),
    ).toMatchInlineSnapshot(`
      "Source 128 (HOST_RESOLVER_IMPL_JOB) https://a.test
      t=1234 [st=  0]  +HOST_RESOLVER_MANAGER_JOB  [dt=24]
                        --> dns_query_types = ["A", "AAAA"]
                        --> source_dependency = 126 (HTTP_STREAM_POOL_ATTEMPT_MANAGER)
      t=1234 [st=  0]    +HOST_RESOLVER_DNS_TASK  [dt=24]
                          --> secure = false
      t=1250 [st= 16]       DNS_TRANSACTION
      t=1258 [st= 24]    -HOST_RESOLVER_DNS_TASK
                          --> net_error = -102 (ERR_CONNECTION_REFUSED)
      t=1258 [st= 24]  -HOST_RESOLVER_MANAGER_JOB"
    `);
  });

  test('an empty span is one line', () => {
    expect(show([at(2234, '+A', { key: 1 }), at(2235, '-A')])).toMatchInlineSnapshot(`
      "Source 128 (HOST_RESOLVER_IMPL_JOB) https://a.test
      t=1234 [st=  0]   A  [dt=1]
                        --> key = 1"
    `);
  });

  test('a span with parameters at both ends is not', () => {
    expect(show([at(2234, '+A', { x: 1 }), at(2235, '-A', { y: 2 })]).split('\n')).toHaveLength(5);
  });

  test('a span still open when the log ends has lasted at least until then', () => {
    expect(show([at(2234, '+A'), at(2240, 'B')])).toMatchInlineSnapshot(`
      "Source 128 (HOST_RESOLVER_IMPL_JOB) https://a.test
      t=1234 [st=  0]  +A  [dt=266+]
      t=1240 [st=  6]     B
      t=1500 [st=266]"
    `);
  });

  test('a span without END inside one that ended is followed until then', () => {
    expect(show([at(2234, '+A'), at(2240, '+B'), at(2250, '-A')])).toMatchInlineSnapshot(`
      "Source 128 (HOST_RESOLVER_IMPL_JOB) https://a.test
      t=1234 [st=  0]  +A  [dt=16]
      t=1240 [st=  6]    +B  [dt=10+]
      t=1250 [st= 16]  -A"
    `);
  });

  test('an END without BEGIN stands for itself', () => {
    expect(show([at(2234, '-A'), at(2240, 'B')])).toContain('-A\n');
  });
});

test('on one line, an event names its source', () => {
  expect(eventLine(at(2258, '-HOST_RESOLVER_DNS_TASK', { net_error: -102, note: 'x' }), options, view)).toBe(
    't=   1258  128 HOST_RESOLVER_IMPL_JOB  -HOST_RESOLVER_DNS_TASK  net_error=-102 (ERR_CONNECTION_REFUSED)  note="x"',
  );
});

describe('parameters', () => {
  const lines = (key: string, value: unknown, full = false): string[] => paramLines(key, value, { names, full }, 54);

  test.each([
    ['net_error', -102, 'net_error = -102 (ERR_CONNECTION_REFUSED)'],
    ['net_error', -9999, 'net_error = -9999'],
    ['net_error', 0, 'net_error = 0'],
    ['quic_error', 67, 'quic_error = 67 (QUIC_HANDSHAKE_TIMEOUT)'],
    ['source_dependency', { id: 126, type: 21 }, 'source_dependency = 126 (HTTP_STREAM_POOL_ATTEMPT_MANAGER)'],
    ['source_dependency', { id: 126, type: 99 }, 'source_dependency = 126 (99)'],
    ['list', [], 'list = []'],
    ['object', {}, 'object = {}'],
    ['nothing', null, 'nothing = null'],
    ['nested', { error: -102 }, 'nested = { "error": -102 (ERR_CONNECTION_REFUSED) }'],
  ])('%s of %j', (key, value, expected) => {
    expect(lines(key, value)).toEqual([expected]);
  });

  test('a long value breaks where it must', () => {
    expect(lines('endpoints', [{ ipv6: [{ address: '2001:db8:77::21', port: 443 }], alpn: ['h3', 'h2'] }])).toEqual([
      'endpoints = [',
      '  {',
      '    "ipv6": [',
      '      { "address": "2001:db8:77::21", "port": 443 }',
      '    ],',
      '    "alpn": ["h3", "h2"]',
      '  }',
      ']',
    ]);
  });

  test('headers are lines', () => {
    expect(lines('request_headers', { line: 'GET / HTTP/1.1\r\n', headers: ['Host: a.test'] })).toEqual([
      'request_headers =',
      '  GET / HTTP/1.1',
      '  Host: a.test',
    ]);
    expect(lines('headers', [':method: GET'])).toEqual(['headers =', '  :method: GET']);
  });

  test('bytes are a hex dump, cut unless asked for in full', () => {
    const bytes = btoa('GET / HTTP/1.1\r\n'.repeat(6));
    expect(lines('bytes', bytes)).toHaveLength(6);
    expect(lines('bytes', bytes)[1]).toBe('  47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a   GET / HTTP/1.1..');
    expect(lines('bytes', bytes)[5]).toBe('  … (96 bytes; --full shows all)');
    expect(lines('bytes', bytes, true)).toHaveLength(7);
    expect(lines('bytes', 'not base64!')).toEqual(['bytes = "not base64!"']);
  });

  test('a very long value is cut unless asked for in full', () => {
    const long = 'x'.repeat(5000);
    expect(lines('certificate', long)[0]).toMatch(/… \(5,016 characters; --full shows all\)$/);
    expect(lines('certificate', long, true)[0]).toHaveLength(5016);
  });

  test('neither keys nor values reach the terminal raw', () => {
    expect(lines('k\u001b[1m', { 'x\u009b': ['\u202e', 'a\nb'] }).join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
