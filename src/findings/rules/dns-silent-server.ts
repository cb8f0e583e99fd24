/** A name server that never answered anything. */
import type { DnsAttempt } from '../../model/resolution.ts';
import type { Rule } from '../rule.ts';
import { count, duration } from '../subjects/words.ts';
import { largest } from '../subjects/extremes.ts';

const LEAST_QUERIES = 2;
/** A query is repeated after a second: what is cut sooner proves nothing. */
const SILENCE_MS = 1000;

export const dnsSilentServer: Rule = {
  id: 'dns.silent_server',
  title: 'A name server does not answer',
  severity: 'warning',
  threshold: 'Two queries or more to one server that waited 1 s or more, and none answered; an error if no server answered',
  spec: 'draft-ietf-happy-happyeyeballs-v3 section 4.5: a silent server may be put behind the others. Chromium asks the next one only after the fallback period',
  advice: 'Take the server out of the configuration, or mend the way to it: each name asked of it first costs the fallback period, 1 s or more.',
  check(trace) {
    const byServer = new Map<string, { attempts: DnsAttempt[]; ids: number[] }>();
    for (const { transactions } of trace.resolutions) {
      for (const { id, attempts } of transactions) {
        for (const attempt of attempts) {
          if (attempt.server === undefined) continue;
          const known = byServer.get(attempt.server) ?? { attempts: [], ids: [] };
          byServer.set(attempt.server, known);
          known.attempts.push(attempt);
          known.ids.push(id);
        }
      }
    }
    const waitedFor = ({ startMs, endMs }: DnsAttempt): number => (endMs ?? trace.durationMs) - startMs;
    const isAnswered = ({ timedOut, endMs }: DnsAttempt): boolean => timedOut !== true && endMs !== undefined;
    const answers = [...byServer.values()].some(({ attempts }) => attempts.some(isAnswered));
    return [...byServer].flatMap(([server, { attempts, ids }]) => {
      const silent = attempts.filter((attempt) => waitedFor(attempt) >= SILENCE_MS);
      if (silent.length < LEAST_QUERIES || attempts.some(isAnswered)) return [];
      const waitedMs = largest(silent.map(waitedFor));
      return [
        {
          ...(answers ? {} : { severity: 'error' as const, title: 'No name server answers' }),
          detail: `${server} answered none of ${count(attempts.length, 'query', 'queries')}; waited up to ${duration(waitedMs)} for one.`,
          numbers: { queries: attempts.length, waitedMs: Math.round(waitedMs) },
          evidence: { sourceIds: [...new Set(ids)].slice(0, 100), eventIndices: [] },
        },
      ];
    });
  },
};
