/** Name servers side by side: how quick each was, and what it lost. */
import type { DnsAttempt, Resolution } from '../../model/resolution.ts';
import type { Summary } from '../metric.ts';
import { elapsed, measure } from '../subjects/values.ts';
import { summaryOf } from './summary-of.ts';

export interface ServerRow {
  /** `ip:port`; absent where the log does not tell it, as for DNS over HTTPS. */
  readonly server?: string;
  readonly transport: DnsAttempt['transport'];
  /** Exchanges begun. */
  readonly n: number;
  readonly answered: number;
  /** Noticed by the client's own timer; a later answer may have been taken all the same. */
  readonly timedOut: number;
  /** Answers that did not fit a datagram. */
  readonly truncated: number;
  /** Exchanges that followed another one of the same transaction. */
  readonly retries: number;
  /** From query to answer, of those answered. */
  readonly roundTrip?: Summary;
}

/** In the order in which they were first asked. */
export function serverRows(resolutions: readonly Resolution[]): readonly ServerRow[] {
  const servers = new Map<string, { readonly attempts: DnsAttempt[]; retries: number }>();
  for (const { transactions } of resolutions) {
    for (const { attempts } of transactions) {
      attempts.forEach((attempt, i) => {
        const key = `${attempt.transport} ${attempt.server ?? ''}`;
        const own = servers.get(key) ?? { attempts: [], retries: 0 };
        servers.set(key, own);
        own.attempts.push(attempt);
        if (i > 0) own.retries += 1;
      });
    }
  }
  return Array.from(servers.values(), ({ attempts, retries }) => {
    const answered = attempts.filter(({ endMs, timedOut }) => endMs !== undefined && timedOut !== true);
    const roundTrip = summaryOf(measure(answered, ({ startMs, endMs }) => elapsed(startMs, endMs)));
    const { server, transport = 'udp' } = attempts[0] ?? {};
    return {
      ...(server !== undefined && { server }),
      transport,
      n: attempts.length,
      answered: answered.length,
      timedOut: attempts.filter(({ timedOut }) => timedOut === true).length,
      truncated: attempts.filter(({ truncated }) => truncated === true).length,
      retries,
      ...(roundTrip !== undefined && { roundTrip }),
    };
  });
}
