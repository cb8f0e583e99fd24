import { describe, expect, test } from 'vitest';
import { a4, a6, b4, b6, c6, chromium, lookup } from './lookups.ts';
import { addressText, addresses, alias, failure, https, queryText, service, serviceTexts } from './lookups.ts';

const O = 'example.com';
const h3h2 = { alpn: ['h3', 'h2'] };
const authority = `authority ${O}:443  | h2,http/1.1`;

describe('what is asked', () => {
  test.each([
    ['C-01, C-02, HE-08: HTTPS, AAAA, A', {}, {}, [`${O} HTTPS`, `${O} AAAA`, `${O} A`]],
    ['C-23: IPv4 only', { addressTypes: ['A'] as const }, {}, [`${O} HTTPS`, `${O} A`]],
    ['C-24: IPv6 only', { addressTypes: ['AAAA'] as const }, {}, [`${O} HTTPS`, `${O} AAAA`]],
    ['HE-07: no HTTPS', { serviceRecords: false }, {}, [`${O} AAAA`, `${O} A`]],
    ['D-41: another port', {}, { port: 8443 }, [`_8443._https.${O} HTTPS`, `${O} AAAA`, `${O} A`]],
    ['C-70, DEC-15: an IP literal', {}, { host: a6 }, []],
  ])('%s', (_, options, origin, queries) => {
    const { started, view } = lookup(options, origin);
    expect(started).toEqual(queries);
    expect(view().openQueries.map(queryText)).toEqual(queries);
  });

  test('C-19, HE-20: hints do not replace queries; C-25, C-26: only for the families in use', () => {
    const answer = https(O, service(1, 's1', { ...h3h2, ipv6Hints: [b6] }));
    expect(lookup().reply(O, 'HTTPS', answer)).toEqual(['s1 AAAA', 's1 A']);
    expect(lookup({ addressTypes: ['AAAA'] }).reply(O, 'HTTPS', answer)).toEqual(['s1 AAAA']);
    expect(lookup({ addressTypes: ['A'] }).reply(O, 'HTTPS', answer)).toEqual(['s1 A']);
  });

  test('D-07: nothing for ".", one pair for each other TargetName', () => {
    const answer = https(O, service(1, '.', h3h2), service(2, 'alt', h3h2), service(3, 'alt'), service(4, O));
    expect(lookup().reply(O, 'HTTPS', answer)).toEqual(['alt AAAA', 'alt A']);
  });

  test('SB-07, L-18: "." behind a CNAME is the end of the chain, whose addresses are on their way', () => {
    const { reply, view } = lookup();
    expect(reply(O, 'HTTPS', https('cdn.example', service(1, '.', h3h2)))).toEqual([]);
    reply(O, 'AAAA', addresses(a6));
    const [first] = view().services;
    expect([first?.name, addressText(first?.ipv6)]).toEqual(['cdn.example', `answer ${a6}`]);
  });

  test('SB-07: "." in the records of a prefixed name is that name', () => {
    const { reply } = lookup({}, { port: 8443 });
    const name = `_8443._https.${O}`;
    expect(reply(name, 'HTTPS', https(name, service(1, '.', h3h2)))).toEqual([`${name} AAAA`, `${name} A`]);
  });

  test('DEC-10: TargetNames beyond the limit are refused, the origin does not count', () => {
    const { reply, view } = lookup({ targetLimit: 1 });
    const records = [service(1, 's1'), service(2, 's2'), service(3, '.'), service(4, 's1')];
    expect(reply(O, 'HTTPS', https(O, ...records))).toEqual(['s1 AAAA', 's1 A']);
    expect(view().services.map(({ name }) => name)).toEqual(['s1', O, 's1', O]);
    expect(view().refusals).toEqual([{ priority: 2, target: 's2', reason: 'target-limit' }]);
  });

  test('answers to queries never asked change nothing', () => {
    const { reply, view } = lookup();
    const before = view();
    expect(reply('other', 'HTTPS', https('other', service(1, 's1')))).toEqual([]);
    reply('other', 'A', addresses(a4));
    expect(view()).toEqual(before);
  });
});

