/** Hands on what one layer of a client has for the next: answers to races, their outcomes to requests, sessions to other races. */
import type { Millis } from '../../units.ts';
import type { Destinations } from './destinations.ts';
import { knownAddresses, poolable } from './pooling.ts';
import type { RaceOutcomes } from './race-outcomes.ts';
import type { Races } from './races.ts';
import type { Requests } from './requests.ts';
import type { ResolutionNews, Resolutions } from './resolutions.ts';
import type { RunningRace } from './running-race.ts';
import type { Session } from './session.ts';
import type { SessionPool } from './session-pool.ts';

interface Parts {
  readonly resolutions: Resolutions;
  readonly races: Races;
  readonly outcomes: RaceOutcomes;
  readonly requests: Requests;
  readonly destinations: Destinations;
  readonly sessions: SessionPool;
}

export class Layers {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Hands outputs from layer to layer until all are quiet. */
  settle(now: Millis): void {
    for (let quiet = false; !quiet; ) {
      quiet = true;
      for (const news of this.#parts.resolutions.hear(now)) {
        quiet = false;
        if (news !== undefined) this.#hear(news, now);
      }
      this.#parts.races.wakeTold(now);
      for (const race of this.#parts.races.all()) {
        for (const news of this.#parts.races.pass(race, now)) {
          quiet = false;
          if (news !== undefined) this.#parts.outcomes.hear(news, race, now);
        }
      }
      // The last answer may be an alias: a resolution is over when its races have seen all of it and ask for no more.
      if (quiet) for (const race of this.#parts.races.all()) if (this.#endResolution(race, now)) quiet = false;
    }
  }

  #hear(news: ResolutionNews, now: Millis): void {
    if (news.kind === 'race-resolved') news.race.resolved = news.outcome;
    else if (news.kind === 'request-resolved') {
      if (news.outcome.kind === 'ok') this.#parts.requests.done(news.request, now);
      else this.#parts.requests.fail(news.request, 'name-not-resolved', undefined, now);
    } else {
      const { race, answer } = news;
      const session = answer.answer.kind === 'answer' ? this.#shareable(race, answer.answer.addresses) : undefined;
      if (session !== undefined) return this.#parts.outcomes.pool(race, session, now);
      this.#parts.races.learn(race, answer, now);
      this.#parts.destinations.servicesKnown(race, now);
    }
  }

  /** What was given up has no answer. */
  #endResolution(race: RunningRace, now: Millis): boolean {
    const { resolved } = race;
    if (resolved === undefined) return false;
    delete race.resolved;
    if (resolved.kind === 'failure') this.#parts.outcomes.nameNotResolved(race, now);
    else for (const query of race.services.known().openQueries) race.race.answer(query, { kind: 'failure', failure: 'network' }, now);
    return true;
  }

  /** Races to other names may use a session that has just been opened, or has become good for more. */
  share(now: Millis): void {
    for (const race of this.#parts.races.all()) {
      const session = this.#shareable(race, knownAddresses(race));
      if (session !== undefined) this.#parts.outcomes.pool(race, session, now);
    }
    this.settle(now);
  }

  #shareable(race: RunningRace, addresses: readonly string[]): Session | undefined {
    const session = race.state === 'running' ? poolable(race, addresses, this.#parts.sessions) : undefined;
    return session !== undefined && this.#parts.destinations.wants(race, session) ? session : undefined;
  }
}
