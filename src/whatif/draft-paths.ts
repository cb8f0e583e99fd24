/** The network of a scenario: for each endpoint and transport the rules that make its packets take what they took. */
import type { Millis } from '../units.ts';
import { rounded } from './draft-names.ts';
import type { InferredRace, Path, Step, StepOutcome } from './inferred-race.ts';
import type { NetworkRuleFields, Noted } from './scenario-draft.ts';
import { type Choice, outcomeOf } from './settle.ts';

/** A path as it was from some moment on. */
interface Stretch {
  readonly fromMs: Millis;
  readonly rules: readonly Noted<NetworkRuleFields>[];
}

/** @param begins when each race begins in the scenario; in order of time. */
export function networkRulesOf(races: readonly { readonly race: InferredRace; readonly begins: Millis }[], rttMs: Millis, choose: Choice): readonly Noted<NetworkRuleFields>[] {
  const byPath = new Map<string, Stretch[]>();
  for (const { race, begins } of races) {
    for (const path of race.paths) {
      const key = `${path.transport} ${path.address} ${path.port}`;
      const stretches = byPath.get(key) ?? [];
      byPath.set(key, stretches);
      const rules = rulesOf(path, rttMs, choose);
      const last = stretches.at(-1);
      // Of races that begin together the first one's word holds.
      if (last !== undefined && (rounded(begins) <= last.fromMs || JSON.stringify(rules) === JSON.stringify(last.rules))) continue;
      stretches.push({ fromMs: rounded(begins), rules });
    }
  }
  return [...byPath.values()].flatMap((stretches) => stretches.flatMap(({ fromMs, rules }, i) => rules.map((rule) => within(rule, i === 0 ? undefined : fromMs, stretches[i + 1]?.fromMs))));
}

function within({ fields, ...rest }: Noted<NetworkRuleFields>, fromMs: Millis | undefined, untilMs: Millis | undefined): Noted<NetworkRuleFields> {
  return { fields: { ...fields, ...(fromMs !== undefined && { fromMs }), ...(untilMs !== undefined && { untilMs }) }, ...rest };
}

function rulesOf(path: Path, rttMs: Millis, choose: Choice): readonly Noted<NetworkRuleFields>[] {
  const target = { to: [path.address], port: path.port };
  if (path.transport === 'quic') return noted(path.connect, quicRule(outcomeOf(path.connect, choose), rttMs), { ...target, transport: 'udp' });
  const tcp = { ...target, transport: 'tcp' } as const;
  const lost = path.lostSyns === 0 ? [] : [{ fields: { ...tcp, packets: 'syn', action: 'drop', times: path.lostSyns } as const }];
  const connect = noted(path.connect, synRule(outcomeOf(path.connect, choose), rttMs), { ...tcp, packets: 'syn' });
  const secure = path.secure === undefined ? [] : noted(path.secure, tlsRule(outcomeOf(path.secure, choose), rttMs), { ...tcp, packets: 'data' });
  return [...lost, ...connect, ...secure];
}

type Effect = Pick<NetworkRuleFields, 'direction'> & ({ readonly action: 'drop' } | { readonly action: 'delay' | 'reset' | 'unreachable'; readonly delayMs: Millis });

function noted(step: Step, effect: Effect | undefined, target: Pick<NetworkRuleFields, 'to' | 'port' | 'transport' | 'packets'>): readonly Noted<NetworkRuleFields>[] {
  if (effect === undefined) return [];
  return [{ fields: { ...target, ...effect }, ...(!step.known && { note: `assumed: ${step.because}` }) }];
}

function synRule(outcome: StepOutcome, rttMs: Millis): Effect | undefined {
  switch (outcome.kind) {
    case 'silent':
      return { action: 'drop' };
    case 'refused':
      return { action: 'reset', delayMs: beyond(outcome.ms, rttMs) };
    case 'unreachable':
      return { action: 'unreachable', delayMs: beyond(outcome.ms, rttMs) };
    case 'took':
    case 'truncated':
    case 'denied':
      return delay(outcome.ms, rttMs);
  }
}

function tlsRule(outcome: StepOutcome, rttMs: Millis): Effect | undefined {
  switch (outcome.kind) {
    case 'silent':
      return { direction: 'fromServer', action: 'drop' };
    case 'refused':
    case 'unreachable':
      return { direction: 'toServer', action: 'reset', delayMs: beyond(outcome.ms, rttMs) };
    case 'took':
    case 'truncated':
    case 'denied':
      return delay(outcome.ms, rttMs, 'fromServer');
  }
}

function quicRule(outcome: StepOutcome, rttMs: Millis): Effect | undefined {
  switch (outcome.kind) {
    case 'silent':
      return { action: 'drop' };
    case 'refused':
    case 'unreachable':
      return { direction: 'toServer', action: 'unreachable', delayMs: beyond(outcome.ms, rttMs) };
    case 'took':
    case 'truncated':
    case 'denied':
      return delay(outcome.ms, rttMs, 'fromServer');
  }
}

/** Nothing, if the link itself takes as long. */
function delay(ms: Millis, rttMs: Millis, direction?: 'fromServer'): Effect | undefined {
  const delayMs = beyond(ms, rttMs);
  return delayMs === 0 ? undefined : { ...(direction !== undefined && { direction }), action: 'delay', delayMs };
}

function beyond(ms: Millis, rttMs: Millis): Millis {
  return rounded(Math.max(0, ms - rttMs));
}