describe('services in order', () => {
  test('HE-40, C-65: without records the authority alone, never over QUIC', () => {
    const { reply, view } = lookup();
    const pending = { state: 'pending' };
    expect(view().services[0]).toMatchObject({ provisional: true, ipv4: pending, ipv6: pending });
    reply(O, 'HTTPS', https(O));
    reply(O, 'AAAA', addresses());
    reply(O, 'A', addresses(a4));
    expect(serviceTexts({ view })).toEqual([authority]);
    expect(view()).toMatchObject({ info: 'negative', openQueries: [], upgradeToHttps: false });
    expect(view().services[0]).toMatchObject({ provisional: false, ipv6: { state: 'negative' } });
    expect(addressText(view().services[0]?.ipv4)).toBe(`answer ${a4}`);
  });

  test('C-62, HE-38: by priority, the authority last', () => {
    const { reply, view } = lookup();
    reply(O, 'HTTPS', https(O, service(2, 's1', h3h2), service(1, '.', h3h2)));
    expect(serviceTexts({ view })).toEqual([
      `service-record ${O}:443 h3 | h2,http/1.1`,
      'service-record s1:443 h3 | h2,http/1.1',
      authority,
    ]);
    expect(view().info).toBe('known');
    expect(view().services.map(({ priority }) => priority)).toEqual([1, 2, undefined]);
  });

  test('C-50, D-24: records for another name come before the origin, each with its own addresses', () => {
    const { reply, view } = lookup();
    reply(O, 'HTTPS', https(O, service(1, 's1', h3h2)));
    reply(O, 'AAAA', addresses(a6));
    reply('s1', 'AAAA', addresses(b6));
    expect(view().services.map(({ ipv6 }) => addressText(ipv6))).toEqual([`answer ${b6}`, `answer ${a6}`]);
  });

  test('C-53, C-69: protocols by record', () => {
    const { reply, view } = lookup();
    const only = (id: string) => ({ alpn: [id], noDefaultAlpn: true });
    reply(O, 'HTTPS', https(O, service(1, 's1', only('h3')), service(2, 's2', only('h2'))));
    expect(serviceTexts({ view })).toEqual([
      'service-record s1:443 h3 | ',
      'service-record s2:443  | h2,http/1.1',
      authority,
    ]);
  });

  test('C-60: ports by record, the authority keeps its own', () => {
    const { reply, view } = lookup();
    reply(O, 'HTTPS', https(O, service(1, '.', { port: 20007 }), service(2, '.', { port: 20008 })));
    expect(view().services.map(({ port }) => port)).toEqual([20007, 20008, 443]);
  });

  test('D-22: a record without a common protocol is refused and not followed', () => {
    const { reply, view } = lookup({ protocols: ['h2'] });
    expect(reply(O, 'HTTPS', https(O, service(1, 's1', { alpn: ['h3'], noDefaultAlpn: true })))).toEqual([]);
    expect(serviceTexts({ view })).toEqual([`authority ${O}:443  | h2`]);
    expect(view()).toMatchObject({ info: 'negative', refusals: [{ target: 's1', reason: 'no-common-protocol' }] });
  });

  test('C-70, C-71: an IP literal is a service at once', () => {
    const { view } = lookup({}, { host: a6 });
    expect(view()).toMatchObject({ info: 'not-asked', openQueries: [], services: [{ name: a6, provisional: false }] });
    const [only] = view().services;
    expect([addressText(only?.ipv6), addressText(only?.ipv4)]).toEqual([`literal ${a6}`, 'not-asked']);
  });

  test('the view stays the same object until the next answer', () => {
    const { reply, view } = lookup();
    const before = view();
    expect(view()).toBe(before);
    reply(O, 'A', addresses(a4));
    expect(view()).not.toBe(before);
  });
});

