/** What the analyser reconstructs from a simulated log is what has happened, once in memory and once through a file's text. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PROFILES } from '../../src/engine/profiles/profiles.ts';
import { createModel } from '../../src/model/model.ts';
import type { Trace } from '../../src/model/trace.ts';
import type { EventSink } from '../../src/netlog/event.ts';
import { readNetLog } from '../../src/netlog/read-netlog.ts';
import { writeNetLog } from '../../src/netlog/write-netlog.ts';
import type { Happening } from '../../src/simulator/happening.ts';
import { logSimulation } from '../../src/simulator/log-simulation.ts';
import { knownFrom } from './known.ts';
import { reconstructed } from './reconstructed.ts';
import { type Case, cases, parametersOf } from './scenario-arbitrary.ts';

it('in memory', () => {
  fc.assert(
    fc.property(cases({ cutOff: true, profiles: Object.keys(PROFILES) }), (given) => {
      const model = createModel();
      const happenings = simulated(given, model);
      agree(model.trace(), happenings, given);
    }),
    { numRuns: 700 },
  );
});

it('through the writer and the reader', async () => {
  await fc.assert(
    fc.asyncProperty(cases({ cutOff: true, profiles: Object.keys(PROFILES) }), async (given) => {
      const chunks: Uint8Array[] = [];
      const encoder = new TextEncoder();
      const happenings = simulated(given, writeNetLog((text) => chunks.push(encoder.encode(text))));
      const model = createModel();
      await readNetLog(chunks, model);
      agree(model.trace(), happenings, given);
    }),
    { numRuns: 200 },
  );
});

function simulated(given: Case, sink: EventSink): readonly Happening[] {
  const happenings: Happening[] = [];
  const observe = (happening: Happening) => void happenings.push(happening);
  logSimulation(given.scenario, { parameters: parametersOf(given), seed: given.scenario.seed, version: '0', subject: given.profile, observe }, sink);
  return happenings;
}

function agree(trace: Trace, happenings: readonly Happening[], given: Case): void {
  expect(trace.diagnostics).toEqual([]);
  expect(reconstructed(trace)).toEqual(knownFrom(happenings, parametersOf(given)));
}
