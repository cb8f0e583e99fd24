/**
 * Sockets that connected, but whose owner's events fell out of a bounded log. Only the socket is
 * left: it gets its start and endpoint, and nothing is said of race or engine; its host is what its
 * ClientHello, or an HTTP/2 session on it, still names.
 */
import type { Handlers } from '../handlers/all-handlers.ts';
import type { Race } from '../race.ts';
import { settle, winnerOf, winnerView } from './attempt-draft.ts';
import { type Context, earliest, evidenceOf, latest } from './context.ts';
import { destinationOfSockets, parseDestination } from './destination.ts';
import { tcpAttempts } from './tcp-attempts.ts';

export function buildOrphanRaces(handlers: Handlers, races: readonly Race[], context: Context): Race[] {
  const taken = new Set(races.flatMap((r) => r.attempts.map((a) => a.id)));
  const hostOfSocket = new Map<number, string>();
  for (const { socketId, host } of handlers.http2Sessions.sessions.values()) {
    if (socketId !== undefined && host !== undefined) hostOfSocket.set(socketId, host);
  }
  const orphans = [...handlers.sockets.sockets.values()].filter(
    (s) => s.type === 'SOCKET' && s.ownerId === undefined && !taken.has(s.id) && !handlers.dnsTransactions.isCarrier(s.id),
  );
  return orphans.flatMap((socket): Race[] => {
    const host = hostOfSocket.get(socket.id);
    const drafts = tcpAttempts(socket, { sourceIds: [], secure: host !== undefined || socket.handshakes.length > 0, stageOf: () => 'unknown' });
    const start = earliest(drafts.map((d) => d.start));
    if (start === undefined) return [];
    const winner = winnerOf(drafts);
    const end = winner?.usable ?? latest(drafts.map((d) => d.failed?.at ?? d.closed));
    return [
      {
        id: socket.id,
        destination: destinationOfSockets([socket]) ?? (host === undefined ? undefined : parseDestination(`https://${host}`)),
        preconnect: false,
        startMs: context.at(start),
        endMs: end && context.at(end),
        durationMs: end && context.between(start, end),
        outcome: winner !== undefined ? 'connected' : drafts.some((d) => d.failed !== undefined) ? 'failed' : end === undefined ? 'unfinished' : 'cancelled',
        resolutionIds: [],
        dns: {},
        requestIds: [],
        attempts: settle(drafts, winner, end, context),
        winner: winnerView(winner),
        fallback: { family: false, transport: false, service: false, resolver: false },
        delays: {},
        evidence: evidenceOf([socket.id], [start, end]),
      },
    ];
  });
}
