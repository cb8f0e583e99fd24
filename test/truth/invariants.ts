/** What holds in every report, whatever happened: broken promises in words, none for a sound report. */
import type { Attempt, Race } from '../../src/model/race.ts';
import type { Report } from '../../src/report/report.ts';

export function brokenInvariants(report: Report): string[] {
  return [...valuesBroken(report), ...racesBroken(report), ...spansBroken(report), ...linksBroken(report), ...evidenceBroken(report)];
}

interface Span {
  readonly startMs: number;
  readonly endMs?: number | undefined;
  readonly durationMs?: number | undefined;
  readonly outcome?: string | undefined;
}

/** Unknown is absent: nothing is null, and no number is NaN or infinite. */
function valuesBroken(report: Report): string[] {
  const broken: string[] = [];
  const visit = (value: unknown, path: string): void => {
    if (value === null) broken.push(`${path} is null`);
    else if (typeof value === 'number' && !Number.isFinite(value)) broken.push(`${path} is ${value}`);
    else if (typeof value === 'object') for (const [key, inner] of Object.entries(value)) visit(inner, `${path}.${key}`);
  };
  visit(report, 'report');
  return broken;
}

function racesBroken({ races, trace }: Report): string[] {
  return races.flatMap((race) => {
    const about = `race ${race.id}`;
    const won = race.attempts.filter((a) => a.outcome === 'won');
    return problems(about, {
      'has one attempt won if it connected, and none otherwise': won.length === (race.outcome === 'connected' ? 1 : 0),
      'has a winner if it connected, and none otherwise': (race.winner !== undefined) === (race.outcome === 'connected'),
      'names as its winner the attempt that won': race.winner === undefined || won.some((a) => isWinner(a, race)),
      'ends when its winner is usable': won.every((a) => a.endMs === race.endMs),
      'has its attempts in order of their start': race.attempts.every((a, i) => i === 0 || a.startMs >= (race.attempts[i - 1]?.startMs ?? 0)),
      'has each attempt once': new Set(race.attempts.map((a) => `${a.id} ${a.part ?? 1}`)).size === race.attempts.length,
      'begins before its attempts': race.attempts.every((a) => a.startMs >= race.startMs),
      'ran an engine that the trace lists': race.engine === undefined || trace.raceEngines.includes(race.engine),
      'says what it was pooled onto only if it was': race.pooledOnto === undefined || race.outcome === 'pooled',
    });
  });
}

function isWinner(attempt: Attempt, { winner }: Race): boolean {
  return (
    winner !== undefined &&
    winner.attemptId === attempt.id &&
    winner.transport === attempt.transport &&
    winner.ipEndpoint === attempt.ipEndpoint &&
    winner.family === attempt.family &&
    winner.endpointStage === attempt.endpointStage
  );
}

/** Durations are end minus start, nothing ends before it begins, and what has no end is unfinished. */
function spansBroken({ races, resolutions, requests, sessions }: Report): string[] {
  const spans: [string, Span][] = [
    ...races.map((r): [string, Span] => [`race ${r.id}`, r]),
    ...races.flatMap((r) => r.attempts.map((a): [string, Span] => [`attempt ${a.id} of race ${r.id}`, a])),
    ...resolutions.map((r): [string, Span] => [`resolution ${r.id}`, r]),
    ...resolutions.flatMap((r) => r.tasks.map((t): [string, Span] => [`${t.kind} task of resolution ${r.id}`, t])),
    ...resolutions.flatMap((r) => r.transactions.map((t): [string, Span] => [`transaction ${t.id}`, t])),
    ...resolutions.flatMap((r) => r.transactions.flatMap((t) => t.attempts.map((a): [string, Span] => [`attempt of transaction ${t.id}`, a]))),
    ...requests.map((r): [string, Span] => [`request ${r.id}`, r]),
    ...sessions.map((s): [string, Span] => [`session ${s.id}`, s]),
  ];
  return spans.flatMap(([about, { startMs, endMs, durationMs, outcome }]) =>
    problems(about, {
      'does not end before it starts': endMs === undefined || endMs >= startMs,
      'has as its duration its end minus its start': durationMs === undefined || (endMs !== undefined && Math.abs(endMs - startMs - durationMs) < 0.001),
      'is unfinished if it has no end, and only then': outcome === undefined || (outcome === 'unfinished') === (endMs === undefined),
    }),
  );
}

/** What one object says of another by id is there. */
function linksBroken({ races, resolutions, requests, sessions }: Report): string[] {
  const resolutionIds = new Set(resolutions.map((r) => r.id));
  const requestIds = new Set(requests.map((r) => r.id));
  const sessionIds = new Set(sessions.map((s) => s.id));
  const attemptsOfRace = new Map(races.map((r) => [r.id, new Set(r.attempts.map((a) => a.id))]));
  return [
    ...problems('the report', {
      'has each race once': attemptsOfRace.size === races.length,
      'has each resolution once': resolutionIds.size === resolutions.length,
      'has each session once': sessionIds.size === sessions.length,
      'has each request once': new Set(requests.map((r) => `${r.id} ${r.part ?? 1}`)).size === requests.length,
      'has no attempt in two races': new Set(races.flatMap((r) => [...new Set(r.attempts.map((a) => a.id))])).size === races.reduce((n, r) => n + (attemptsOfRace.get(r.id)?.size ?? 0), 0),
    }),
    ...races.flatMap((race) =>
      problems(`race ${race.id}`, {
        'names resolutions that exist': race.resolutionIds.every((id) => resolutionIds.has(id)),
        'names requests that exist': race.requestIds.every((id) => requestIds.has(id)),
        'names a session that exists': race.pooledOnto === undefined || sessionIds.has(race.pooledOnto.sessionId),
      }),
    ),
    ...requests.flatMap((request) =>
      problems(`request ${request.id}`, {
        'names a race that exists': request.raceId === undefined || attemptsOfRace.has(request.raceId),
        'names an attempt of that race': request.attemptId === undefined || attemptsOfRace.get(request.raceId ?? Number.NaN)?.has(request.attemptId) === true,
        'names a session that exists': request.sessionId === undefined || sessionIds.has(request.sessionId),
      }),
    ),
  ];
}

function evidenceBroken({ trace, races, resolutions, requests, sessions, findings }: Report): string[] {
  const claims = [...races, ...races.flatMap((r) => r.attempts), ...resolutions, ...requests, ...sessions, ...findings];
  return claims.flatMap(({ id, evidence }) =>
    problems(`${id}`, {
      'rests on events of the log': evidence.eventIndices.every((i) => Number.isInteger(i) && i >= 0 && i < trace.eventCount),
      // What a finding says of the log as a whole rests on no source in it.
      'rests on some source': evidence.sourceIds.length > 0 || String(id).startsWith('log.'),
    }),
  );
}

/** Those promises that do not hold. */
function problems(about: string, promises: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(promises).flatMap(([promise, holds]) => (holds ? [] : [`${about}: not true that it ${promise}`]));
}
