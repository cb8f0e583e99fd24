/** A log of any simulation, of whatever profile, is one that the web NetLog viewer opens: nothing in it is unknown to its own tables. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PROFILES } from '../../../src/engine/profiles/profiles.ts';
import { writeNetLog } from '../../../src/netlog/write-netlog.ts';
import { logSimulation } from '../../../src/simulator/log-simulation.ts';
import { type Case, cases, parametersOf } from '../scenario-arbitrary.ts';

interface LoggedEvent {
  readonly type: number;
  readonly phase: number;
  readonly source: { readonly id: number; readonly type: number };
  readonly params?: Readonly<Record<string, unknown>>;
}

interface Log {
  readonly constants: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly events: readonly LoggedEvent[];
  readonly polledData: readonly Readonly<Record<string, unknown>>[];
}

function logOf({ profile, scenario }: Case): Log {
  let text = '';
  logSimulation(scenario, { parameters: parametersOf({ profile, scenario }), seed: scenario.seed, version: '0', subject: profile }, writeNetLog((piece) => (text += piece)));
  return JSON.parse(text) as Log;
}

/** Which of the numbers the table does not have. */
function unknown(used: readonly number[], table: Readonly<Record<string, number>> | undefined): readonly number[] {
  const known = new Set(Object.values(table ?? {}));
  return [...new Set(used)].filter((number) => !known.has(number));
}

/** Every `net_error` and every `quic_error` that is a number, at any depth. */
function errorsIn(value: unknown, key: string): number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === key && typeof inner === 'number' ? [inner] : errorsIn(inner, key)));
}

const everyCase = cases({ cutOff: true, profiles: Object.keys(PROFILES) });

it('declares each event type, source type, phase and error that it uses', () => {
  fc.assert(
    fc.property(everyCase, (given) => {
      const { constants, events } = logOf(given);
      const { logEventTypes, logSourceType, logEventPhase, netError, quicError } = constants;
      const dependencies = events.flatMap(({ params }) => (params?.['source_dependency'] === undefined ? [] : [(params['source_dependency'] as { readonly type: number }).type]));
      expect(unknown(events.map(({ type }) => type), logEventTypes)).toEqual([]);
      expect(unknown(events.map(({ phase }) => phase), logEventPhase)).toEqual([]);
      expect(unknown([...events.map(({ source }) => source.type), ...dependencies], logSourceType)).toEqual([]);
      expect(unknown(events.flatMap(({ params }) => errorsIn(params, 'net_error')), netError)).toEqual([]);
      expect(unknown(events.flatMap(({ params }) => errorsIn(params, 'quic_error')), quicError)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

it('ends no span that it has not begun, but a request for service endpoints that was dropped', () => {
  fc.assert(
    fc.property(everyCase, (given) => {
      const { constants, events } = logOf(given);
      const [BEGIN, END] = [constants['logEventPhase']?.['PHASE_BEGIN'], constants['logEventPhase']?.['PHASE_END']];
      const lone = constants['logEventTypes']?.['HOST_RESOLVER_MANAGER_REQUEST'];
      const open = new Map<string, number>();
      for (const { type, phase, source } of events) {
        const span = `${source.id} ${type}`;
        const count = open.get(span) ?? 0;
        if (phase === BEGIN) open.set(span, count + 1);
        if (phase !== END) continue;
        if (type !== lone) expect(count, `${JSON.stringify(source)} ends ${type}`).toBeGreaterThan(0);
        open.set(span, Math.max(0, count - 1));
      }
    }),
    { numRuns: 100 },
  );
});

it('names only sources that it has, from the events of a source or before them', () => {
  fc.assert(
    fc.property(everyCase, (given) => {
      const { events } = logOf(given);
      const known = new Map(events.map(({ source }) => [source.id, source.type]));
      for (const { params } of events) {
        const dependency = params?.['source_dependency'] as { readonly id: number; readonly type: number } | undefined;
        if (dependency !== undefined) expect(known.get(dependency.id)).toBe(dependency.type);
      }
    }),
    { numRuns: 60 },
  );
});

it('ends with the polled data of one network context, as Chromium 156 writes it', () => {
  fc.assert(
    fc.property(everyCase, (given) => {
      const { polledData, events, constants } = logOf(given);
      expect(polledData).toHaveLength(1);
      // What the viewer shows: DNS, HTTP/2, QUIC, sockets, proxy.
      expect(Object.keys(polledData[0] ?? {})).toEqual(expect.arrayContaining(['altSvcMappings', 'badProxies', 'hostResolverInfo', 'proxySettings', 'quicInfo', 'socketPoolInfo', 'spdySessionInfo', 'spdyStatus']));
      const http2 = constants['logEventTypes']?.['HTTP2_SESSION'];
      const ends = (phase: number): number[] => events.filter((event) => event.type === http2 && event.phase === phase).map(({ source }) => source.id);
      const open = ends(1).filter((id) => !ends(2).includes(id));
      expect(polledData[0]?.['spdySessionInfo']).toHaveLength(open.length);
      expect(polledData[0]?.['spdySessionInfo']).toEqual(expect.arrayContaining(open.map((id) => expect.objectContaining({ source_id: id }) as unknown)));
    }),
    { numRuns: 60 },
  );
});
