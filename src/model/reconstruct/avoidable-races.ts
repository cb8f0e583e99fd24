/**
 * New connections that another host's session could have spared, but for its address.
 *
 * Chromium uses an open session for another host if its certificate covers that host, scheme, port, privacy mode and
 * network partition are the same, and its address is one of the host's; RFC 9113 section 9.1.1 and RFC 9114 section 3.3
 * leave the last condition to the client. Sessions are those that took requests when the race's first attempt began. An
 * HTTP/3 session counts for a race that QUIC won, or for which the QUIC pool itself says so: a host that is not known to
 * speak HTTP/3 is not looked up among QUIC sessions. Through a proxy no host has an address, and none is compared.
 */
import { familyOf, parseEndpoint } from '../../address.ts';
import type { Race } from '../race.ts';
import type { Resolution } from '../resolution.ts';
import type { Session } from '../session.ts';
import { originText } from './destination.ts';
import { firstFrom } from '../ascending.ts';
import { type Covering, createOpenSessions, type OpenSession, type OpenSessions } from './open-sessions.ts';

export interface AvoidableParts {
  readonly sessions: readonly Session[];
  readonly resolutions: readonly Resolution[];
  /** When the QUIC pool refused open sessions for an origin because of their address alone; ascending. */
  readonly refusalsOf: (origin: string) => readonly number[];
  /** No session was open that the log does not show: neither before it began, nor left out of it. */
  readonly showsAllSessions: boolean;
}

type Step =
  | { readonly kind: 'closed' | 'opened'; readonly atMs: number; readonly open: OpenSession }
  | { readonly kind: 'race'; readonly atMs: number; readonly race: Race };

/** At the same moment a session counts as closed before a race begins, and as opened after. */
const ORDER: Readonly<Record<Step['kind'], number>> = { closed: 0, race: 1, opened: 2 };

export function markAvoidable(races: readonly Race[], parts: AvoidableParts): Race[] {
  const addresses = new Map(parts.resolutions.map((resolution) => [resolution.id, new Set(resolution.addresses)]));
  const steps = [...sessionSteps(parts.sessions, races), ...races.flatMap(raceSteps)];
  const openSessions = createOpenSessions();
  const marks = new Map<Race, Pick<Race, 'avoidable' | 'avoidableBy'>>();
  for (const step of steps.toSorted((a, b) => a.atMs - b.atMs || ORDER[a.kind] - ORDER[b.kind])) {
    if (step.kind === 'race') marks.set(step.race, judge(step.race, addresses, openSessions, parts));
    else if (step.kind === 'opened') openSessions.add(step.open);
    else openSessions.remove(step.open);
  }
  return races.map((race) => ({ ...race, ...marks.get(race) }));
}

function sessionSteps(sessions: readonly Session[], races: readonly Race[]): Step[] {
  const raceOf = new Map<number, Race>();
  for (const race of races) for (const id of [...race.evidence.sourceIds, ...race.attempts.map((attempt) => attempt.id)]) raceOf.set(id, race);
  return sessions.flatMap((session): Step[] => {
    const { readyMs, goingAwayMs = Number.POSITIVE_INFINITY, endMs = Number.POSITIVE_INFINITY, protocol } = session;
    const race = session.evidence.sourceIds.map((id) => raceOf.get(id)).find((one) => one !== undefined);
    // Of a session whose beginning is lost, all that is known is that it may have been open from the start.
    const openMs = readyMs ?? (session.startMs < 0 ? Number.NEGATIVE_INFINITY : undefined);
    const closedMs = Math.min(goingAwayMs, endMs);
    if (openMs === undefined || openMs >= closedMs || race?.proxy !== undefined) return [];
    const open = { session, pool: race && poolOf(race, protocol), address: parseEndpoint(session.ipEndpoint ?? '')?.address };
    const opened: Step = { atMs: openMs, kind: 'opened', open };
    return Number.isFinite(closedMs) ? [opened, { atMs: closedMs, kind: 'closed', open }] : [opened];
  });
}

/** A race is judged at the start of its first attempt, if it gave a connection that more than one host can share. */
function raceSteps(race: Race): Step[] {
  const { attempts, winner, proxy } = race;
  const [first] = attempts;
  const isShareable = winner !== undefined && (winner.transport === 'quic' || winner.alpn === 'h2');
  return first === undefined || !isShareable || proxy !== undefined ? [] : [{ atMs: first.startMs, kind: 'race', race }];
}

function judge(
  race: Race,
  addressesOf: ReadonlyMap<number, ReadonlySet<string>>,
  openSessions: OpenSessions,
  { refusalsOf, showsAllSessions }: AvoidableParts,
): Pick<Race, 'avoidable' | 'avoidableBy'> {
  const { destination, winner, startMs, attempts, resolutionIds } = race;
  if (destination === undefined) return {};
  // An address is its own host.
  if (familyOf(destination.host) !== undefined) return { avoidable: false };
  const refusal = firstFrom(refusalsOf(originText(destination)), (ms) => ms, startMs);
  const isRefused = refusal !== undefined && refusal <= (attempts[0]?.startMs ?? startMs);
  const resolved = resolutionIds.flatMap((id) => addressesOf.get(id) ?? []);
  const tried = new Set(attempts.flatMap(({ ipEndpoint }) => parseEndpoint(ipEndpoint)?.address ?? []));
  const isOwn = (address: string): boolean => tried.has(address) || resolved.some((addresses) => addresses.has(address));
  const find = (protocol: Session['protocol']): Covering => openSessions.covering(poolOf(race, protocol) ?? '', destination.host, isOwn);
  const found = [find('h2'), ...(winner?.transport === 'quic' || isRefused ? [find('h3')] : [])];
  const covering = found.find(({ kind }) => kind === 'covered');
  // Attempts go to some of the host's addresses; whether the session's is among them only the resolution tells.
  if (covering?.kind === 'covered' && resolved.some(({ size }) => size > 0)) return { avoidable: true, avoidableBy: covering.sessionId };
  if (isRefused) return { avoidable: true };
  return showsAllSessions && found.every(({ kind }) => kind === 'none') ? { avoidable: false } : {};
}

function poolOf({ destination, privacyMode, networkAnonymizationKey }: Race, protocol: Session['protocol']): string | undefined {
  if (destination === undefined) return undefined;
  return [protocol, destination.scheme, destination.port, privacyMode ?? 'disabled', networkAnonymizationKey ?? ''].join(' | ');
}
