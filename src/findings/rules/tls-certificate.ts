/** Certificates that the browser did not accept. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { isCertificateError } from '../subjects/tls-errors.ts';
import { count, list } from '../subjects/words.ts';

/** Several unrelated names with unknown issuers are hardly all misconfigured: something in between signs for them. */
const MIDDLEBOX_HOSTS = 3;

export const tlsCertificate: Rule = {
  id: 'tls.certificate_rejected',
  title: 'A certificate was rejected',
  severity: 'error',
  threshold: 'A race or connection attempt ends in an ERR_CERT error; with an unknown authority at three hosts or more, a sign of interception',
  spec: 'RFC 9110 section 4.3.4: a client must check the certificate against the origin. Chromium ends the whole race at once',
  advice: 'Check the certificate of the address named: its names, dates and chain. Unknown authorities at many hosts point to a proxy that opens TLS, or a captive portal.',
  check(trace) {
    const rejected = pageRaces(trace).flatMap((race) => {
      const errors = [race.netError, ...race.attempts.map(({ netError }) => netError)].filter((error) => error !== undefined && isCertificateError(error.code));
      const [error] = errors;
      return error === undefined ? [] : [{ host: race.destination?.host ?? 'an unknown host', race, error: error.name }];
    });
    if (rejected.length === 0) return [];
    const unknownIssuer = new Set(rejected.filter(({ error }) => error === 'ERR_CERT_AUTHORITY_INVALID').map(({ host }) => host));
    const isMiddlebox = unknownIssuer.size >= MIDDLEBOX_HOSTS;
    return [
      {
        ...(isMiddlebox ? { title: 'Certificates of many hosts were rejected: a sign of interception' } : {}),
        detail: `${count(rejected.length, 'race')} to ${list(rejected.map(({ host }) => host))}: ${list(rejected.map(({ error }) => error))}.`,
        numbers: { races: rejected.length, hosts: new Set(rejected.map(({ host }) => host)).size },
        evidence: evidenceOf(rejected.flatMap(({ race }) => [race, ...race.attempts])),
      },
    ];
  },
};
