import { describe, expect, it } from 'vitest';
import { lookup } from '../../../src/simulator/scenario/zone-lookup.ts';
import { readZone } from '../../../src/simulator/scenario/zone.ts';

const zone = readZone(`
$ORIGIN lab.test.
dual     60 A     192.0.2.2
dual     60 A     192.0.2.1
dual     40 AAAA  2001:db8::1
svc      60 HTTPS 2 . alpn=h2
svc      60 HTTPS 1 . alpn=h3
text     60 TXT   hello
alias    50 CNAME alias2
alias2   30 CNAME dual
dangling 60 CNAME nowhere
circle   60 CNAME circle2
circle2  60 CNAME circle
into     60 CNAME circle
*.wild   60 A     192.0.2.9
own.wild 60 TXT   hello
b.deep.wild 60 A  192.0.2.8
*.loop   60 CNAME x.loop
`);

describe('looking a name up in a zone', () => {
  it('gives addresses in the order of the zone', () => {
    expect(lookup(zone, 'dual.lab.test', 'A')).toEqual({ rcode: 'NOERROR', chain: [], owner: 'dual.lab.test', addresses: ['192.0.2.2', '192.0.2.1'], records: [], ttl: 60_000 });
  });

  it('gives HTTPS records in the order of the zone, not of their priority', () => {
    expect(lookup(zone, 'svc.lab.test', 'HTTPS').records.map(({ priority }) => priority)).toEqual([2, 1]);
  });

  it.each([
    ['a name without the type', 'dual.lab.test', 'HTTPS'],
    ['a name that has TXT alone', 'text.lab.test', 'A'],
    ['a name that only has names below it', 'lab.test', 'A'],
  ] as const)('is NODATA for %s, not to be kept (RFC 2308 §5)', (_, name, type) => {
    expect(lookup(zone, name, type)).toEqual({ rcode: 'NOERROR', chain: [], owner: name, addresses: [], records: [], ttl: 0 });
  });

  it('is NXDOMAIN for a name that is not there, in an empty zone too', () => {
    expect(lookup(zone, 'nx.lab.test', 'A')).toMatchObject({ rcode: 'NXDOMAIN', ttl: 0 });
    expect(lookup(readZone(''), 'nx.lab.test', 'A').rcode).toBe('NXDOMAIN');
  });

  it('follows CNAMEs to the last owner, with the least TTL on the way', () => {
    expect(lookup(zone, 'alias.lab.test', 'AAAA')).toEqual({ rcode: 'NOERROR', chain: ['alias2.lab.test', 'dual.lab.test'], owner: 'dual.lab.test', addresses: ['2001:db8::1'], records: [], ttl: 30_000 });
  });

  it('tells the state of the last name of a chain (RFC 6604)', () => {
    expect(lookup(zone, 'dangling.lab.test', 'A')).toMatchObject({ rcode: 'NXDOMAIN', chain: ['nowhere.lab.test'], owner: 'nowhere.lab.test' });
    expect(lookup(zone, 'alias.lab.test', 'HTTPS')).toMatchObject({ rcode: 'NOERROR', owner: 'dual.lab.test', records: [] });
  });

  it.each(['circle.lab.test', 'into.lab.test', 'y.loop.lab.test'])('is SERVFAIL for %s, whose CNAMEs run in a circle', (name) => {
    expect(lookup(zone, name, 'A')).toMatchObject({ rcode: 'SERVFAIL', addresses: [] });
  });
});

describe('wildcards (RFC 4592)', () => {
  it('stand for names of any depth that do not exist, with the queried name as owner', () => {
    expect(lookup(zone, 'x.wild.lab.test', 'A')).toMatchObject({ owner: 'x.wild.lab.test', addresses: ['192.0.2.9'] });
    expect(lookup(zone, 'y.x.wild.lab.test', 'A').addresses).toEqual(['192.0.2.9']);
    expect(lookup(zone, 'x.wild.lab.test', 'AAAA')).toMatchObject({ rcode: 'NOERROR', addresses: [] });
  });

  it('give nothing to a name that exists, even without the type', () => {
    expect(lookup(zone, 'own.wild.lab.test', 'A')).toMatchObject({ rcode: 'NOERROR', addresses: [] });
    expect(lookup(zone, 'deep.wild.lab.test', 'A')).toMatchObject({ rcode: 'NOERROR', addresses: [] });
  });

  it('give nothing below a name that exists: only the closest encloser counts', () => {
    expect(lookup(zone, 'x.deep.wild.lab.test', 'A').rcode).toBe('NXDOMAIN');
    expect(lookup(zone, 'wild.lab.test', 'A')).toMatchObject({ rcode: 'NOERROR', addresses: [] });
  });

  it('can stand right below the root', () => {
    expect(lookup(readZone('* A 192.0.2.7'), 'any.thing', 'A').addresses).toEqual(['192.0.2.7']);
  });
});
