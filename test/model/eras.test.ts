/** One small log per era of Chromium, and what the model must make of it whatever the events were called. */
import { describe, expect, it } from 'vitest';
import { createModel } from '../../src/model/model.ts';
import type { Trace } from '../../src/model/trace.ts';
import type { Era, ExpectedResolution } from './eras/era.ts';
import { ERAS } from './eras/index.ts';

function analyse({ log }: Era): Trace {
  const model = createModel();
  log.feed(model);
  return model.trace();
}

function checkResolution(trace: Trace, { queryTypes, taskKinds, transactions, ...rest }: ExpectedResolution): void {
  const found = trace.resolutions.find((r) => r.id === rest.id);
  expect(found).toMatchObject(rest);
  expect(found?.queryTypes.toSorted()).toEqual(queryTypes.toSorted());
  expect(found?.tasks.map((t) => t.kind)).toEqual(taskKinds);
  expect(found?.transactions).toMatchObject(transactions);
}

describe.each(ERAS)('a log of Chrome $chrome ($about)', (era) => {
  it('has its resolutions, with their queries and times', () => {
    const trace = analyse(era);
    expect(new Set(trace.resolutions.map((r) => r.id))).toEqual(new Set(era.resolutions.map((r) => r.id)));
    for (const expected of era.resolutions) checkResolution(trace, expected);
  });

  it('has one race of the engine that ran', () => {
    const trace = analyse(era);
    expect(trace.raceEngines).toEqual([era.race.engine]);
    expect(trace.races.map((r) => r.destination?.host)).toEqual([era.race.destination?.host]);
    const { attempts: _attempts, resolutionIds, ...rest } = era.race;
    expect(trace.races[0]).toMatchObject(rest);
    expect(trace.races[0]?.resolutionIds).toEqual(expect.arrayContaining([...(resolutionIds ?? [])]));
  });

  it('has its attempts, with endpoints, times and outcomes', () => {
    const { races } = analyse(era);
    expect(races[0]?.attempts).toMatchObject(era.race.attempts);
    // `part` only where one socket tried several addresses.
    expect(races[0]?.attempts.map((a) => a.part)).toEqual(era.race.attempts.map((a) => a.part));
  });

  it('tells how the log began and ended', () => {
    const trace = analyse(era);
    expect(trace.constants.client?.version).toMatch(new RegExp(`^${era.chrome}\\.`));
    expect(trace.originUnixMs).toBe(Number(era.log.shape.tickOffset) + era.log.tick(0));
    expect(trace.complete).toBe(true);
  });
});