describe('hints', () => {
  const hinted = https(O, service(1, '.', { ...h3h2, ipv4Hints: [a4], ipv6Hints: [b6] }));
  const first = (view: ReturnType<typeof lookup>['view']) => {
    const { ipv6, ipv4 } = view().services[0]!;
    return [addressText(ipv6), addressText(ipv4)];
  };

  test('D-06, C-13, R-21, L-19: both families from hints; the plain authority has none', () => {
    const { reply, view } = lookup();
    reply(O, 'HTTPS', hinted);
    expect(first(view)).toEqual([`hint ${b6}`, `hint ${a4}`]);
    expect(addressText(view().services[1]?.ipv6)).toBe('pending');
  });

  test('C-46, D-14, D-15, R-22, HE-28: addresses replace hints, family by family', () => {
    const { reply, view } = lookup();
    reply(O, 'HTTPS', hinted);
    reply(O, 'AAAA', addresses(a6));
    expect(first(view)).toEqual([`answer ${a6}`, `hint ${a4}`]);
  });

  test('C-17, C-44, DEC-4: hints outlive negative answers', () => {
    const { reply, view } = lookup();
    reply(O, 'AAAA', addresses());
    reply(O, 'A', failure());
    reply(O, 'HTTPS', hinted);
    expect(first(view)).toEqual([`hint ${b6}`, `hint ${a4}`]);
  });

  test('R-23, R-27: or do not, as in Chromium', () => {
    const { reply, view } = lookup(chromium);
    reply(O, 'HTTPS', hinted);
    reply(O, 'AAAA', addresses());
    expect(first(view)).toEqual(['negative', `hint ${a4}`]);
  });

  test('R-28: no hints of a family not asked for; none at all if they are off', () => {
    const ipv4 = lookup({ addressTypes: ['A'] });
    ipv4.reply(O, 'HTTPS', hinted);
    expect(first(ipv4.view)).toEqual(['not-asked', `hint ${a4}`]);
    const off = lookup({ useHints: false });
    off.reply(O, 'HTTPS', hinted);
    expect(first(off.view)).toEqual(['pending', 'pending']);
  });
});

describe('aliases', () => {
  test('HE-18, SB-11, D-37: an alias keeps the information pending; its end comes before the origin', () => {
    const { reply, view } = lookup();
    expect(reply(O, 'HTTPS', https(O, alias('svc')))).toEqual(['svc HTTPS', 'svc AAAA', 'svc A']);
    expect(view()).toMatchObject({ info: 'pending', services: [{ provisional: true }, { provisional: true }] });
    reply('svc', 'HTTPS', https('svc'));
    reply('svc', 'AAAA', addresses());
    reply('svc', 'A', addresses(b4));
    expect(serviceTexts({ view })).toEqual([`alias-target svc:443  | h2,http/1.1`, authority]);
    expect(view()).toMatchObject({ info: 'negative', services: [{ provisional: false }, { provisional: false }] });
    expect(addressText(view().services[0]?.ipv4)).toBe(`answer ${b4}`);
  });

  test('SB-11: records at the end of an alias come before that end', () => {
    const { reply, view } = lookup();
    reply(O, 'HTTPS', https(O, alias('svc')));
    expect(reply('svc', 'HTTPS', https('svc', service(1, '.', { ...h3h2, port: 8443 })))).toEqual([]);
    expect(serviceTexts({ view })).toEqual([
      'service-record svc:8443 h3 | h2,http/1.1',
      'alias-target svc:443  | h2,http/1.1',
      authority,
    ]);
  });

  test('D-36, SB-05: one alias too many is like no record at all', () => {
    const { reply, view } = lookup({ aliasLimit: 2 });
    reply(O, 'HTTPS', https(O, alias('s1')));
    expect(reply('s1', 'HTTPS', https('s1', alias('s2')))).toEqual(['s2 HTTPS', 's2 AAAA', 's2 A']);
    expect(reply('s2', 'HTTPS', https('s2', alias('s3')))).toEqual([]);
    expect([view().info, ...serviceTexts({ view })]).toEqual(['negative', authority]);
  });

  test('SB-04: exactly as many aliases as allowed are followed', () => {
    const { reply, view } = lookup({ aliasLimit: 1 });
    reply(O, 'HTTPS', https(O, alias('s1')));
    reply('s1', 'HTTPS', https('s1', service(1, '.')));
    expect(view().info).toBe('known');
  });

  test.each([[O], ['s1']])('SB-04: a circle through %s ends', (back) => {
    const { reply, view } = lookup();
    reply(O, 'HTTPS', https(O, alias('s1')));
    expect(reply('s1', 'HTTPS', https('s1', alias(back)))).toEqual([]);
    expect([view().info, ...serviceTexts({ view })]).toEqual(['negative', authority]);
  });
});

