/** QUIC gets no answer at an address that answers TCP: UDP is dropped, or slower than anybody waited. */
import { parseEndpoint } from '../../address.ts';
import type { Rule } from '../rule.ts';
import { evidenceOf } from '../subjects/evidence.ts';
import { answered, longestSilence, type Target, targetsOf, type TriedAttempt, triedOver } from '../subjects/targets.ts';
import { endpoints, SURELY_SILENT_MS, unansweredWords } from '../subjects/unanswered-words.ts';
import { count, duration, list } from '../subjects/words.ts';
import { largest } from '../subjects/extremes.ts';

export const quicUnusable: Rule = {
  id: 'quic.unusable',
  title: 'QUIC gets no answer',
  severity: 'warning',
  threshold: 'A QUIC attempt refused by the system or silent for 250 ms or more, none answered at that place, and TCP answered at the same address',
  spec: 'RFC 9114 section 3.1: a client whose QUIC connection fails should use TCP. Chromium holds TCP back for QUIC by 1.5 round trips, or by 300 ms if it knows none',
  advice: 'Let UDP port 443 pass, in both directions and with packets of 1,250 bytes or more; or take h3 out of the HTTPS record and of Alt-Svc where it cannot be used.',
  check(trace) {
    const targets = targetsOf(trace);
    const places = targets.flatMap((target) => {
      const silent = silentQuic(target);
      return silent.length === 0 ? [] : [{ target, silent }];
    });
    const silent = places.flatMap((place) => place.silent);
    if (silent.length === 0) return [];
    const heldBackMs = largest(places.flatMap(({ target }) => target.races.map(({ delays }) => delays.tcpHeldBackMs ?? 0)));
    const working = targets.filter((target) => answered(triedOver(target, 'quic')).length > 0).map(({ name }) => name);
    const isSure = longestSilence(silent) >= SURELY_SILENT_MS || silent.some(({ reach }) => reach.kind === 'refused');
    return [
      {
        title: isSure ? 'QUIC gets no answer: UDP is blocked' : 'QUIC gets no answer in time: UDP is blocked or slow',
        detail:
          `${count(silent.length, 'QUIC attempt')} at ${list(places.map(({ target }) => target.name))} (${list(endpoints(silent))}): ${unansweredWords(silent)}; TCP was answered there. ` +
          `${heldBackMs >= 1 ? `TCP was held back for it by ${duration(heldBackMs)}.` : 'TCP was not held back for it.'}` +
          `${isSure ? '' : ' The attempts were closed then, so that the log cannot tell blocked from slow.'}` +
          `${working.length === 0 ? '' : ` QUIC is answered at ${list(working)}.`}`,
        numbers: { places: places.length, attempts: silent.length, heldBackMs },
        evidence: evidenceOf(silent.map(({ attempt }) => attempt)),
      },
    ];
  },
};

/** A silent address says nothing about QUIC unless TCP is answered at it: the family, or the machine, may be dead. */
function silentQuic(target: Target): TriedAttempt[] {
  const quic = triedOver(target, 'quic');
  if (answered(quic).length > 0) return [];
  const addressOf = ({ attempt }: TriedAttempt): string | undefined => parseEndpoint(attempt.ipEndpoint)?.address;
  const alive = new Set(answered(triedOver(target, 'tcp')).map(addressOf));
  return quic.filter((tried) => isSilent(tried) && alive.has(addressOf(tried)));
}

/** A server that rejects a handshake did answer; what the system refuses (no route, message too long) did not leave. */
function isSilent({ reach }: TriedAttempt): boolean {
  return reach.kind === 'silent' || (reach.kind === 'refused' && reach.error.code !== -356 && reach.error.code !== -358 && reach.error.code > -200);
}
