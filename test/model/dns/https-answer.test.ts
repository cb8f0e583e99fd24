/** DNS messages with HTTPS records, whole, compressed, cut and hostile. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHttpsAnswer } from '../../../src/model/dns/https-answer.ts';
import { H3_H2, TO_QUESTION, answer, base64, hex, name, u16 } from './messages.ts';

const A = { owner: name('a.test'), type: 1, data: hex('c0000201') };

it('reads the records behind a CNAME, whose owner is the end of the chain', () => {
  const message = answer('www.test', [
    { owner: TO_QUESTION, type: 5, data: name('a.test') },
    { owner: name('a.test'), type: 65, data: H3_H2 },
  ]);
  expect(readHttpsAnswer(base64(message))).toEqual({
    records: [{ ownerName: 'a.test', binding: { mode: 'service', priority: 1, targetName: '.', params: expect.objectContaining({ alpn: ['h3', 'h2'] }) } }],
    additional: [],
  });
});

it('tells what came along', () => {
  const message = answer('b.test', [{ owner: TO_QUESTION, type: 65, data: [...u16(0), ...name('a.test')] }], [A]);
  expect(readHttpsAnswer(base64(message))).toEqual({
    records: [{ ownerName: 'b.test', binding: { mode: 'alias', targetName: 'a.test' } }],
    additional: [{ name: 'a.test', type: 1 }],
  });
});

it('keeps to the set if one record is malformed', () => {
  const message = answer('a.test', [
    { owner: TO_QUESTION, type: 65, data: hex('0001 00 00') },
    { owner: TO_QUESTION, type: 65, data: H3_H2 },
  ]);
  expect(readHttpsAnswer(base64(message))?.records.map(({ binding }) => binding.mode)).toEqual(['malformed', 'service']);
});

it('finds no records in an empty answer', () => {
  expect(readHttpsAnswer(base64(answer('a.test', [])))).toEqual({ records: [], additional: [] });
});

describe('makes nothing of', () => {
  const whole = answer('a.test', [{ owner: TO_QUESTION, type: 65, data: H3_H2 }], [A]);

  it.each([
    ['no base64', '<strip>'],
    ['nothing', ''],
    ['a name that points to itself', base64(answer('a.test', [{ owner: [0xc0, 24], type: 65, data: H3_H2 }]))],
    ['more records than there are', base64([...whole.slice(0, 6), 0xff, 0xff, ...whole.slice(8)])],
    ['more than a message can hold', 'A'.repeat(100_000)],
  ])('%s', (_what, text) => {
    expect(readHttpsAnswer(text)).toBeUndefined();
  });

  it('a message that is cut, wherever that is', () => {
    expect(whole.map((_, length) => readHttpsAnswer(base64(whole.slice(0, length)))).filter((read) => read !== undefined)).toEqual([]);
  });
});

it('never throws, whatever is changed in a message', () => {
  const whole = answer('www.test', [
    { owner: TO_QUESTION, type: 5, data: name('a.test') },
    { owner: TO_QUESTION, type: 65, data: H3_H2 },
  ], [A]);
  const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 });
  fc.assert(
    fc.property(changes, (made) => {
      const message = [...whole];
      for (const [at, octet] of made) message[at] = octet;
      const read = readHttpsAnswer(base64(message));
      return read === undefined || read.records.length <= 2 + 1;
    }),
  );
});
