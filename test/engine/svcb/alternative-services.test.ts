import { describe, expect, test } from 'vitest';
import { a6, addressText, addresses, alias, b4, b6, failure, https, lookup, service, serviceTexts } from './lookups.ts';

const O = 'example.com';
const authority = `authority ${O}:443  | h2,http/1.1`;

describe('Alt-Svc', () => {
  test('C-72, C-73: h3 on the same authority asks nothing more and comes before the plain origin', () => {
    const { started, reply, view } = lookup({}, { alternatives: [{ protocol: 'h3' }] });
    expect(started).toEqual([`${O} HTTPS`, `${O} AAAA`, `${O} A`]);
    expect(view().services[0]).toMatchObject({ kind: 'alt-svc', provisional: true });
    reply(O, 'HTTPS', failure());
    reply(O, 'AAAA', addresses(a6));
    expect(serviceTexts({ view })).toEqual([`alt-svc ${O}:443 h3 | `, authority]);
    expect(addressText(view().services[0]?.ipv6)).toBe(`answer ${a6}`);
  });

  test('C-74: another port of the same host', () => {
    const { started, reply, view } = lookup({}, { alternatives: [{ protocol: 'h3', port: 8443 }] });
    expect(started).toEqual([`${O} HTTPS`, `${O} AAAA`, `${O} A`, `_8443._https.${O} HTTPS`]);
    reply(`_8443._https.${O}`, 'HTTPS', https(O));
    expect(serviceTexts({ view })).toEqual([`alt-svc ${O}:8443 h3 | `, authority]);
  });

  test('C-76, SB-28: another host is asked about in full; C-79: nothing stalls if it has no address', () => {
    const { started, reply, view } = lookup({}, { alternatives: [{ protocol: 'h3', host: 'alt', port: 443 }] });
    expect(started.slice(3)).toEqual(['alt HTTPS', 'alt AAAA', 'alt A']);
    reply('alt', 'HTTPS', failure());
    reply('alt', 'AAAA', addresses(b6));
    reply('alt', 'A', failure('nxdomain'));
    const [alternative] = view().services;
    expect([addressText(alternative?.ipv6), addressText(alternative?.ipv4)]).toEqual([`answer ${b6}`, 'negative']);
    expect(serviceTexts({ view })).toEqual(['alt-svc alt:443 h3 | ', authority]);
  });

  test('C-77: an IP literal needs no query; C-75, C-78: nor does an origin that is one', () => {
    const literal = lookup({}, { alternatives: [{ protocol: 'h3', host: b4, port: 8443 }] });
    expect(literal.started).toHaveLength(3);
    expect(addressText(literal.view().services[0]?.ipv4)).toBe(`literal ${b4}`);
    const named = lookup({}, { host: b4, alternatives: [{ protocol: 'h3', host: 'alt' }] });
    expect(named.started).toEqual(['alt HTTPS', 'alt AAAA', 'alt A']);
    expect(serviceTexts(named)).toEqual(['alt-svc alt:443 h3 | ', `authority ${b4}:443  | h2,http/1.1`]);
  });

  test('C-84, C-85: an alternative in a disabled protocol is left out', () => {
    const { view } = lookup({ protocols: ['h2', 'http/1.1'] }, { alternatives: [{ protocol: 'h3' }] });
    expect(serviceTexts({ view })).toEqual([authority]);
  });

  test('C-63: the records of the origin come first', () => {
    const { reply, view } = lookup({}, { alternatives: [{ protocol: 'h3', port: 9443 }] });
    reply(O, 'HTTPS', https(O, service(1, '.', { alpn: ['h3', 'h2'], port: 8443 })));
    expect(view().services.map(({ port }) => port)).toEqual([8443, 9443, 443]);
  });

  test('HE-71: on the same authority the records say it all', () => {
    const agreed = lookup({}, { alternatives: [{ protocol: 'h3' }] });
    agreed.reply(O, 'HTTPS', https(O, service(1, '.', { alpn: ['h3'] })));
    expect(serviceTexts(agreed)).toEqual([`service-record ${O}:443 h3 | h2,http/1.1`, authority]);
    const denied = lookup({}, { alternatives: [{ protocol: 'h3' }] });
    denied.reply(O, 'HTTPS', https(O, service(1, '.', { alpn: ['h2'] })));
    expect(serviceTexts(denied)).toEqual([`service-record ${O}:443  | h2,http/1.1`, authority]);
    expect(denied.view().refusals).toEqual([]);
  });

  test('D-43, SB-28: the example of RFC 9460 §9.3', () => {
    const alternatives = [
      { protocol: 'h2', host: 'alt.example', port: 443 },
      { protocol: 'h2', host: 'alt2.example', port: 443 },
      { protocol: 'h3', port: 8443 },
    ] as const;
    const { reply, view } = lookup({}, { alternatives });
    reply(O, 'HTTPS', https(O));
    reply('alt.example', 'HTTPS', https('alt.example', service(1, '.', { alpn: ['h2', 'h3'] })));
    const second = https('alt2.example', service(1, 'alt2b.example', { alpn: ['h3'] }));
    expect(reply('alt2.example', 'HTTPS', second)).toEqual([]);
    const prefixed = `_8443._https.${O}`;
    const third = https(prefixed, service(1, 'alt3.example', { port: 9443, alpn: ['h2', 'h3'] }));
    expect(reply(prefixed, 'HTTPS', third)).toEqual(['alt3.example AAAA', 'alt3.example A']);
    expect(serviceTexts({ view })).toEqual([
      'alt-svc alt.example:443  | h2',
      'alt-svc alt3.example:9443 h3 | ',
      authority,
    ]);
    expect(view().refusals).toEqual([{ priority: 1, target: 'alt2b.example', reason: 'no-common-protocol' }]);
  });

  test('SB-11: an alternative behind an alias', () => {
    const { reply, view } = lookup({}, { alternatives: [{ protocol: 'h3', host: 'alt' }] });
    expect(reply('alt', 'HTTPS', https('alt', alias('svc')))).toEqual(['svc HTTPS', 'svc AAAA', 'svc A']);
    reply('svc', 'HTTPS', https('svc'));
    expect(serviceTexts({ view })).toEqual(['alt-svc svc:443 h3 | ', 'alt-svc alt:443 h3 | ', authority]);
  });

  test('HE-72: an alternative whose records fail over protected DNS is given up, the origin is not', () => {
    const { reply, view } = lookup({ protectedDns: true }, { alternatives: [{ protocol: 'h3', host: 'alt' }] });
    reply(O, 'HTTPS', https(O));
    reply('alt', 'HTTPS', failure());
    expect([view().info, ...serviceTexts({ view })]).toEqual(['negative', authority]);
  });

  test('C-55, DEC-8: with ECH in every record of the origin, no alternative without it', () => {
    const { reply, view } = lookup({ protectedDns: true }, { alternatives: [{ protocol: 'h3', port: 8443 }] });
    reply(O, 'HTTPS', https(O, service(1, 's1', { alpn: ['h3'], ech: 'AEX+' })));
    expect(serviceTexts({ view })).toEqual(['service-record s1:443 h3 | h2,http/1.1 +ech']);
  });
});
