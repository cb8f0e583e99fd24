/** How requests went: to an address of which family, as their connection shows, and which are WebSockets. */
import type { Trace } from '../../model/trace.ts';

type Family = 'IPv4' | 'IPv6';

export interface RequestRoute {
  readonly webSocket: boolean;
  readonly family?: Family;
}

/** By source id. */
export type RequestRoutes = ReadonlyMap<number, RequestRoute>;

export function requestRoutes({ requests, sessions, races }: Pick<Trace, 'requests' | 'sessions' | 'races'>): RequestRoutes {
  const bySession = new Map(sessions.map(({ id, ipEndpoint }) => [id, ipEndpoint]));
  const byAttempt = new Map(races.flatMap(({ attempts }) => attempts.map(({ id, ipEndpoint }) => [id, ipEndpoint])));
  return new Map(
    requests.map(({ id, url = '', sessionId, attemptId }) => {
      const endpoint = (sessionId === undefined ? undefined : bySession.get(sessionId)) ?? (attemptId === undefined ? undefined : byAttempt.get(attemptId));
      return [id, { webSocket: /^wss?:/.test(url), ...(endpoint !== undefined && { family: familyOf(endpoint) }) }];
    }),
  );
}

/** @param endpoint `192.0.2.1:443` or `[2001:db8::1]:443` */
function familyOf(endpoint: string): Family {
  return endpoint.startsWith('[') ? 'IPv6' : 'IPv4';
}
