/**
 * What a race, a request, a resolution or a session rests on in the log, by what the model says of it.
 *
 * Not every link is logged: which connect jobs and requests belong to one race follows from their key,
 * and that from others with the same key. So all races to a host go with one of them.
 */
import type { Race } from '../model/race.ts';
import type { Request } from '../model/request.ts';
import type { Resolution } from '../model/resolution.ts';
import type { Session } from '../model/session.ts';

/** The parts of a trace, or of a report, that name each other. */
export interface Story {
  readonly races: readonly Race[];
  readonly requests: readonly Request[];
  readonly resolutions: readonly Resolution[];
  readonly sessions: readonly Session[];
}

export interface ChosenSources {
  readonly ids: ReadonlySet<number>;
  /** Hosts whose races are among them. */
  readonly hosts: ReadonlySet<string>;
}

/** The sources of all that is in `chosen`, and of what that refers to in `whole`. */
export function sourcesOf(chosen: Story, whole: Story): ChosenSources {
  const ids = new Set<number>();
  const hosts = new Set<string>();
  const races = new Map(whole.races.map((race) => [race.id, race]));
  const resolutions = new Map(whole.resolutions.map((resolution) => [resolution.id, resolution]));
  // Which of several requests had a socket made shows only by all of them.
  const requestsBySource = new Map<number, Request[]>();
  for (const request of whole.requests) for (const id of request.evidence.sourceIds) addTo(requestsBySource, id, request);
  const racesByHost = new Map<string | undefined, Race[]>();
  for (const race of whole.races) addTo(racesByHost, race.destination?.host, race);
  // A name that a connect job had in the cache is told by its race.
  const racesByResolution = new Map<number, Race[]>();
  for (const race of whole.races) for (const id of race.resolutionIds) addTo(racesByResolution, id, race);
  // A race that shows no engine has that of the others.
  const showsEngine = new Map<Race['engine'], Race>();
  for (const race of whole.races) if (!showsEngine.has(race.engine) && race.attempts.some(({ transport }) => transport === 'tcp')) showsEngine.set(race.engine, race);
  // Whose connection a session is shows where it can be shared.
  const sessions = new Map(whole.sessions.map((session) => [session.id, session]));
  const raceBySource = new Map<number, Race>();
  for (const race of whole.races) for (const id of [...race.evidence.sourceIds, ...race.attempts.map((attempt) => attempt.id)]) raceBySource.set(id, race);
  const done = new Set<object>();
  const pending: (() => void)[] = [];

  function visit<Item extends object>(item: Item | undefined, each: (item: Item) => void): void {
    if (item === undefined || done.has(item)) return;
    done.add(item);
    pending.push(() => each(item));
  }

  function add(more: Iterable<number | undefined>): void {
    for (const id of more) if (id !== undefined) ids.add(id);
  }

  function addRace(race: Race): void {
    add([race.id, ...race.resolutionIds, ...race.requestIds, ...race.evidence.sourceIds, race.pooledOnto?.sessionId]);
    for (const attempt of race.attempts) add([attempt.id, ...attempt.evidence.sourceIds]);
    for (const id of race.resolutionIds) visit(resolutions.get(id), addResolution);
    const { host } = race.destination ?? {};
    if (host !== undefined && !hosts.has(host)) {
      hosts.add(host);
      for (const other of racesByHost.get(host) ?? []) visit(other, addRace);
    }
    if (race.attempts.length === 0) visit(showsEngine.get(race.engine), addRace);
    for (const id of race.requestIds) addRequestsOn(id);
    visit(race.avoidableBy === undefined ? undefined : sessions.get(race.avoidableBy), addSession);
  }

  function addSession(session: Session): void {
    add([session.id, ...session.evidence.sourceIds]);
    for (const id of session.evidence.sourceIds) visit(raceBySource.get(id), addRace);
  }

  function addRequestsOn(sourceId: number): void {
    const requests = requestsBySource.get(sourceId) ?? [];
    requestsBySource.delete(sourceId);
    for (const request of requests) visit(request, addRequest);
  }

  function addRequest(request: Request): void {
    add([request.id, request.attemptId, request.sessionId, ...request.evidence.sourceIds]);
    for (const id of request.evidence.sourceIds) addRequestsOn(id);
    if (request.raceId !== undefined) visit(races.get(request.raceId), addRace);
  }

  function addResolution(resolution: Resolution): void {
    add([resolution.id, ...resolution.evidence.sourceIds, ...resolution.transactions.map(({ id }) => id)]);
    for (const race of racesByResolution.get(resolution.id) ?? []) visit(race, addRace);
  }

  for (const race of chosen.races) visit(race, addRace);
  for (const request of chosen.requests) visit(request, addRequest);
  for (const resolution of chosen.resolutions) visit(resolution, addResolution);
  for (const { id, evidence } of chosen.sessions) add([id, ...evidence.sourceIds]);
  // `pending` grows while it is walked; no recursion, since requests and races can form a long chain.
  for (const step of pending) step();
  return { ids, hosts };
}

function addTo<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}
