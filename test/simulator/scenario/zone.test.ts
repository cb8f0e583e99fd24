import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readZone } from '../../../src/simulator/scenario/zone.ts';

const a = (address: string, ttlSeconds: number) => ({ type: 'A', ttl: ttlSeconds * 1000, address });

describe('a zone in presentation format (RFC 1035 §5)', () => {
  it('gives names without trailing dot in lower case, addresses canonical, TTLs in milliseconds', () => {
    const zone = readZone('Dual.Lab.Test. 60 IN A 10.77.0.21\ndual.lab.test. 90 IN AAAA 2001:DB8:0:0::21\n');
    expect(zone.get('dual.lab.test')).toEqual([a('10.77.0.21', 60), { type: 'AAAA', ttl: 90_000, address: '2001:db8::21' }]);
  });

  it('takes names relative to $ORIGIN, @ for the origin itself, and a $ORIGIN relative to the one before', () => {
    const zone = readZone('$ORIGIN test.\n@ A 192.0.2.1\nwww A 192.0.2.2\n$ORIGIN lab\n@ CNAME www\n');
    expect(zone.get('test')).toEqual([a('192.0.2.1', 300)]);
    expect(zone.get('www.test')).toEqual([a('192.0.2.2', 300)]);
    expect(zone.get('lab.test')).toEqual([{ type: 'CNAME', ttl: 300_000, target: 'www.lab.test' }]);
  });

  it('takes names relative to the root without $ORIGIN', () => {
    expect(readZone('dual.lab.test A 192.0.2.1').has('dual.lab.test')).toBe(true);
  });

  it('gives the previous owner to a line that starts blank', () => {
    const zone = readZone('www.test. 60 A 192.0.2.1\n          A 192.0.2.2\n');
    expect(zone.get('www.test')).toEqual([a('192.0.2.1', 60), a('192.0.2.2', 300)]);
  });

  it('takes TTL and class in either order, or neither, and types in lower case', () => {
    const zone = readZone('$TTL 7\nx. IN 5 A 192.0.2.1\nx. 6 in a 192.0.2.2\nx. A 192.0.2.3\n');
    expect(zone.get('x')).toEqual([a('192.0.2.1', 5), a('192.0.2.2', 6), a('192.0.2.3', 7)]);
  });

  it('takes out comments, also within parentheses, and joins the lines between these', () => {
    const zone = readZone('; all of it\nx. HTTPS 1 . ( ; begins\n  port=8443 ; "(\n  alpn=h2 )\n');
    expect(zone.get('x')).toEqual([{ type: 'HTTPS', ttl: 300_000, service: { priority: 1, target: '.', params: { port: 8443, alpn: ['h2'] } } }]);
  });

  it('keeps quoted semicolons, parentheses and escapes out of the syntax', () => {
    expect(readZone('x. TXT "a;b(" "c\\"d" \\034e\ny. A 192.0.2.1').get('y')).toEqual([a('192.0.2.1', 300)]);
  });

  it('keeps records of other types as a sign that the name exists', () => {
    expect(readZone('x. TXT hello\ny. TYPE731 \\# 0').get('x')).toEqual([{ type: 'other', ttl: 300_000 }]);
  });

  it('makes every ancestor of a name exist (RFC 8020)', () => {
    expect([...readZone('a.b.test. A 192.0.2.1').entries()].filter(([, records]) => records.length === 0).map(([name]) => name)).toEqual(['b.test', 'test', '']);
  });

  it('keeps the records of an ancestor that comes later', () => {
    expect(readZone('a.test. A 192.0.2.1\ntest. A 192.0.2.2').get('test')).toEqual([a('192.0.2.2', 300)]);
  });

  it('is empty for no text, blank lines and comments', () => {
    expect(readZone('').size).toBe(0);
    expect(readZone('\n   \n  ; nothing\n').size).toBe(0);
  });

  it.each([
    ['x. A 192.0.2', 1, 'expected an IPv4 address, found "192.0.2"'],
    ['x. A 2001:db8::1', 1, 'expected an IPv4 address, found "2001:db8::1"'],
    ['x. AAAA [2001:db8::1]', 1, 'expected an IPv6 address, found "[2001:db8::1]"'],
    ['x. A', 1, 'expected an IPv4 address, found the end of the record'],
    ['x. A 192.0.2.1 192.0.2.2', 1, 'expected the end of the record, found "192.0.2.2"'],
    ['x. 60', 1, 'expected a record type (A, AAAA, CNAME, HTTPS, SVCB, TXT, …), found the end of the record'],
    ['\n\nx. 60 IN HTTP 1 .', 3, 'expected a record type (A, AAAA, CNAME, HTTPS, SVCB, TXT, …), found "HTTP"'],
    ['x. 60 60 A 192.0.2.1', 1, 'expected a record type (A, AAAA, CNAME, HTTPS, SVCB, TXT, …), found "60"'],
    ['x. CH A 192.0.2.1', 1, 'expected the class IN, found "CH"'],
    ['x. 1h A 192.0.2.1', 1, 'expected a TTL in seconds, 0 to 2147483647, found "1h"'],
    ['x. 2147483648 A 192.0.2.1', 1, 'expected a TTL in seconds, 0 to 2147483647, found "2147483648"'],
    ['  A 192.0.2.1', 1, 'expected an owner name before the first record, found "A"'],
    ['a..b. A 192.0.2.1', 1, 'expected a domain name of ASCII labels, without quotes and escapes, found "a..b."'],
    [`${'a'.repeat(64)}. A 192.0.2.1`, 1, `expected a domain name of ASCII labels, without quotes and escapes, found "${'a'.repeat(60)}…"`],
    ['a\\.b. A 192.0.2.1', 1, 'expected a domain name of ASCII labels, without quotes and escapes, found "a.b."'],
    ['$INCLUDE other', 1, 'expected $ORIGIN or $TTL, found "$INCLUDE"'],
    ['x. TXT (\n a', 1, 'expected a closing parenthesis, found "("'],
    ['x. TXT )', 1, 'expected parentheses in pairs, not nested, found ")"'],
    ['x. TXT ((', 1, 'expected parentheses in pairs, not nested, found "("'],
    ['x. TXT "a\ny. TXT b', 1, 'expected a closed quote, or an escape such as \\" or \\034, found "\\"a"'],
    ['x. TXT \\25', 1, 'expected a closed quote, or an escape such as \\" or \\034, found "\\\\25"'],
    ['x. TXT \\256', 1, 'expected an escape from \\000 to \\255, found "\\\\256"'],
    ['x. HTTPS (\n 65536 .)', 2, 'expected a SvcPriority, 0 to 65535, found "65536"'],
    ['x. CNAME y.\nx. A 192.0.2.1', 2, 'expected a CNAME to be the only record of its name, found "x"'],
    ['x. A 192.0.2.1\nx. CNAME y.', 2, 'expected a CNAME to be the only record of its name, found "x"'],
  ])('refuses %j in line %i', (text, line, message) => {
    expect(() => readZone(text)).toThrow(expect.objectContaining({ name: 'ZoneError', line, message }));
  });

  it('reads any text or refuses it with a line of it', () => {
    const word = fc.constantFrom('x.', 'A', 'HTTPS', '1', '.', '192.0.2.1', ' ', '\n', '(', ')', '"', '\\', ';', '$TTL', 'alpn=', 'h2,', '@');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const text = words.join(' ');
        try {
          readZone(text);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ZoneError' });
          const { line } = error as { line: number };
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(text.split('\n').length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
