/** New connections to hosts that an open session's certificate covered: only the address differed. */
import type { Rule } from '../rule.ts';
import { pageRaces } from '../../metrics/subjects/page-races.ts';
import { judgedForPooling } from '../../metrics/subjects/judged-for-pooling.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { count, list } from '../subjects/words.ts';

export const sessionAvoidable: Rule = {
  id: 'session.avoidable',
  title: 'New connections where an open session had the right certificate',
  severity: 'info',
  threshold: 'A race gave an HTTP/2 or HTTP/3 connection while a session was open whose certificate covers the host and whose address alone was another',
  spec: 'RFC 9113 section 9.1.1 and RFC 9114 section 3.3 let a connection serve any host of its certificate; Chromium asks for the same address too, unless an HTTP/3 server lists the host in an ORIGIN frame (RFC 9412)',
  advice: 'Send an ORIGIN frame over HTTP/3 that lists the hosts the server answers for, or give the hosts the same addresses.',
  check(trace) {
    const judged = judgedForPooling(trace);
    const avoidable = pageRaces(trace).filter((race) => race.avoidable === true);
    if (avoidable.length === 0) return [];
    const overQuic = { all: judged.filter(isOverQuic).length, avoidable: avoidable.filter(isOverQuic).length };
    const openSessions = new Set(avoidable.map(({ avoidableBy }) => avoidableBy));
    const by = trace.sessions.filter(({ id }) => openSessions.has(id));
    return [
      {
        detail:
          `${judged.length === 0 ? '' : `${avoidable.length} of `}${count(judged.length === 0 ? avoidable.length : judged.length, 'new HTTP/2 or HTTP/3 connection')}` +
          `${overQuic.all === 0 ? '' : ` (${overQuic.avoidable} of ${overQuic.all} over HTTP/3)`}: ` +
          `to ${list(avoidable.map(({ destination }) => destination?.host ?? 'an unknown host'))}` +
          `${by.length === 0 ? '' : `, while ${list(by.map(({ protocol, hosts, ipEndpoint }) => `the ${protocol} session of ${hosts[0] ?? 'an unknown host'} (${ipEndpoint ?? 'address unknown'})`))} was open`}.`,
        numbers: { avoidable: avoidable.length, h3Avoidable: overQuic.avoidable, ...(judged.length > 0 && { connections: judged.length, h3Connections: overQuic.all }) },
        evidence: evidenceOf([...avoidable, ...by]),
      },
    ];
  },
};

function isOverQuic({ winner }: { readonly winner?: { readonly transport: string } | undefined }): boolean {
  return winner?.transport === 'quic';
}
