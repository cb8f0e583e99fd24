/**
 * The sessions that are open at one moment, found by the names that their certificates cover.
 *
 * Certificates name hosts, or with `*` as the whole first label all hosts one label deeper (RFC 9525 section 6.3). A
 * `*` before a single label covers nothing: no certificate may be for a whole top-level domain. That the same holds for
 * registries further down (`*.co.uk`) is not looked up.
 */
import type { Session } from '../session.ts';

export type Covering =
  | { readonly kind: 'covered'; readonly sessionId: number }
  | { readonly kind: 'none' }
  /** Of some open session the log does not tell what its certificate covers, or which partition it is in. */
  | { readonly kind: 'unknown' };

export interface OpenSession {
  readonly session: Session;
  /** Protocol, scheme, port, privacy mode and network partition; `undefined` where the log does not tell. */
  readonly pool: string | undefined;
  /** Without port; `undefined` where the log does not tell. */
  readonly address: string | undefined;
}

export interface OpenSessions {
  add(open: OpenSession): void;
  remove(open: OpenSession): void;
  /** A session of a pool whose certificate covers a host and whose address is none of the host's; no session that is the host's own. */
  covering(pool: string, host: string, isOwn: (address: string) => boolean): Covering;
}

/** Of open sessions under one name, that are the host's own: no host has so many. */
const MOST_ADDRESSES = 256;

/** Names to addresses to sessions. */
type Covered = Map<string, Map<string, Set<number>>>;

export function createOpenSessions(): OpenSessions {
  const pools = new Map<string, { readonly own: Map<string, number>; readonly covered: Covered; unknown: number }>();
  let unknownPool = 0;

  function poolOf(name: string) {
    let pool = pools.get(name);
    if (pool === undefined) {
      pool = { own: new Map(), covered: new Map(), unknown: 0 };
      pools.set(name, pool);
    }
    return pool;
  }

  function change({ session, pool: poolName, address }: OpenSession, by: 1 | -1): void {
    if (poolName === undefined) {
      unknownPool += by;
      return;
    }
    const pool = poolOf(poolName);
    // Those that it carried besides its own are pooled.
    const host = session.hosts.length > session.pooledHosts.length ? session.hosts[0] : undefined;
    if (host !== undefined) pool.own.set(host, (pool.own.get(host) ?? 0) + by);
    if (session.certificateNames === undefined || address === undefined) {
      pool.unknown += by;
      return;
    }
    for (const name of session.certificateNames) {
      if (by === 1) addSession(pool.covered, name, address, session.id);
      else removeSession(pool.covered, name, address, session.id);
    }
  }

  return {
    add: (open) => change(open, 1),
    remove: (open) => change(open, -1),
    covering(poolName, host, isOwn) {
      const pool = pools.get(poolName);
      // With a session of its own the host had no need of another's; that it connected all the same has other reasons.
      if ((pool?.own.get(host) ?? 0) > 0) return { kind: 'none' };
      let lookedAt = 0;
      for (const name of namesFor(host)) {
        for (const [address, ids] of pool?.covered.get(name) ?? []) {
          const [sessionId] = ids;
          if (sessionId !== undefined && !isOwn(address)) return { kind: 'covered', sessionId };
          if (++lookedAt === MOST_ADDRESSES) return { kind: 'unknown' };
        }
      }
      return { kind: unknownPool + (pool?.unknown ?? 0) > 0 ? 'unknown' : 'none' };
    },
  };
}

function addSession(covered: Covered, name: string, address: string, id: number): void {
  const byAddress = covered.get(name) ?? new Map<string, Set<number>>();
  covered.set(name, byAddress);
  byAddress.set(address, (byAddress.get(address) ?? new Set()).add(id));
}

function removeSession(covered: Covered, name: string, address: string, id: number): void {
  const byAddress = covered.get(name);
  const ids = byAddress?.get(address);
  ids?.delete(id);
  if (ids?.size === 0) byAddress?.delete(address);
}

/** The entries of certificates that cover a host. */
function namesFor(host: string): string[] {
  const deeper = host.indexOf('.');
  const parent = deeper < 0 ? '' : host.slice(deeper + 1);
  return parent.includes('.') ? [host, `*.${parent}`] : [host];
}
