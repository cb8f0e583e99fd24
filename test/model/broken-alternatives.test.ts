/** Servers that HTTP/3 is put off for, as Chromium remembers them. */
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/findings/judge.ts';
import { createModel } from '../../src/model/model.ts';
import type { Trace } from '../../src/model/trace.ts';
import { dep, timeline, type Timeline } from '../support/timeline.ts';
import { reportOf } from '../truth/sample-reports.ts';

/** How long Chromium keeps away from a server that it finds broken for the first time. */
const FIRST_TIME_MS = 300_000;

it('quic-history-blocked-hev2: svc2, whose UDP is dropped, is broken for five minutes from the moment QUIC is given up', async () => {
  const { brokenAlternatives, trace, races } = await reportOf('quic-history-blocked-hev2');
  expect(brokenAlternatives).toMatchObject([{ host: 'svc2.lab.test', port: 443, timesBroken: 1, because: { netError: { name: 'ERR_QUIC_PROTOCOL_ERROR' } }, requestIds: [] }]);
  const { sinceMs = 0, untilUnixMs = 0, because } = brokenAlternatives?.[0] ?? {};
  // The snapshot has whole seconds.
  expect(Math.abs(untilUnixMs - FIRST_TIME_MS - (trace.originUnixMs + sinceMs))).toBeLessThan(1000);
  expect(races.find(({ id }) => id === because?.raceId)?.destination?.host).toBe('svc2.lab.test');
});

it.each(['quic-known-hev3', 'altsvc-hev3', 'quic-blocked-hev3', 'dual-hev2'])('%s remembers no broken server: QUIC never failed, or was called off', async (sample) => {
  expect((await reportOf(sample)).brokenAlternatives).toEqual([]);
});

const controller = (id: number) => ['HTTP_STREAM_JOB_CONTROLLER', id] as const;
const found = (altSvc: string, isBroken: boolean) => ['HTTP_STREAM_JOB_CONTROLLER_ALT_SVC_FOUND', 'NONE', { alt_svc: `${altSvc}, expires 2026-12-20 16:34:16`, is_broken: isBroken }] as const;

function traceOf(log: Timeline): Trace {
  const model = createModel();
  log.feed(model);
  return model.trace();
}

describe('a request that meets a broken server', () => {
  const log = timeline({ chrome: '156' })
    .at(0, ...controller(2), 'HTTP_STREAM_JOB_CONTROLLER', 'BEGIN', { url: 'https://a.test/', is_preconnect: false })
    .at(0, ...controller(2), 'HTTP_STREAM_JOB_CONTROLLER_BOUND', 'NONE', dep(1, 'URL_REQUEST'))
    .at(5, ...controller(2), ...found('quic a.test:443', true))
    .at(5, ...controller(2), ...found('quic a.test:443', true))
    .at(6, ...controller(3), ...found('quic b.test:443', false));

  it('went without HTTP/3 because of it; when and why it was found broken is not in the log', () => {
    expect(traceOf(log).brokenAlternatives).toMatchObject([{ host: 'a.test', port: 443, knownMs: 5, requestIds: [1] }]);
    expect(traceOf(log).brokenAlternatives[0]).not.toHaveProperty('sinceMs', expect.anything());
  });

  it('is told as information', () => {
    expect(judge(traceOf(log)).map(({ severity, id }) => `${severity} ${id}`)).toEqual(['info log.nothing_to_judge', 'info quic.alternative_broken']);
  });
});

it('what is no alternative service is none that is broken', () => {
  const log = timeline({ chrome: '156' })
    .at(0, ...controller(2), ...found('a.test', true))
    .at(1, 'HTTP_SERVER_PROPERTIES', 7, 'HTTP_SERVER_PROPERTIES_UPDATE_PREFS', 'NONE', {
      broken_alternative_services: [7, { host: 'a.test', protocol_str: 'quic' }, { host: 'a.test', port: 443, protocol_str: 'h2' }],
    });
  expect(traceOf(log).brokenAlternatives).toEqual([]);
});
