/**
 * What became of a QUIC session's path: the server's preferred address, a new port on a degrading path, another network.
 *
 * A session's first path is that of its first packet. From the moment a migration succeeded requests go over the new
 * path, until the next one does, through a socket that the session made for it; how long they wait for an answer is compared by when they were sent.
 */
import { median } from 'simple-statistics';
import type { Moment } from '../handlers/handler.ts';
import type { MigrationRecord, QuicSessionRecord } from '../handlers/quic-sessions.ts';
import type { SocketHandler, SocketRecord } from '../handlers/sockets.ts';
import type { FirstBytes, Migration } from '../session.ts';
import { countUpTo, lastUpTo } from '../ascending.ts';
import type { Context } from './context.ts';
import { endpointText } from './endpoint-text.ts';
import type { SessionRequest } from './session-requests.ts';

const PREFERRED_ADDRESS = 'server-preferred-address';

interface Path {
  readonly peer: string | undefined;
  readonly local: string | undefined;
}

/** In log order. */
interface SentRequest {
  readonly at: Moment;
  readonly firstByte: Moment | undefined;
}

/** A socket of the session, in log order. */
interface MadeSocket {
  readonly at: Moment;
  readonly socket: SocketRecord;
}

export function migrationsOf(record: QuicSessionRecord, requests: readonly SessionRequest[], sockets: SocketHandler, context: Context): Migration[] {
  const { migrations, offered } = record;
  const switches = migrations.filter(({ outcome }) => outcome === 'migrated').flatMap(({ ended }) => ended ?? []).toSorted((a, b) => a.index - b.index);
  const placeOf = new Map(switches.map((ended, i) => [ended, i]));
  const sent = requests.flatMap((request) => (request.sent === undefined ? [] : [{ at: request.sent, firstByte: request.firstByte }])).toSorted((a, b) => a.at.index - b.at.index);
  const made = sockets.ownedBy(record.id).flatMap(({ id }) => sockets.ownedBy(id)).map((socket) => ({ at: socket.start, socket })).toSorted((a, b) => a.at.index - b.at.index);
  let path: Path = { peer: endpointText(record.peerAddress), local: endpointText(record.selfAddress) };
  const tried = migrations.map((migration): Migration => {
    const told = toldBy(migration, path, context);
    if (migration.outcome !== 'migrated' || migration.ended === undefined) return told;
    path = { peer: told.to ?? path.peer, local: localOf(made, migration.at, migration.ended) };
    const at = placeOf.get(migration.ended) ?? 0;
    return {
      ...told,
      toLocal: path.local,
      firstBytes: {
        oldPath: firstBytes(sent, switches[at - 1], migration.ended, context),
        newPath: firstBytes(sent, migration.ended, switches[at + 1], context),
      },
    };
  });
  if (offered === undefined || migrations.some(({ cause }) => cause === PREFERRED_ADDRESS)) return tried;
  // Offered, but no event followed: another family than the connection's, or switched off.
  const notTried: Migration = {
    atMs: context.at(offered.at),
    cause: PREFERRED_ADDRESS,
    outcome: 'not-tried',
    from: endpointText(record.peerAddress),
    to: endpointText(offered.addresses[0]),
  };
  return [notTried, ...tried];
}

function toldBy({ at, cause, outcome, ended, to, reason }: MigrationRecord, { peer, local }: Path, context: Context): Migration {
  return {
    atMs: context.at(at),
    endMs: ended && context.at(ended),
    cause,
    outcome: outcome ?? 'unfinished',
    from: peer,
    to: endpointText(to),
    fromLocal: local,
    reason,
  };
}

/** Of the socket over which the session validated the new path. */
function localOf(made: readonly MadeSocket[], from: Moment, to: Moment): string | undefined {
  const last = lastUpTo(made, to.index);
  return last !== undefined && last.at.index >= from.index ? endpointText(last.socket.localAddress) : undefined;
}

function firstBytes(sent: readonly SentRequest[], from: Moment | undefined, to: Moment | undefined, context: Context): FirstBytes {
  const onPath = sent.slice(countUpTo(sent, from?.index ?? -1), countUpTo(sent, (to?.index ?? Number.POSITIVE_INFINITY) - 1));
  const waits = onPath.flatMap(({ at, firstByte }) => (firstByte === undefined ? [] : [context.between(at, firstByte)]));
  return { n: waits.length, medianMs: waits.length === 0 ? undefined : median(waits) };
}
