/** What sessions show of their servers: the names of the certificate and the origins of an ORIGIN frame, by which others may share them. */
import type { Session } from '../model/session.ts';
import type { InferredRace } from './inferred-race.ts';

export class SessionServers {
  readonly #byHost = new Map<string, NonNullable<InferredRace['server']>>();

  constructor(sessions: readonly Session[]) {
    for (const { hosts, certificateNames, originFrame } of sessions) {
      const [host] = hosts;
      if (host === undefined || (certificateNames === undefined && originFrame === undefined)) continue;
      const known = this.#byHost.get(host) ?? { names: [], originFrame: [] };
      this.#byHost.set(host, { names: known.names.length > 0 ? known.names : plainNames(certificateNames ?? []), originFrame: known.originFrame.length > 0 ? known.originFrame : plainOrigins(originFrame?.origins ?? []) });
    }
  }

  /** Of the first session to the host that showed it. */
  of(host: string): InferredRace['server'] {
    return this.#byHost.get(host);
  }
}

/** A certificate of a large network has some hundreds; a hostile log may have any number. */
const MOST = 500;
const PATTERN = /^(\*\.)?(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;

function plainNames(names: readonly string[]): readonly string[] {
  return names.slice(0, MOST).filter((name) => PATTERN.test(name));
}

function plainOrigins(origins: readonly string[]): readonly string[] {
  return origins.slice(0, MOST).filter((origin) => URL.canParse(origin) && new URL(origin).origin === origin && origin.startsWith('https:'));
}