describe('Chromium 156', () => {
  test('L-16: AliasMode is ignored', () => {
    const { reply, view } = lookup(chromium);
    expect(reply(O, 'HTTPS', https(O, alias('svc')))).toEqual([]);
    expect([view().info, ...serviceTexts({ view })]).toEqual(['negative', authority]);
  });

  test('L-17, R-12, K-13: foreign target, no-default-alpn and other port are dropped', () => {
    const { reply, view } = lookup(chromium);
    const alone = { alpn: ['h2'], noDefaultAlpn: true };
    const answer = https(O, service(1, 's1', h3h2), service(2, '.', alone), service(3, '.', { port: 8443 }));
    expect(reply(O, 'HTTPS', answer)).toEqual([]);
    expect(serviceTexts({ view })).toEqual([authority]);
    expect(view().refusals.map(({ reason }) => reason)).toEqual(['other-target', 'no-default-alpn', 'other-port']);
  });

  test('L-18: a record at the end of the CNAME chain is used, beside the plain endpoint', () => {
    const { reply, view } = lookup(chromium);
    reply(O, 'HTTPS', https('cdn', service(1, '.', h3h2)));
    reply(O, 'AAAA', addresses(c6));
    expect(serviceTexts({ view })).toEqual(['service-record cdn:443 h3 | h2,http/1.1', authority]);
    expect(view().services.map(({ ipv6 }) => addressText(ipv6))).toEqual([`answer ${c6}`, `answer ${c6}`]);
  });

  test('K-12: two records in priority order, each with both families', () => {
    const { reply, view } = lookup(chromium);
    reply(O, 'HTTPS', https(O, service(2, '.', { alpn: ['h2'] }), service(1, '.', { alpn: ['h3'] })));
    reply(O, 'AAAA', addresses(a6));
    reply(O, 'A', addresses(a4));
    const [first, second] = view().services;
    expect([first?.quic, second?.quic]).toEqual([['h3'], []]);
    expect([first, second].map((of) => [addressText(of?.ipv6), addressText(of?.ipv4)])).toEqual(
      [1, 2].map(() => [`answer ${a6}`, `answer ${a4}`]),
    );
  });
});

describe('records that all say no-default-alpn', () => {
  const alone = { alpn: ['h2'], noDefaultAlpn: true };
  const records = https(O, service(1, 's1', alone), service(2, 's2', alone));

  test('SB-19: count like others', () => {
    const { reply, view } = lookup();
    expect(reply(O, 'HTTPS', records)).toEqual(['s1 AAAA', 's1 A', 's2 AAAA', 's2 A']);
    expect(view().info).toBe('known');
  });

  test('SB-19: or are refused together, and nothing is asked for them', () => {
    const { reply, view } = lookup({ noDefaultAlpn: 'refused-in-all' });
    expect(reply(O, 'HTTPS', records)).toEqual([]);
    expect([view().info, ...serviceTexts({ view })]).toEqual(['negative', authority]);
    expect(view().refusals).toEqual([1, 2].map((n) => ({ priority: n, target: `s${n}`, reason: 'no-default-alpn' })));
  });

  test('SB-19: one that does not say so saves the others; one of no use does not', () => {
    const mixed = lookup({ noDefaultAlpn: 'refused-in-all' });
    mixed.reply(O, 'HTTPS', https(O, service(1, 's1', alone), service(2, '.', h3h2)));
    expect(mixed.view().services.map(({ name }) => name)).toEqual(['s1', O, O]);
    const useless = lookup({ noDefaultAlpn: 'refused-in-all' });
    useless.reply(O, 'HTTPS', https(O, service(1, 's1', alone), service(2, '.', { alpn: [] })));
    expect(useless.view().info).toBe('negative');
  });
});

describe('a query that is asked once more', () => {
  test('HE-24, HE-25: is open again, while its answer stands', () => {
    const { reply, reopen, view } = lookup();
    reply(O, 'HTTPS', https(O));
    reply(O, 'AAAA', addresses(a6));
    reply(O, 'A', addresses(a4));
    reopen({ name: O, type: 'AAAA' });
    expect(view().openQueries.map(queryText)).toEqual([`${O} AAAA`]);
    expect(addressText(view().services[0]?.ipv6)).toBe(`answer ${a6}`);
    reply(O, 'AAAA', addresses(b6));
    expect(view().openQueries).toEqual([]);
    expect(addressText(view().services[0]?.ipv6)).toBe(`answer ${b6}`);
  });
});

