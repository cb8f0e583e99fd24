/** Turns what happens in a simulation into the events of a log, in the form that suits the profile. */
import type { Millis } from '../../units.ts';
import type { EventParams } from '../../netlog/event.ts';
import type { Happening } from '../happening.ts';
import type { SourceLog } from '../log/source-log.ts';
import { ConnectJobEmitter } from './connect-jobs/connect-job-emitter.ts';
import type { EmitterFacts } from './emitter-facts.ts';
import { logFormOf } from './log-form.ts';
import { PoolEmitter } from './pool/pool-emitter.ts';

export interface LogEmitter {
  /** Happenings in the order in which they happened; what the network brings before what the client makes of it. */
  observe(happening: Happening): void;
  /** `end`: of the simulation. What is unfinished stays so; returns the polled data of the log. */
  finish(end: Millis): readonly EventParams[];
}

/** Rules of the simulated engine that Chromium has no event for are not in the log. */
export function createLogEmitter(log: SourceLog, facts: EmitterFacts): LogEmitter {
  const form = logFormOf(facts.parameters);
  return form === 'pool' ? new PoolEmitter(log, facts) : new ConnectJobEmitter(log, facts, form);
}
