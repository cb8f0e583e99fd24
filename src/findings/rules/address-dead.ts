/** Some addresses of a name are dead while others of the same family answer: one machine or one route of several. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { answered, type Target, targetsOf, type TriedAttempt, triedOver, unanswered } from '../subjects/targets.ts';
import { doubt, endpoints, unansweredWords } from '../subjects/unanswered-words.ts';
import { count, list } from '../subjects/words.ts';

export const addressDead: Rule = {
  id: 'address.dead',
  title: 'Some addresses of a name are dead',
  severity: 'warning',
  threshold: 'An address refused, or silent for 250 ms or more, and never answering, while another address of the same family and name answered',
  spec: 'RFC 8305 section 5: each address is tried in turn, one Connection Attempt Delay after the other',
  advice: 'Take the dead addresses out of the DNS answer, or mend the machines behind them; health checks of the name server must cover each address.',
  check(trace) {
    const dead = targetsOf(trace).map((target) => ({ target, tried: [...deadAddresses(target, 'ipv6'), ...deadAddresses(target, 'ipv4')] }));
    const found = dead.filter(({ tried }) => tried.length > 0);
    const tried = found.flatMap((one) => one.tried);
    if (tried.length === 0) return [];
    const addresses = endpoints(tried);
    return [
      {
        detail: `${count(addresses.length, 'address', 'addresses')} of ${list(found.map(({ target }) => target.name))} (${list(addresses)}): ${unansweredWords(tried)}; others of the same family answered.${doubt(tried)}`,
        numbers: { addresses: addresses.length, attempts: tried.length },
        evidence: evidenceOf(tried.map(({ attempt }) => attempt)),
      },
    ];
  },
};

function deadAddresses(target: Target, family: 'ipv4' | 'ipv6'): TriedAttempt[] {
  const tried = triedOver(target, 'tcp', family);
  const alive = new Set(endpoints(answered(tried)));
  return alive.size === 0 ? [] : unanswered(tried).filter(({ attempt }) => !alive.has(attempt.ipEndpoint));
}
