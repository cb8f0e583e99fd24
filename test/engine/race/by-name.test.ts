/**
 * Races through a proxy that resolves names itself (SB-29): the C vectors of another implementation. An endpoint of a
 * record over TCP offers all TCP protocols, so that the plain one of the same name and port is not tried twice.
 */
import { describe, expect, it } from 'vitest';
import { DRAFT, type Variant, lookup, race } from './draft-race.ts';
import { ORIGIN, type Step, events, fail, https, ok, record } from './race-driver.ts';

const ALT = 'alt.example.net';
/** Without HTTPS records, which only a private enough resolver may be asked for. */
const BY_NAME: Variant = { lookup: { namesResolvedBy: 'proxy', serviceRecords: false } };
const WITH_RECORDS: Variant = { lookup: { namesResolvedBy: 'proxy' } };

describe('a destination by name', () => {
  it.each<[string, readonly Step[], string[], Variant]>([
    ['C-105: is tried at once', [], ['0 example.com/h2'], BY_NAME],
    ['C-106: and won', [[40, ok('example.com/h2')]], ['0 example.com/h2', '40 won example.com/h2'], BY_NAME],
    ['C-106: or lost, but never for want of addresses', [[40, fail('example.com/h2')]], ['0 example.com/h2', '40 lost attempts-failed'], BY_NAME],
    ['C-108: not over QUIC, of which nothing is known', [], ['0 example.com/h2'], { ...BY_NAME, lookup: { ...BY_NAME.lookup, protocols: ['h3', 'h2'] } }],
    ['C-109: but by Alt-Svc on another host, which comes first', [], [`0 ${ALT}/h3`, '250 example.com/h2'], { ...BY_NAME, origin: { alternatives: [{ protocol: 'h3', host: ALT }] } }],
    ['C-110: waits for the records, if they are asked for', [], [], WITH_RECORDS],
    ['C-111: which may say h3', [[20, https([record('h3')])]], ['20 example.com/h3', '270 example.com/h2'], WITH_RECORDS],
    ['C-112: or be negative', [[20, https([])]], ['20 example.com/h2'], WITH_RECORDS],
    ['C-112: or fail', [[20, https()]], ['20 example.com/h2'], WITH_RECORDS],
    ['C-112: or say nothing of protocols', [[20, https([record(undefined)])]], ['20 example.com/h2'], WITH_RECORDS],
    ['C-113, SB-29: whose TargetName and port are what the proxy is told', [[20, https([record('h2', { target: ALT, port: 8443 })])]], [`20 ${ALT}:8443/h2`, '270 example.com/h2'], WITH_RECORDS],
    ['C-113: "." being the origin', [[20, https([record('h2', { port: 8443 })])]], ['20 example.com:8443/h2', '270 example.com/h2'], WITH_RECORDS],
    ['C-114: with no protocol allowed the race is lost', [], ['0 lost attempts-failed'], { lookup: { ...BY_NAME.lookup, protocols: [] } }],
    ['SB-29: hints of a record are of no use', [[20, https([record('h2', { hints: '6a 4a' })])]], ['20 example.com/h2'], WITH_RECORDS],
  ])('%s', (_, steps, expected, variant) => {
    expect(race(steps, variant)).toEqual(expected);
  });

  it('C-107: offers what the client speaks', () => {
    const services = lookup({ lookup: { ...BY_NAME.lookup, protocols: ['http/1.1'] } });
    services.start();
    expect(services.view().services.map(({ tcp, quic }) => [tcp, quic])).toEqual([[['http/1.1'], []]]);
  });

  it('C-110: asks for HTTPS alone, also of other TargetNames; C-105: or for nothing', () => {
    const asked = (variant: Variant) => events(lookup(variant), DRAFT, [[20, https([record('h2', { target: ALT })])]], 30).filter((line) => line.includes('ask'));
    expect(asked(WITH_RECORDS)).toEqual([`0 ask ${ORIGIN} HTTPS`]);
    expect(asked(BY_NAME)).toEqual([]);
  });
});
