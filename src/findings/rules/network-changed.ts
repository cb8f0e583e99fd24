/** Races, requests and resolutions that a change of the client's network cut off. */
import type { NetworkChange } from '../../model/trace.ts';
import type { Judgement, Rule } from '../rule.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { count, duration, list } from '../subjects/words.ts';

const NETWORK_CHANGED = -21;

export const networkChanged: Rule = {
  id: 'network.changed',
  title: 'The network changed in the middle of a race',
  severity: 'warning',
  threshold: 'A race with attempts that ended in ERR_NETWORK_CHANGED, or one of whose attempts was cancelled for IpAddressChanged; told as info if the network changed without that',
  spec: 'Chromium aborts all attempts of a race when an IP address of the client comes or goes, and fails what waits with ERR_NETWORK_CHANGED',
  advice: 'Compare the time with the client’s own log (Wi-Fi roaming, VPN, DHCP, containers that add interfaces); times of these races say nothing about the servers.',
  check(trace) {
    const { networkChanges } = trace;
    const cut = pageRaces(trace).filter(
      ({ attempts, netError }) =>
        attempts.length > 0 &&
        (netError?.code === NETWORK_CHANGED || attempts.some((one) => one.cancelReason === 'IpAddressChanged' || one.netError?.code === NETWORK_CHANGED)),
    );
    if (cut.length === 0) return withoutRace(networkChanges);
    return [
      {
        detail: `${count(cut.length, 'race')} to ${list(cut.map(({ destination }) => destination?.host ?? 'an unknown host'))} cut off.`,
        numbers: { races: cut.length },
        evidence: evidenceOf(cut.flatMap((race) => [race, ...race.attempts])),
      },
    ];
  },
};

/** Sessions live on through an address that is added; whoever compares times still wants to know. */
function withoutRace(changes: readonly NetworkChange[]): Judgement[] {
  const [first] = changes;
  if (first === undefined) return [];
  return [
    {
      severity: 'info',
      title: 'The network changed while no race was under way',
      detail: `${count(changes.length, 'change')} of addresses or connection, the first ${duration(first.atMs)} after the log began; no connection attempt was cut off.`,
      numbers: { changes: changes.length },
      evidence: evidenceOf(changes),
    },
  ];
}
