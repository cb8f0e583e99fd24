/** DNS of a scenario: what the zone says, and how long each query of each name takes. */
import { familyOfCanonical } from '../address.ts';
import type { Millis } from '../units.ts';
import type { AskedName, InferredRace, Step, StepOutcome } from './inferred-race.ts';
import type { DnsRuleFields, Noted } from './scenario-draft.ts';
import { type Choice, outcomeOf } from './settle.ts';

/**
 * An ECHConfigList of our own for `ech.invalid`, with a key of zeros: a log shows that there was one, not which. Whether
 * a server holds a key is decided by comparing lists.
 */
export const ECH_CONFIG_LIST = 'AD7+DQA6AQAgACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAEAAQALZWNoLmludmFsaWQAAA==';
export const ECH_PUBLIC_NAME = 'ech.invalid';

/** @param races in order of time. */
export function zoneOf(races: readonly InferredRace[]): readonly string[] {
  const ttl = timesToLive(races);
  const lines = new Set<string>();
  for (const { host, resolving, addresses, records, asked, port } of races) {
    if (resolving === 'literal') continue;
    const seconds = ttl.get(host) ?? LONG_TTL_SECONDS;
    for (const address of addresses) lines.add(`${host}. ${seconds} IN ${familyOfCanonical(address) === 'ipv6' ? 'AAAA' : 'A'} ${address}`);
    const owner = asked.find(({ type }) => type === 'HTTPS')?.name ?? (port === 443 || port === 80 ? host : `_${port}._https.${host}`);
    for (const { priority, alpn, ech, ipv4Hint, ipv6Hint } of records) {
      const params = [
        ...(alpn.length > 0 ? [`alpn="${alpn.join(',')}"`] : []),
        ...(ipv4Hint.length > 0 ? [`ipv4hint=${ipv4Hint.join(',')}`] : []),
        ...(ipv6Hint.length > 0 ? [`ipv6hint=${ipv6Hint.join(',')}`] : []),
        ...(ech ? [`ech="${ECH_CONFIG_LIST}"`] : []),
      ];
      lines.add(`${owner}. ${seconds} IN HTTPS ${priority} ${owner === host ? '.' : `${host}.`} ${params.join(' ')}`);
    }
  }
  return [...lines];
}

/** A day: for names that were asked for once. */
const LONG_TTL_SECONDS = 86_400;

/** A name that was asked for again had expired by then. */
function timesToLive(races: readonly InferredRace[]): ReadonlyMap<string, number> {
  const lastAsked = new Map<string, Millis>();
  const seconds = new Map<string, number>();
  for (const { host, resolving, zeroMs, partition } of races) {
    if (resolving !== 'asked' && resolving !== 'system') continue;
    // Each partition asks for itself.
    const key = `${host} ${partition}`;
    const before = lastAsked.get(key);
    if (before !== undefined) seconds.set(host, Math.min(seconds.get(host) ?? Infinity, Math.max(0, Math.floor((zeroMs - before) / 1000) - 1)));
    lastAsked.set(key, zeroMs);
  }
  return seconds;
}

/** The queries of all races for one name and type in turn, the last one for all that follow. */
export function dnsRulesOf(races: readonly InferredRace[], rttMs: Millis, choose: Choice): readonly Noted<DnsRuleFields>[] {
  const questions = new Map<string, Fate[]>();
  for (const { asked } of races) {
    for (const name of asked) {
      const key = `${name.type} ${name.name}`;
      const fates = questions.get(key) ?? [];
      questions.set(key, fates);
      for (const [i, step] of name.tries.entries()) fates.push(fateOf(name, step, name.tries[i - 1], rttMs, choose));
    }
  }
  return [...questions.values()].flatMap(rulesFor);
}

interface Fate {
  readonly fields: DnsRuleFields;
  readonly note?: string;
}

function fateOf({ name, type, answer }: AskedName, step: Step, before: Step | undefined, rttMs: Millis, choose: Choice): Fate {
  const outcome = outcomeOf(step, choose);
  const isOverTcp = before?.known === true && before.outcome.kind === 'truncated';
  const note = step.known ? {} : { note: `assumed: ${step.because}` };
  if (outcome.kind === 'silent') return { fields: { name, type, action: 'drop' }, ...note };
  // Over TCP the query waits for a handshake first.
  const delayMs = rounded(Math.max(0, outcome.ms - (isOverTcp ? 2 : 1) * rttMs));
  return { fields: { name, type, ...actionOf(answer, outcome), delayMs }, ...note };
}

function actionOf(answer: AskedName['answer'], { kind }: StepOutcome): Pick<DnsRuleFields, 'action'> {
  if (kind === 'truncated') return { action: 'truncate' };
  return answer === 'records' ? {} : { action: answer };
}

function rulesFor(fates: readonly Fate[]): readonly Noted<DnsRuleFields>[] {
  const runs: { readonly fate: Fate; times: number }[] = [];
  for (const fate of fates) {
    const last = runs.at(-1);
    if (last !== undefined && last.fate.note === fate.note && isAlike(last.fate.fields, fate.fields)) last.times += 1;
    else runs.push({ fate, times: 1 });
  }
  const rules = runs.map(({ fate: { fields, note }, times }) => ({ fields: { ...fields, times }, ...(note !== undefined && { note }) }));
  const last = runs.at(-1)?.fate.fields;
  if (last === undefined) return [];
  // What is asked beyond what was recorded is answered as the last was, but without what only the first time costs.
  const quickest = Math.min(...runs.filter(({ fate }) => fate.fields.action === last.action).map(({ fate }) => fate.fields.delayMs ?? 0));
  return [...rules.slice(0, -1), ...(isAlike(last, { ...last, delayMs: quickest }) ? [] : rules.slice(-1)), { fields: { ...last, ...(last.delayMs !== undefined && { delayMs: quickest }) }, ...(rules.at(-1)?.note !== undefined && { note: rules.at(-1)?.note ?? '' }) }];
}

/** To a millisecond, which is as well as a log tells. */
function isAlike(a: DnsRuleFields, b: DnsRuleFields): boolean {
  return a.action === b.action && Math.abs((a.delayMs ?? 0) - (b.delayMs ?? 0)) <= 1;
}

/** To microseconds: sums of clock readings have more digits than meaning. */
export function rounded(ms: Millis): Millis {
  return Math.round(ms * 1000) / 1000;
}
