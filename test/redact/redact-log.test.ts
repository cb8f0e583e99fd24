/** A redacted log holds no secret, still tells the same story, and is clean for whoever checks it again. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { judge } from '../../src/findings/judge.ts';
import { computeMetrics } from '../../src/metrics/all-metrics.ts';
import { computeHistograms } from '../../src/metrics/histograms/all-histograms.ts';
import type { Trace } from '../../src/model/trace.ts';
import { redactParams } from '../../src/redact/params.ts';
import type { Pseudonyms } from '../../src/redact/pseudonyms/pseudonyms.ts';
import { CONSTANTS, lineLog } from '../netlog/reading.ts';
import { pseudonymsBy, redactLog, SAMPLE_NAMES, sample, scrubbing, traceOf } from './redacting.ts';

/** The log without DNS answers as received. They go whole, and with them what only they tell: the HTTPS records that a browser ignored. */
function withoutAnswers(log: Uint8Array): string {
  return new TextDecoder().decode(log).replaceAll(/"response_buffer":"[^"]*"/g, '"response_buffer":""');
}

/** What is told about a trace, with the strings that redaction changes changed in the same way. */
function story(trace: Trace, pseudonyms?: Pseudonyms): unknown {
  const { constants: _constants, diagnostics, ...told } = trace;
  return {
    told: redactParams('', JSON.parse(JSON.stringify(told)) as Record<string, unknown>, scrubbing(), pseudonyms),
    metrics: computeMetrics(trace),
    histograms: computeHistograms(trace),
    // What a finding says is text made of names; where it points, and how grave it is, is not.
    findings: judge(trace).map(({ id, severity, evidence }) => ({ id, severity, evidence })),
    codes: diagnostics.map(({ code }) => code),
  };
}

/** Pseudonyms take certificates out of a log, and with them what only they tell: which hosts a session could serve. */
function withoutCertificates(trace: Trace): Trace {
  return {
    ...trace,
    sessions: trace.sessions.map((session) => ({ ...session, certificateNames: undefined })),
    races: trace.races.map((race) => ({ ...race, avoidable: undefined, avoidableBy: undefined })),
  };
}

test.each(SAMPLE_NAMES)('the recording %s tells the same story once it is redacted, and is clean, in its layout', async (name) => {
  const log = sample(name);
  const { text } = redactLog(log);
  expect(story(await traceOf(text))).toEqual(story(await traceOf(withoutAnswers(log))));
  const again = redactLog(text);
  expect(again.seen).toEqual([]);
  expect(again.text).toBe(text);
  expect(eventLines(text)).toBe(eventLines(new TextDecoder().decode(log)));
});

/** Lines that are an event, as Chromium lays out a log. */
function eventLines(log: string): number {
  return log.match(/^\{.*"type":\d+\}[\],}]*$/gm)?.length ?? 0;
}

