/** Signs of a network that wants a login first: the connectivity check is answered by somebody else. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { count, list } from '../subjects/words.ts';

const CONNECTIVITY_CHECK = /^http:\/\/[^/]+\/(generate_204|gen_204)\b/;
const NETWORK_AUTHENTICATION_REQUIRED = 511;

export const middleboxCaptivePortal: Rule = {
  id: 'middlebox.captive_portal',
  title: 'A captive portal seems to answer',
  severity: 'warning',
  threshold: 'A plain connectivity check (generate_204) answered with another status than 204, or any answer with 511',
  spec: 'RFC 6585 section 6 (511); RFC 8952: portals redirect plain HTTP until the user has logged in',
  advice: 'Log in to the network and record again: until then names, certificates and answers are those of the portal.',
  check({ requests }) {
    const signs = requests.filter(
      ({ url = '', status }) => status === NETWORK_AUTHENTICATION_REQUIRED || (status !== undefined && status !== 204 && CONNECTIVITY_CHECK.test(url)),
    );
    if (signs.length === 0) return [];
    return [
      {
        detail: `${count(signs.length, 'answer')} with status ${list(signs.map(({ status }) => String(status)))} where 204 was due.`,
        numbers: { answers: signs.length },
        evidence: evidenceOf(signs),
      },
    ];
  },
};
