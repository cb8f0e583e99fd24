/**
 * HTTPS records of recordings, held against the zones that the name server of the lab had: what was published where
 * the browser asked, and what a real Chromium made of it.
 */
import { describe, expect, it } from 'vitest';
import { type HttpsRecordsOfName, httpsRecordsByName } from '../../../src/metrics/https-records/https-records-by-name.ts';
import { reportOf } from '../../truth/sample-reports.ts';
import { readTruth } from '../../truth/truth.ts';

async function namesIn(sample: string): Promise<ReadonlyMap<string, HttpsRecordsOfName>> {
  return new Map(httpsRecordsByName(await reportOf(sample)).map((told) => [told.name, told]));
}

async function told(sample: string, name: string): Promise<HttpsRecordsOfName> {
  const found = (await namesIn(sample)).get(name);
  if (found === undefined) throw new Error(`${sample} has nothing of ${name}`);
  return found;
}

/** As in a zone file, with the fate behind it. */
async function zoneOf(sample: string, name: string): Promise<string[]> {
  return (await told(sample, name)).records.map(({ priority, targetName, ownerName, alpn, port, mandatory, otherParams, ipv4Hint, ipv6Hint, ech, used, ignoredBecause }) =>
    [
      priority ?? '?',
      targetName === ownerName ? '.' : (targetName ?? '?'),
      ...(alpn.length > 0 ? [`alpn=${alpn.join(',')}`] : []),
      ...(port === undefined ? [] : [`port=${port}`]),
      ...(mandatory === undefined ? [] : [`mandatory=${mandatory.join(',')}`]),
      ...(otherParams ?? []),
      ...[...ipv4Hint, ...ipv6Hint].map((hint) => `hint=${hint}`),
      ...(ech ? ['ech'] : []),
      '→',
      used === true ? 'kept' : ignoredBecause,
    ].join(' '),
  );
}

describe('from answers as received', () => {
  const sample = 'https-records-hev3';

  it.each([
    ['alias.lab.test', ['0 alias-end.lab.test → AliasMode']],
    [
      'mixed.lab.test',
      [
        '1 svc-target.lab.test alpn=h3,h2,http/1.1 → another TargetName',
        '2 . alpn=h2,http/1.1 port=8443 → another port',
        '3 . alpn=h2,http/1.1 mandatory=key65280 key65280 → an unknown mandatory key',
        '4 . alpn=h3,h2,http/1.1 key65281 hint=10.77.0.11 hint=2001:db8:77::11 → kept',
        '5 svc-target2.lab.test alpn=h3,http/1.1 → another TargetName',
      ],
    ],
    ['svcunk.lab.test', ['1 . alpn=h2,http/1.1 mandatory=key65280 key65280 → an unknown mandatory key']],
    ['svcmal.lab.test', ['? ? → malformed']],
    ['target.lab.test', ['1 svc-target.lab.test alpn=h3,h2,http/1.1 → another TargetName']],
  ])('%s is what the zone has', async (name, zone) => {
    expect(await zoneOf(sample, name)).toEqual(zone);
    expect((await told(sample, name)).unseenRecords).toBe(0);
  });

  it('following up is told, with what the server had sent along', async () => {
    expect((await told(sample, 'alias.lab.test')).followUps).toEqual([{ name: 'alias-end.lab.test', types: ['HTTPS', 'AAAA', 'A'], sentAlong: ['HTTPS', 'AAAA', 'A'] }]);
    expect(await told(sample, 'mixed.lab.test')).toMatchObject({
      followUps: [
        { name: 'svc-target.lab.test', types: ['AAAA', 'A'], sentAlong: ['AAAA', 'A'] },
        { name: 'svc-target2.lab.test', types: ['AAAA', 'A'], sentAlong: [] },
      ],
      otherPorts: [8443],
    });
  });

  it('a record that is ignored turns http into https all the same', async () => {
    expect(await told(sample, 'target.lab.test')).toMatchObject({ upgrades: 1, queries: { asked: 2, answered: 2 } });
  });
});

describe('from what the browser kept', () => {
  it.each([
    ['svc-hev3', 'svc.lab.test', ['1 . alpn=h3,h2,http/1.1 → kept']],
    ['ech-hev3', 'ech.lab.test', ['1 . alpn=h2,http/1.1 ech → kept']],
    ['svc-hints-slow-on-hev3', 'svchints.lab.test', ['1 . alpn=h3,h2,http/1.1 hint=10.77.0.11 hint=2001:db8:77::11 → kept']],
    ['target-hints-on-hev3', 'targethints.lab.test', ['? ? → unusable: AliasMode, another TargetName, another port, or no-default-alpn']],
    ['dual-hev3', 'dual.lab.test', []],
  ])('%s', async (sample, name, zone) => {
    expect(await zoneOf(sample, name)).toEqual(zone);
  });

  it('an answer that came too late is none', async () => {
    expect(await told('https-slow-hev3', 'svc.lab.test')).toMatchObject({ records: [], queries: { asked: 1, answered: 0, cut: 1 } });
  });

  it('hints that were connected by are told', async () => {
    expect((await told('svc-hints-slow-on-hev3', 'svchints.lab.test')).hinted).toBe(1);
  });
});

describe('what came of them', () => {
  it('ECH accepted, and rejected by both connections, each made anew', async () => {
    expect((await told('ech-ok-hev2', 'echok.lab.test')).ech).toEqual({ offered: 2, accepted: 2, rejected: 0, retried: 0, invalid: 0, failedRaces: 0 });
    expect((await told('ech-hev3', 'ech.lab.test')).ech).toEqual({ offered: 2, accepted: 0, rejected: 2, retried: 2, invalid: 0, failedRaces: 0 });
  });

  it('HTTP/3 by the record, and by Alt-Svc', async () => {
    expect((await told('svc-hev2', 'svc.lab.test')).http3).toEqual({ fromRecord: 1, fromAltSvc: 0 });
    expect((await told('quic-known-hev3', 'svc.lab.test')).http3).toEqual({ fromRecord: 2, fromAltSvc: 0 });
    expect((await told('altsvc-hev3', 'dualq.lab.test')).http3).toEqual({ fromRecord: 0, fromAltSvc: 1 });
  });

  it('http turned into https', async () => {
    expect((await told('http-upgrade-hev2', 'svc.lab.test')).upgrades).toBe(1);
  });
});

it.each(['https-records-hev3', 'svc-hev3', 'svc-hev2', 'quic-known-hev3', 'http-upgrade-hev2', 'target-hints-on-hev3'])('the connections of %s won over what the wire says', async (sample) => {
  const names = await namesIn(sample);
  const { winners, connections } = readTruth(sample);
  expect(winners).not.toEqual([]);
  for (const { name, connection } of winners) {
    const kept = names.get(name)?.records.filter(({ used }) => used === true) ?? [];
    const wins = kept.reduce((sum, { tcpWins, quicWins }) => sum + (connections[connection]?.transport === 'quic' ? quicWins : tcpWins), 0);
    expect(wins > 0, name).toBe(kept.length > 0);
  }
});
