/** What the account of a race says of its attempts: each start with its cause, and what became of the one before. */
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../src/engine/endpoint.ts';
import type { RaceOutput, StartCause } from '../../../src/engine/race/race-output.ts';
import { RaceAccount } from '../../../src/simulator/explain/race-account.ts';

const TCP: Endpoint = { ip: { address: '192.0.2.1', port: 443 }, transport: 'tcp', alpn: ['h2'] };
const QUIC: Endpoint = { ...TCP, transport: 'quic', alpn: ['h3'] };
const start = (attempt: number, cause: StartCause, endpoint = TCP): RaceOutput => ({ kind: 'start-attempt', attempt, endpoint, secureHandshake: 'permitted', cause, rule: 'a-rule', at: attempt });

function texts(...outputs: readonly RaceOutput[]): readonly string[] {
  const account = new RaceAccount(1, 'https://a.test', 0);
  for (const output of outputs) account.tell(output, undefined);
  return account.section().lines.map(({ text }) => text);
}

/** The reason given for the last of these. */
function reason(...outputs: readonly RaceOutput[]): string | undefined {
  return texts(...outputs).at(-1)?.split(/: (?!443)/).at(-1);
}

const first = start(1, { why: 'first' });

describe('the reason of a start', () => {
  it.each<[StartCause, string]>([
    [{ why: 'first' }, 'the first candidate.'],
    [{ why: 'delay-passed', after: 1 }, 'the connection attempt delay after attempt 1 has passed.'],
    [{ why: 'family-turned', after: 1 }, 'attempt 1 is slow, which turns to the other family.'],
    [{ why: 'brought-forward', after: 1 }, 'an answer has come, and attempt 1 has made no progress.'],
    [{ why: 'connected', after: 1 }, 'attempt 1 is connected, but not ready yet.'],
    [{ why: 'failed', after: 1 }, 'attempt 1 failed.'],
    [{ why: 'new-endpoint' }, 'it has just come to be known, and there was nothing left to try.'],
    [{ why: 'ech-retry', after: 1 }, 'it repeats attempt 1, without ECH.'],
    [{ why: 'lane-begins' }, 'the first of its list, beside the other one.'],
    [{ why: 'lane-released', by: 'head-start-over' }, 'the first of its list, as the head start of the other is over.'],
    [{ why: 'lane-released', by: 'other-lane-exhausted' }, 'the first of its list, as the other has nothing left to try.'],
  ])('%j', (cause, expected) => {
    expect(reason(first, start(2, cause))).toBe(expected);
  });

  it('names the transport where a list is the first over it', () => {
    expect(reason(start(1, { why: 'first' }, QUIC), start(2, { why: 'lane-begins' }))).toBe('the first over TCP, beside the other transport.');
  });

  it("says that a retry uses the server's configuration", () => {
    expect(reason(first, start(2, { why: 'ech-retry', after: 1 }, { ...TCP, ech: 'AEj+DQBE' }))).toBe("it repeats attempt 1, with the server's own ECH configuration.");
  });

  it.each([
    ['DEC-13', 'attempt 1 took too long.'],
    ['DEC-8', 'attempt 1 is given up for want of ECH.'],
    ['slow-attempt-abandoned', 'attempt 1 was slow and is given up.'],
  ])('is what the attempt before was cancelled for: %s', (rule, expected) => {
    expect(reason(first, { kind: 'cancel-attempt', attempt: 1, rule, at: 2 }, start(2, { why: 'cancelled', after: 1 }))).toBe(expected);
  });
});

describe('the endpoint of a start', () => {
  it.each<[Endpoint, string]>([
    [TCP, 'IPv4 TCP to 192.0.2.1:443, ALPN h2'],
    [{ ...QUIC, ip: { address: '2001:db8::1', port: 8443 }, ech: 'AEj+DQBE' }, 'IPv6 QUIC to [2001:db8::1]:8443, ALPN h3, with ECH'],
    [{ ...TCP, ip: { address: 'a.test', port: 443 } }, 'TCP to a.test:443, ALPN h2'],
  ])('%j', (endpoint, expected) => {
    expect(texts(start(1, { why: 'first' }, endpoint))).toEqual([`Attempt 1 starts, ${expected}: the first candidate.`]);
  });
});

describe('a query that is asked again', () => {
  it.each([
    ['HE-25', 'The race asks for A of a.test again: the answer was expired when it came.'],
    ['HE-24', 'The race asks for A of a.test again: the answer has expired since.'],
  ])('%s', (rule, expected) => {
    expect(texts({ kind: 'query', query: { name: 'a.test', type: 'A' }, wants: 'fresh-answer', rule, at: 0 })).toEqual([expected]);
  });
});