it('with pseudonyms, a recording tells the same story and shows no host or address of its own, in Base64 neither', async () => {
  const hidden = /lab2?\.test|google(?!_)|duckduckgo|10\.77\.0\.|2001:db8:77:/i;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...SAMPLE_NAMES), fc.string({ minLength: 16 }), async (name, key) => {
      const log = sample(name);
      const pseudonyms = pseudonymsBy(key);
      const { text } = redactLog(log, pseudonyms);
      expect(story(withoutCertificates(await traceOf(text)))).toEqual(story(withoutCertificates(await traceOf(withoutAnswers(log))), pseudonyms));
      const encoded = Array.from(text.matchAll(/"([A-Za-z0-9+/]{16,}={0,2})"/g), ([, base64 = '']) => Buffer.from(base64, 'base64').toString('latin1'));
      expect([text, ...encoded].flatMap((part) => hidden.exec(part)?.[0] ?? [])).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

/** Everywhere a secret can stand. */
const PLACES: readonly ((secret: string) => Record<string, unknown>)[] = [
  (s) => ({ headers: [`cookie: id=${s}`] }),
  (s) => ({ headers: [`set-cookie: ${s}=1`, 'HTTP/1.1 200 OK'] }),
  (s) => ({ headers: [`Authorization: Bearer ${s}`] }),
  (s) => ({ headers: { Cookie: s } }),
  (s) => ({ headers: [`x-unheard-of: ${s}`, s] }),
  (s) => ({ headers: [`:path: /x?y=${s}`, `referer: https://a.test/#${s}`] }),
  (s) => ({ request_headers: { headers: [`x-goog-api-key: ${s}`], line: `GET /?${s} HTTP/1.1\r\n` } }),
  (s) => ({ url: `https://${s}:x@a.test/` }),
  (s) => ({ url: `https://x:${s}@a.test/?a=${s}#${s}` }),
  (s) => ({ url: `data:text/html,${s}` }),
  (s) => ({ location: `../next?code=${s}` }),
  (s) => ({ proxy_info: `PROXY u:${s}@proxy.test:3128` }),
  (s) => ({ bytes: btoa(s), byte_count: s.length }),
  (s) => ({ hex_encoded_bytes: s }),
  (s) => ({ nested: [{ auth_token: s, deeper: { password: s } }] }),
  (s) => ({ file_name: `/home/${s}/x`, other: `C:\\Users\\${s}\\y` }),
  (s) => ({ details: `token=${s}; session_id=${s}` }),
  (s) => ({ details: `failed for ${s}@mail.test` }),
  (s) => ({ [`https://a.test/?k=${s}`]: 1 }),
];

const secrets = fc.string({ unit: fc.constantFrom('a', 'b', 'k', 'x', 'A', 'Q', 'Z', '0', '7', '9'), minLength: 12, maxLength: 40 }).map((text) => `Sec${text}`);

it('lets no secret out, wherever it stands, and the check tells of it', async () => {
  await fc.assert(
    fc.asyncProperty(secrets, fc.constantFrom(...PLACES), fc.boolean(), async (secret, place, withPseudonyms) => {
      const event = JSON.stringify({ params: place(secret), phase: 0, source: { id: 1, type: 0 }, time: '1', type: 0 });
      const { text, seen } = redactLog(lineLog([event]), withPseudonyms ? pseudonymsBy('a key of some length') : undefined);
      expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
      expect(text).not.toContain(btoa(secret).slice(0, 12));
      expect(seen.length).toBeGreaterThan(0);
      expect((redactLog(text)).seen).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

describe('the header', () => {
  const log = (clientInfo: object): string => `{"constants":${JSON.stringify({ ...CONSTANTS, clientInfo })},\n"events": [\n]}\n`;

  it('loses what the command line tells of people and proxies', async () => {
    const { text, seen } = redactLog(log({ name: 'Chrome', command_line: '/home/alice/chrome --proxy-server=http://u:p@proxy.test:3128 https://a.test/?q=1' }));
    expect(JSON.parse(text)).toMatchObject({
      constants: { ...CONSTANTS, clientInfo: { name: 'Chrome', command_line: '/home/redacted/chrome --proxy-server=http://proxy.test:3128 https://a.test/?redacted' } },
    });
    expect(seen.toSorted()).toEqual(['credentials', 'query-strings', 'user-names']);
  });

  it('keeps its tables number for number', async () => {
    const { constants } = JSON.parse((redactLog(log({}))).text) as { constants: object };
    expect(constants).toEqual({ ...CONSTANTS, clientInfo: {} });
  });
});

it('what follows the events is told of and not handed on', async () => {
  const { text, seen } = redactLog(lineLog([], ',\n"polledData": [{"proxySettings":{"secret":"hunter2"}}]'));
  expect(seen).toEqual(['other-keys']);
  expect(text).not.toContain('hunter2');
});

it('a cut log stays cut, and damaged lines are not handed on', async () => {
  const whole = '{"phase":0,"source":{"id":1,"type":0},"time":"1","type":0}';
  const { text } = redactLog(`${lineLog([whole, '{"params":{"cookie":"hunter2"', whole]).slice(0, -3)},\n{"params":{"tok`);
  expect(text).not.toContain('hunter2');
  expect((await traceOf(text)).complete).toBe(false);
  expect((await traceOf(text)).eventCount).toBe(2);
});