describe('names that a proxy resolves', () => {
  test('SB-29: are asked for HTTPS alone, and all their addresses are by name', () => {
    const { started, reply, view } = lookup({ namesResolvedBy: 'proxy' });
    expect(started).toEqual([`${O} HTTPS`]);
    expect(reply(O, 'HTTPS', https(O, service(1, 's1', { ...h3h2, ipv6Hints: [b6] }), service(2, '.')))).toEqual([]);
    expect(view().services.map(({ ipv6, ipv4 }) => [addressText(ipv6), addressText(ipv4)])).toEqual([1, 2, 3].map(() => ['by-name', 'by-name']));
  });

  test('SB-29: an IP literal is what it is', () => {
    const { view } = lookup({ namesResolvedBy: 'proxy' }, { host: a6 });
    expect(addressText(view().services[0]?.ipv6)).toBe(`literal ${a6}`);
  });
});

describe('failures and ECH', () => {
  const ech = { ...h3h2, ech: 'AEX+' };

  test('D-19, HE-72, SB-13: a failure over protected DNS refuses the connection', () => {
    const { reply, view } = lookup({ protectedDns: true });
    reply(O, 'A', addresses(a4));
    reply(O, 'HTTPS', failure());
    expect(view()).toMatchObject({ info: 'refused', services: [] });
  });

  test('HE-72: so does one behind an alias; NXDOMAIN is an answer', () => {
    const failed = lookup({ protectedDns: true });
    failed.reply(O, 'HTTPS', https(O, alias('svc')));
    failed.reply('svc', 'HTTPS', failure('timeout'));
    expect(failed.view().info).toBe('refused');
    const absent = lookup({ protectedDns: true });
    absent.reply(O, 'HTTPS', failure('nxdomain'));
    expect(absent.view().info).toBe('negative');
  });

  test('D-20, L-06: over unprotected DNS it does not matter', () => {
    const { reply, view } = lookup();
    reply(O, 'HTTPS', failure());
    expect([view().info, ...serviceTexts({ view })]).toEqual(['failed', authority]);
  });

  test.each([
    ['DEC-8, M-78: all with ECH over protected DNS suppress it', { protectedDns: true }, [ech, ech], 2],
    ['M-77: some with ECH do not', { protectedDns: true }, [ech, h3h2], 3],
    ['DEC-8: nor do all over unprotected DNS', {}, [ech, ech], 3],
    ['M-78: unless the client asks no more than ECH', { fallback: 'unless-ech' as const }, [ech, ech], 2],
    ['C-48: nor without ECH in the client', { protectedDns: true, ech: false }, [ech, ech], 3],
    ['always', { protectedDns: true, fallback: 'always' as const }, [ech, ech], 3],
    ['SB-09: reliant on records, ECH or not', { fallback: 'never' as const }, [h3h2, h3h2], 2],
    ['DEC-8: an incompatible record without ECH does not count', { protectedDns: true }, [ech, { alpn: [] }], 1],
  ])('the plain authority: %s', (_, options, [one, two], count) => {
    const { reply, view } = lookup(options);
    reply(O, 'HTTPS', https(O, service(1, 's1', one), service(2, 's2', two)));
    expect(view().services).toHaveLength(count);
  });

  test('SB-09: who relies on records and finds none has no service', () => {
    const { reply, view } = lookup({ fallback: 'never' });
    reply(O, 'HTTPS', https(O));
    expect(view().services).toEqual([]);
  });

  test('C-43, C-49: ECH belongs to the record', () => {
    const { reply, view } = lookup();
    reply(O, 'HTTPS', https(O, service(1, '.', { ...ech, ipv6Hints: [a6] })));
    expect(serviceTexts({ view })).toEqual([`service-record ${O}:443 h3 | h2,http/1.1 +ech`, authority]);
  });
});

describe('http', () => {
  const http = { scheme: 'http', port: 80 } as const;

  test('SB-27, D-42, HE-88: HTTPS records of either mode turn it into https, without follow-ups', () => {
    for (const record of [alias('svc'), service(1, 's1', h3h2)]) {
      const { reply, view } = lookup({}, http);
      expect(reply(O, 'HTTPS', https(O, record))).toEqual([]);
      expect(view()).toMatchObject({ upgradeToHttps: true, services: [] });
    }
  });

  test('SB-27: a record of no use does not', () => {
    const { reply, view } = lookup({}, http);
    reply(O, 'HTTPS', https(O, service(1, '.', { alpn: [] })));
    expect(view().upgradeToHttps).toBe(false);
    expect(serviceTexts({ view })).toEqual([`authority ${O}:80  | http/1.1`]);
  });
});
