/** The lanes of a race side by side: which candidates each takes, when it may begin, and what it starts. */
import type { Millis } from '../../units.ts';
import type { Transport } from '../endpoint.ts';
import type { Attempts } from './attempts.ts';
import type { Candidate } from './candidates.ts';
import type { Gates } from './gates.ts';
import { Lane, type LaneOptions } from './lane.ts';
import type { RaceOptions } from './race-options.ts';
import type { StartCause } from './race-output.ts';

/** When a lane that waits behind another may begin, and why. */
interface Release {
  readonly at: Millis;
  readonly cause: StartCause;
}

const BEGINS: Release = { at: -Infinity, cause: { why: 'lane-begins' } };
const HEAD_START_OVER: StartCause = { why: 'lane-released', by: 'head-start-over' };
const OTHER_EXHAUSTED: StartCause = { why: 'lane-released', by: 'other-lane-exhausted' };

export class Lanes {
  readonly #lanes: readonly Lane[];
  /** By lane. */
  #candidates: readonly (readonly Candidate[])[];

  constructor({ lanes }: RaceOptions) {
    const tried = new Set<string>();
    this.#lanes = lanes.map((lane) => new Lane(lane, lane.behind?.repeats === true ? new Set() : tried));
    this.#candidates = lanes.map(() => []);
  }

  /** An answer has come: these are the candidates now. */
  take(candidates: readonly Candidate[], now: Millis): void {
    const before = this.#candidates;
    this.#candidates = this.#lanes.map(({ options }) => candidatesOf(options, candidates));
    this.#lanes.forEach((lane, i) => {
      if (!areSame(before[i] ?? [], this.#candidates[i] ?? [])) lane.candidatesChanged(this.#candidates[i] ?? [], now);
    });
  }

  /** A race that is won over QUIC goes on over TCP, if at all, with what has begun; one won over TCP is over. */
  closeAfterWin(winner: Transport): void {
    for (const lane of this.#lanes) if (winner === 'tcp' || lane.options.transport === 'quic') lane.close();
  }

  /** No more attempts but over QUIC. */
  closeTcp(): void {
    for (const lane of this.#lanes) if (lane.options.transport !== 'quic') lane.close();
  }

  /** Starts what may start now; returns when the next may. */
  run(gates: Gates, attempts: Attempts, cryptoHeld: boolean, now: Millis): Millis {
    let wakeAt = Infinity;
    const exhausted: boolean[] = [];
    for (const [i, lane] of this.#lanes.entries()) {
      const all = this.#candidates[i] ?? [];
      // A QUIC handshake is a secure handshake from its first packet on.
      const candidates = cryptoHeld ? all.filter(({ endpoint }) => endpoint.transport !== 'quic') : all;
      const release = this.#releaseOf(lane, exhausted);
      const opensAt = Math.max(gates.opensAt(i), release.at);
      wakeAt = Math.min(wakeAt, opensAt > now ? opensAt : runLane(lane, candidates, release.cause, attempts, cryptoHeld, now));
      exhausted.push(!(cryptoHeld && lane.options.transport === 'quic') && lane.isExhausted(candidates));
    }
    return wakeAt;
  }

  #releaseOf({ options: { behind }, firstStart }: Lane, exhausted: readonly boolean[]): Release {
    if (behind === undefined || firstStart !== undefined) return BEGINS;
    if (exhausted[behind.lane] === true) return { at: behind.repeats ? Infinity : -Infinity, cause: OTHER_EXHAUSTED };
    const first = this.#lanes[behind.lane]?.firstStart;
    return { at: first === undefined ? Infinity : first + behind.by, cause: HEAD_START_OVER };
  }
}

/** Returns when the lane starts the next. */
function runLane(lane: Lane, candidates: readonly Candidate[], firstCause: StartCause, attempts: Attempts, cryptoHeld: boolean, now: Millis): Millis {
  let turn = lane.turn(candidates, now);
  while (turn.turn === 'start') {
    let { cause } = turn;
    for (const id of turn.abandons) {
      const attempt = attempts.get(id);
      if (attempt !== undefined) attempts.cancel(attempt, 'slow-attempt-abandoned', now);
      cause = { why: 'cancelled', after: id };
    }
    cause ??= attempts.count === 0 ? { why: 'first' } : firstCause;
    attempts.start({ lane, candidate: turn.candidate, secureHandshake: cryptoHeld ? 'held' : 'permitted', cause }, now);
    turn = lane.turn(candidates, now);
  }
  return turn.turn === 'wait' ? turn.until : Infinity;
}

function candidatesOf({ transport, family }: LaneOptions, candidates: readonly Candidate[]): readonly Candidate[] {
  const own = transport === 'any' ? candidates : candidates.filter(({ endpoint }) => endpoint.transport === transport);
  const first = own[0]?.family;
  return family === 'any' ? own : own.filter((candidate) => (candidate.family === first) === (family === 'first'));
}

function areSame(before: readonly Candidate[], after: readonly Candidate[]): boolean {
  return before.length === after.length && before.every(({ key }, i) => key === after[i]?.key);
}
