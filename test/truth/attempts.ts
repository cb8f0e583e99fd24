/**
 * Connections on the wire against attempts of the report: each has exactly one of the other, to the
 * same endpoint, begun at the same time, in a race to the right host, of the engine that ran.
 */
import { familyOf, parseEndpoint } from '../../src/address.ts';
import { type AttemptPair, type Judgement, type TimedAttempt, type Unjudged, type Verdict, describeAttempt, describeConnection } from './judged.ts';
import { outcomeMistakes } from './outcomes.ts';
import { assign } from './pairing.ts';
import type { Truth, WireConnection } from './truth.ts';
import { type WireClock, show } from './wire-clock.ts';

/** A mistake weighs more than any distance in time inside the tolerance. */
const MISTAKE = 1000;

/** The local port tells a socket from all others for about this long. */
const PORT_REUSE_MS = 1000;

/**
 * Two sockets to one endpoint often begin in the same millisecond, where the order in the log says
 * nothing about the order of the SYNs: then the partner with which there is less to complain about.
 */
export function pairAttempts(attempts: readonly TimedAttempt[], truth: Truth, clock: WireClock): AttemptPair[] {
  const started = truth.connections.filter((c) => c.start !== undefined);
  const pairs = assign(attempts, started, (mine, wire) => {
    if (mine.attempt.transport !== wire.transport || mine.attempt.ipEndpoint !== wire.ipEndpoint) return undefined;
    const distance = Math.abs(mine.start - (wire.start ?? Number.NaN));
    const fits = mine.localPort === undefined ? distance <= clock.tolerance : mine.localPort === wire.localPort && distance <= PORT_REUSE_MS;
    if (!fits) return undefined;
    const pair = { mine, wire };
    return distance + MISTAKE * (outcomeMistakes(pair, clock).length + nameMistakes(pair, truth).length);
  });
  return pairs.map(({ left, right }) => ({ mine: left, wire: right }));
}

export function judgeAttempts(
  attempts: readonly TimedAttempt[],
  pairs: readonly AttemptPair[],
  truth: Truth,
  clock: WireClock,
  onlyEndpoints: boolean,
): Judgement {
  const verdicts: Verdict[] = [];
  const unjudged: Unjudged[] = [];
  for (const wire of truth.connections) {
    const about = describeConnection(wire);
    const pair = pairs.find((p) => p.wire === wire);
    const because = pair === undefined ? whyNotDemanded(wire, clock) : undefined;
    if (because !== undefined) {
      unjudged.push({ subject: 'attempts', about, because });
    } else if (pair === undefined) {
      verdicts.push({ subject: 'attempts', about, wrong: ['no attempt in the report'] });
    } else {
      const wrong = [...startMistakes(pair, clock), ...(onlyEndpoints ? [] : [...nameMistakes(pair, truth), ...engineMistakes(pair, truth)])];
      verdicts.push({ subject: 'attempts', about: describeAttempt(pair.mine), wrong });
      if (!onlyEndpoints) verdicts.push({ subject: 'outcomes', about: describeAttempt(pair.mine), wrong: outcomeMistakes(pair, clock) });
    }
  }
  for (const mine of attempts) {
    if (pairs.some((p) => p.mine === mine)) continue;
    const about = describeAttempt(mine);
    const because = whyNoPacket(mine, clock);
    if (because === undefined) verdicts.push({ subject: 'extra', about, wrong: ['no packet on the wire'] });
    else unjudged.push({ subject: 'extra', about, because });
  }
  return { verdicts, unjudged };
}

function whyNotDemanded({ start }: WireConnection, clock: WireClock): string | undefined {
  if (start === undefined) return 'a new path of a connection that was there';
  if (clock.isBeforeLog(start)) return 'begins before the first event of the log';
  return clock.isAfterLog(start) ? 'begins after the last event of the log' : undefined;
}

/** Errors of `connect` itself: no route, no source address, out of memory or of ports. */
const LOCAL_FAILURES = new Set([-12, -13, -106, -108, -109, -138, -147, -176]);

function whyNoPacket({ attempt, start, end }: TimedAttempt, clock: WireClock): string | undefined {
  const lasted = end === undefined ? undefined : end - start;
  if (attempt.outcome === 'failed' && LOCAL_FAILURES.has(attempt.netError?.code ?? 0) && lasted !== undefined && lasted <= 2) return 'failed inside connect()';
  const unused = attempt.outcome !== 'won' && attempt.outcome !== 'spare' && attempt.connectedMs === undefined;
  if (attempt.transport === 'quic' && unused && lasted !== undefined && lasted <= 1) return 'over before its first packet';
  return attempt.outcome === 'unfinished' && start >= clock.logEnd - 1 ? 'the last thing in the log' : undefined;
}

function startMistakes({ mine, wire }: AttemptPair, clock: WireClock): string[] {
  if (wire.start === undefined || clock.near(mine.start, wire.start)) return [];
  return [`starts at ${show(mine.start)}, on the wire at ${show(wire.start)}`];
}

/** A race of QUIC attempts alone does not show which engine of TCP attempts would have run. */
function engineMistakes({ mine, wire }: AttemptPair, truth: Truth): string[] {
  const { engine } = mine.race;
  if (wire.transport !== 'tcp' || engine === truth.engine || (engine === undefined && isHeadLost(mine))) return [];
  return [`engine ${engine}, the browser ran ${truth.engine}`];
}

/** Of a race begun before the first event of a bounded log, engine and destination may be unknown. */
function isHeadLost({ race }: TimedAttempt): boolean {
  return race.startMs < 0;
}

/** The names said on the connection; where nothing was said, the addresses of the race's host. */
export function nameMistakes({ mine, wire }: AttemptPair, truth: Truth): string[] {
  const { host } = mine;
  if (host === '' && isHeadLost(mine)) return [];
  if (wire.requestHosts.includes(host) || wire.sni === host) return [];
  if (wire.sni !== undefined) {
    // A name that was never looked up is the public name of an encrypted ClientHello.
    const outer = !truth.queries.some((q) => q.name === wire.sni);
    return outer ? [] : [`a race to ${host}, but the ClientHello names ${wire.sni}`];
  }
  if (wire.requestHosts.length > 0) return [`a race to ${host}, but its requests name ${wire.requestHosts.join(', ')}`];
  const address = parseEndpoint(wire.ipEndpoint)?.address ?? '';
  if (familyOf(host) !== undefined) return host === address ? [] : [`a race to ${host}, but the connection goes to ${address}`];
  const queries = truth.queries.filter((q) => q.name === host);
  const addresses = queries.flatMap((q) => q.addresses);
  // An HTTPS record may have brought the address as a hint, or another name's.
  const hinted = queries.some((q) => q.type === 'HTTPS' && q.hasRecords);
  return hinted || addresses.includes(address) ? [] : [`a race to ${host}, which has no address ${address}`];
}
