/** Built logs are what they claim: their text, read back, gives the events they deliver directly. */
import { describe, expect, it } from 'vitest';
import type { EventSink, LogConstants, LogEnd, NetLogEvent } from '../../src/netlog/event.ts';
import { readNetLog } from '../../src/netlog/read-netlog.ts';
import { ERAS } from '../model/eras/index.ts';
import { dep, timeline, type Timeline, type TimelineOptions } from './timeline.ts';

interface Collected extends EventSink {
  readonly events: NetLogEvent[];
  constants: LogConstants | undefined;
  ended: LogEnd | undefined;
}

function collector(paramsOf?: ReadonlySet<string>): Collected {
  const events: NetLogEvent[] = [];
  return {
    ...(paramsOf === undefined ? {} : { paramsOf }),
    events,
    constants: undefined,
    ended: undefined,
    start(constants) {
      this.constants = constants;
    },
    event(event) {
      events.push(event);
    },
    end(end) {
      this.ended = end;
    },
  };
}

async function read(log: Timeline): Promise<Collected> {
  const sink = collector();
  await readNetLog([log.bytes()], sink);
  return sink;
}

function small(options: TimelineOptions = {}): Timeline {
  return timeline(options)
    .at(0, 'HOST_RESOLVER_IMPL_JOB', 128, 'HOST_RESOLVER_IMPL_JOB', 'BEGIN', { host: 'a.test', ...dep(7, 'URL_REQUEST') })
    .at(0, 'SOCKET', -2, 'TCP_CONNECT_ATTEMPT', 'BEGIN', { address: '[2001:db8::1]:443' })
    .at(25, 'HOST_RESOLVER_IMPL_JOB', 128, 'HOST_RESOLVER_IMPL_JOB', 'END');
}

const SHAPES: readonly (readonly [string, TimelineOptions])[] = [
  ['as Chromium 156 writes it', {}],
  ['as Chromium 71 wrote it', { chrome: '71' }],
  ['as Chromium 39 wrote it', { chrome: '39' }],
  ['with a number for the tick offset', { chrome: '71', timeTickOffset: 1_500_000_000_000 }],
  ['with a text for the tick offset', { timeTickOffset: '1500000000000' }],
  ['without a tick offset', { timeTickOffset: null }],
  ['without start times', { startTimes: false }],
  ['with an empty client', { clientInfo: 'empty' }],
  ['without a client', { clientInfo: 'missing' }],
  ['without a capture mode', { captureMode: null }],
  ['with polled data in one object', { polledData: 'object' }],
  ['without polled data', { polledData: 'missing' }],
  ['with comments first', { userComments: 'It "hung",\nthen came back.' }],
  ['with a byte order mark', { byteOrderMark: true }],
  ['with Windows line ends', { lineEnd: '\r\n' }],
  ['pretty-printed', { layout: 'pretty' }],
  ['pretty-printed with Windows line ends', { layout: 'pretty', lineEnd: '\r\n' }],
  ['on one line', { layout: 'one-line' }],
  ['cut off after an event', { closed: false }],
  ['on one line, cut off', { layout: 'one-line', closed: false }],
];

describe('a built log', () => {
  it.each(SHAPES)('%s reads back as the events it delivers', async (_title, options) => {
    const log = small(options);
    const sink = await read(log);
    expect(sink.events).toEqual(log.events());
    expect(sink.constants).toEqual(log.constants());
    expect(sink.ended?.complete).toBe(options.closed ?? true);
  });

  it.each(ERAS)('of the era of Chrome $chrome reads back too', async ({ log }) => {
    const sink = await read(log);
    expect(sink.events).toEqual(log.events());
    expect(sink.ended).toEqual({ ...sink.ended, complete: true, diagnostics: [] });
  });

  it('delivers role names and keeps those logged', () => {
    expect(small().events()[0]).toMatchObject({ type: 'HOST_RESOLVER_MANAGER_JOB', loggedType: 'HOST_RESOLVER_IMPL_JOB', source: { id: 128, type: 'HOST_RESOLVER_IMPL_JOB' } });
  });

  it('puts the number of a type where a dependency names it', () => {
    const log = small();
    const number = [...log.constants().sourceTypes].find(([, name]) => name === 'URL_REQUEST')?.[0];
    expect(log.events()[0]?.params).toEqual({ host: 'a.test', source_dependency: { id: 7, type: number } });
  });

  it('starts a source at its first event, unless told', () => {
    const log = small().startedAt(-40, -2);
    expect(log.events().map((e) => e.source.startTime)).toEqual([log.tick(0), log.tick(-40), log.tick(0)]);
  });

  it('feeds a sink only the params it asks for', () => {
    const sink = collector(new Set(['TCP_CONNECT_ATTEMPT']));
    small().feed(sink);
    expect(sink.events.map((e) => e.params)).toEqual([undefined, { address: '[2001:db8::1]:443' }, undefined]);
  });
});
