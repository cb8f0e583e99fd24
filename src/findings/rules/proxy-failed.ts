/** Proxies that were reached and would not, or could not, connect further. */
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { count, list } from '../subjects/words.ts';

/** Tunnel failed, proxy authentication wanted or unsupported, SOCKS failures, HTTPS proxy tunnel response, bad proxy certificate. */
const PROXY_ERRORS = new Set([-111, -115, -120, -121, -127, -136, -336]);

export const proxyFailed: Rule = {
  id: 'proxy.failed',
  title: 'A proxy does not connect to the host behind it',
  severity: 'error',
  threshold: 'A race through a proxy that answered fails with an error of the proxy (tunnel, authentication, SOCKS, certificate); info if the proxy works for other hosts',
  spec: 'RFC 9110 section 9.3.6: any answer to CONNECT but 2xx means that no tunnel was made',
  advice: 'Ask the proxy’s own log why: its rules, its DNS, or the way from it to the host. The browser shows neither its answer nor the host’s address.',
  check(trace) {
    const failed = pageRaces(trace).flatMap((race) => {
      const errors = [race.netError, ...race.attempts.map(({ netError }) => netError)].filter((error) => error !== undefined && PROXY_ERRORS.has(error.code));
      const [error] = errors;
      return race.winner !== undefined || error === undefined ? [] : [{ race, error: error.name }];
    });
    if (failed.length === 0) return [];
    const working = new Set(pageRaces(trace).filter(({ winner }) => winner !== undefined).map(({ proxy }) => proxy));
    const isUseless = failed.some(({ race }) => !working.has(race.proxy));
    return [
      {
        ...(isUseless ? {} : { severity: 'info' as const, title: 'A proxy does not connect to some hosts behind it' }),
        detail: `${count(failed.length, 'race')} to ${list(failed.map(({ race }) => race.destination?.host ?? 'an unknown host'))} through ${list(failed.map(({ race }) => race.proxy ?? 'a proxy'))}: ${list(failed.map(({ error }) => error))}.`,
        numbers: { races: failed.length },
        evidence: evidenceOf(failed.map(({ race }) => race)),
      },
    ];
  },
};
