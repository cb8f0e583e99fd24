/**
 * What became of a QUIC session's path: the server's preferred address, a new port on a degrading path, another network.
 *
 * A session's first path is that of its first packet. From the moment a migration succeeded requests go over the new
 * path, until the next one does, through a socket that the session made for it; how long they wait for an answer is compared by when they were sent.
 */
import { median } from 'simple-statistics';
import type { Moment } from '../handlers/handler.ts';
import type { MigrationRecord, QuicSessionRecord } from '../handlers/quic-sessions.ts';
import type { SocketHandler } from '../handlers/sockets.ts';
import type { FirstBytes, Migration } from '../session.ts';
import type { Context } from './context.ts';
import { endpointText } from './endpoint-text.ts';
import type { SessionRequest } from './session-requests.ts';

const PREFERRED_ADDRESS = 'server-preferred-address';

interface Path {
  readonly peer: string | undefined;
  readonly local: string | undefined;
}

export function migrationsOf(record: QuicSessionRecord, requests: readonly SessionRequest[], sockets: SocketHandler, context: Context): Migration[] {
  const { migrations, offered } = record;
  const switches = migrations.filter(({ outcome }) => outcome === 'migrated').flatMap(({ ended }) => ended ?? []);
  let path: Path = { peer: endpointText(record.peerAddress), local: endpointText(record.selfAddress) };
  const tried = migrations.map((migration): Migration => {
    const told = toldBy(migration, path, context);
    if (migration.outcome !== 'migrated' || migration.ended === undefined) return told;
    path = { peer: told.to ?? path.peer, local: localOf(record.id, migration.at, migration.ended, sockets) };
    const at = switches.indexOf(migration.ended);
    return {
      ...told,
      toLocal: path.local,
      firstBytes: {
        oldPath: firstBytes(requests, switches[at - 1], migration.ended, context),
        newPath: firstBytes(requests, migration.ended, switches[at + 1], context),
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
function localOf(sessionId: number, from: Moment, to: Moment, sockets: SocketHandler): string | undefined {
  const made = sockets.ownedBy(sessionId).flatMap(({ id }) => sockets.ownedBy(id));
  return endpointText(made.findLast(({ start }) => start.index >= from.index && start.index <= to.index)?.localAddress);
}

function firstBytes(requests: readonly SessionRequest[], from: Moment | undefined, to: Moment | undefined, context: Context): FirstBytes {
  const waits = requests.flatMap(({ sent, firstByte }) => {
    const isOnPath = sent !== undefined && sent.index > (from?.index ?? -1) && sent.index < (to?.index ?? Number.POSITIVE_INFINITY);
    return isOnPath && firstByte !== undefined ? [context.between(sent, firstByte)] : [];
  });
  return { n: waits.length, medianMs: waits.length === 0 ? undefined : median(waits) };
}
