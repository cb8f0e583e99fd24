/**
 * Names back to the numbers of one log, by that log's own constants: what a writer needs and a
 * reader does the other way round.
 */
import { roleOfSource } from './event-names.ts';
import type { LogConstants, Phase } from './event.ts';
import { numberOfUnnamed } from './unnamed-types.ts';

/** For points in time in a log that names no phase for them: a number that no log names. */
const UNNAMED_PHASE = -1;

/** Each lookup throws an `Error` that tells the name if the constants do not have it: a bug of the producer. */
export class TypeNumbers {
  readonly #eventTypes = new Map<string, number>();
  readonly #sourceTypes = new Map<string, number>();
  readonly #phases = new Map<Phase, number>([['NONE', UNNAMED_PHASE]]);

  constructor({ eventTypes, sourceTypes, phases }: LogConstants) {
    for (const [number, name] of eventTypes) this.#eventTypes.set(name, number);
    for (const [number, phase] of phases) this.#phases.set(phase, number);
    // If a log has two types of one role, either is read as that role again.
    for (const [number, name] of sourceTypes) this.#sourceTypes.set(roleOfSource(name), number);
  }

  /** `logged`: the name that the log itself uses. */
  eventType(logged: string): number {
    return this.#eventTypes.get(logged) ?? numberOfUnnamed(logged) ?? missing('event type', logged);
  }

  /** `role`: the role name, as events have it. */
  sourceType(role: string): number {
    return this.#sourceTypes.get(role) ?? numberOfUnnamed(role) ?? missing('source type', role);
  }

  phase(phase: Phase): number {
    return this.#phases.get(phase) ?? missing('phase', phase);
  }
}

function missing(what: string, name: string): never {
  throw new Error(`The constants of the log being written name no ${what} ${name}.`);
}
