/** What is told of the chosen part of a log is the same whether the rest is there or not. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { chooseStory, withinWindow } from '../../src/cli/slice/choose-story.ts';
import type { Race } from '../../src/model/race.ts';
import type { Trace } from '../../src/model/trace.ts';
import { readNetLog } from '../../src/netlog/read-netlog.ts';
import { writeNetLog } from '../../src/netlog/write-netlog.ts';
import type { Reconstruction } from '../../src/report/report.ts';
import { onlySources } from '../../src/slice/only-sources.ts';
import { sourceLinker } from '../../src/slice/source-links.ts';
import { sourcesOf, type Story } from '../../src/slice/sources-of.ts';
import { withDependencies } from '../../src/slice/with-dependencies.ts';
import { SAMPLE_NAMES, sample, traceOf } from '../redact/redacting.ts';

const NOTHING: Story = { races: [], requests: [], resolutions: [], sessions: [] };

async function slicer(log: Uint8Array): Promise<{ trace: Trace; slice: (chosen: Story) => Promise<string> }> {
  const trace = await traceOf(log);
  const linker = sourceLinker();
  await readNetLog([log], linker.sink);
  return {
    trace,
    async slice(chosen) {
      const ids = withDependencies(sourcesOf(chosen, trace), linker.links);
      let text = '';
      await readNetLog([log], onlySources(ids, writeNetLog((chunk) => void (text += chunk))));
      return text;
    },
  };
}

/** Offsets from a log's first event; other times are durations. */
const OFFSETS: ReadonlySet<string> = new Set(['startMs', 'endMs', 'atMs', 'connectedMs', 'secureStartMs', 'firstEndpointsMs', 'cryptoReadyMs', 'finalMs']);

/** With offsets on the wall clock, and without the places of events in their log. */
function comparable(value: unknown, originUnixMs: number): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, field: unknown) => {
      if (key === 'eventIndices') return undefined;
      return OFFSETS.has(key) && typeof field === 'number' ? Math.round((field + originUnixMs) * 1000) : field;
    }),
  ) as unknown;
}

/** That no session could have spared a race is told by all of a log, and so not by a slice. */
function withoutDenial({ avoidable, ...race }: Race): object {
  return avoidable === true ? { ...race, avoidable } : race;
}

/** The same races, requests and resolutions of two traces. */
function expectSame(sliced: Trace, whole: Trace, chosen: Story): void {
  const requestIds = new Set([...chosen.requests.map(({ id }) => id), ...chosen.races.flatMap((race) => race.requestIds)]);
  const raceIds = new Set([...chosen.races, ...whole.requests.filter(({ id }) => requestIds.has(id))].map((item) => ('raceId' in item ? item.raceId : item.id)));
  const races = whole.races.filter(({ id }) => raceIds.has(id));
  const resolutionIds = new Set([...chosen.resolutions.map(({ id }) => id), ...races.flatMap((race) => race.resolutionIds)]);
  const told = (trace: Trace): unknown =>
    comparable(
      {
        races: trace.races.filter(({ id }) => raceIds.has(id)).map(withoutDenial),
        requests: trace.requests.filter(({ id }) => requestIds.has(id)),
        resolutions: trace.resolutions.filter(({ id }) => resolutionIds.has(id)),
      },
      trace.originUnixMs,
    );
  expect(told(sliced)).toEqual(told(whole));
}

describe.each(SAMPLE_NAMES)('the recording %s', (name) => {
  test('any race, request or resolution of it tells the same by itself', async () => {
    const { trace, slice } = await slicer(sample(name));
    const choices: Story[] = [
      ...trace.races.map((race) => ({ ...NOTHING, races: [race] })),
      ...trace.requests.map((request) => ({ ...NOTHING, requests: [request] })),
      ...trace.resolutions.map((resolution) => ({ ...NOTHING, resolutions: [resolution] })),
    ];
    if (choices.length === 0) return;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...choices), async (chosen) => {
        expectSame(await traceOf(await slice(chosen)), trace, chosen);
      }),
      { numRuns: 6 },
    );
  });
});

/** As `--host` chooses. */
function ofHost(trace: Trace, host: string): Story {
  return chooseStory(trace as unknown as Reconstruction, { hosts: [host], races: [], requests: [] });
}

describe.each(SAMPLE_NAMES)('of the recording %s', (name) => {
  test('what belongs to a host tells the same by itself, and a slice of the slice is the slice', async () => {
    const { trace, slice } = await slicer(sample(name));
    const hosts = [...new Set([...trace.races.map((race) => race.destination?.host), ...trace.resolutions.map(({ host }) => host)])].filter((host) => host !== undefined);
    if (hosts.length === 0) return;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...hosts), async (host) => {
        const chosen = ofHost(trace, host);
        const text = await slice(chosen);
        const sliced = await slicer(new TextEncoder().encode(text));
        expectSame(sliced.trace, trace, chosen);
        expect(await sliced.slice(ofHost(sliced.trace, host))).toBe(text);
      }),
      { numRuns: 3 },
    );
  });

  test('what was under way in any stretch of it tells the same by itself', async () => {
    const { trace, slice } = await slicer(sample(name));
    const offset = fc.double({ min: 0, max: trace.durationMs, noNaN: true });
    await fc.assert(
      fc.asyncProperty(offset, offset, async (fromMs, toMs) => {
        const chosen = withinWindow(trace, { fromMs: Math.min(fromMs, toMs), toMs: Math.max(fromMs, toMs) });
        expectSame(await traceOf(await slice(chosen)), trace, chosen);
      }),
      { numRuns: 3 },
    );
  });
});

it('a slice of everything tells everything', async () => {
  const { trace, slice } = await slicer(sample('dual-hev3'));
  const sliced = await traceOf(await slice(trace));
  expectSame(sliced, trace, trace);
  expect(sliced.races).toHaveLength(trace.races.length);
});

it('a slice is smaller, and a valid log in the layout of Chromium', async () => {
  const log = sample('multi-blackhole-hev3');
  const { trace, slice } = await slicer(log);
  const [race] = trace.races;
  const text = await slice({ ...NOTHING, races: race === undefined ? [] : [race] });
  expect(text.length).toBeLessThan(log.length);
  const { events } = JSON.parse(text) as { events: unknown[] };
  expect(text.split('\n').filter((line) => line.startsWith('{"p'))).toHaveLength(events.length);
});
