/**
 * What goes in and out of the resolver, as values: replies, actions for the caller to carry out, answers for the
 * layer above, and records of decisions, from which a log can be written. All ids of one resolver are distinct,
 * whatever they name, but for the ids of requests, which are the caller's.
 */
import type { Millis } from '../../units.ts';
import type { AddressType, DnsAnswer, DnsFailure, Query, QueryType } from '../dns.ts';
import type { DnsTransport, TaskKind } from './options.ts';

export interface QueryAnswer {
  readonly query: Query;
  readonly answer: DnsAnswer;
}

export type AnswerSource = 'network' | 'cache' | 'stale' | 'system' | 'literal';

/** What one DNS attempt brought: an answer, a failure of server or transport, or the word to ask over TCP. */
export type DnsReply = DnsAnswer | { readonly kind: 'truncated' };

/** What one call of getaddrinfo brought; addresses in its order, at least one of the types asked for. */
export type SystemReply =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'failure'; readonly failure: 'not-found' | 'temporary' };

/** Why there is no address. A browser calls all of them ERR_NAME_NOT_RESOLVED; this is the finer cause. */
export type ResolutionFailure = DnsFailure | 'nodata' | 'not-found' | 'temporary';

export type ResolutionOutcome = { readonly kind: 'ok' } | { readonly kind: 'failure'; readonly failure: ResolutionFailure };
export type TaskOutcome = ResolutionOutcome | { readonly kind: 'cancelled' };
export type TransactionOutcome = DnsAnswer | { readonly kind: 'cancelled' } | { readonly kind: 'cut-off' };

/** For the caller to carry out. */
export type ResolverAction =
  | {
      readonly kind: 'send-query';
      readonly attemptId: number;
      readonly transactionId: number;
      readonly jobId: number;
      /** Index in `ServerOptions.transports`. */
      readonly server: number;
      readonly transport: DnsTransport;
      readonly name: string;
      readonly type: QueryType;
    }
  /** Its reply is not awaited any more, and ignored should it come. */
  | { readonly kind: 'cancel-query'; readonly attemptId: number }
  | {
      readonly kind: 'system-lookup';
      readonly lookupId: number;
      readonly jobId: number;
      readonly host: string;
      /** The families to look up, in the order of the wire. */
      readonly types: readonly AddressType[];
    }
  | { readonly kind: 'cancel-system-lookup'; readonly lookupId: number };

/** For the layer above. A later answer to a query replaces the earlier one. */
export type ResolverResult =
  | {
      readonly kind: 'answer';
      readonly requestId: number;
      readonly query: Query;
      readonly answer: DnsAnswer;
      readonly source: AnswerSource;
    }
  /** The task that gave this request's answers about its host failed: they are void. The next task begins, if any. */
  | { readonly kind: 'answers-withdrawn'; readonly requestId: number }
  /** Every query of the request is decided. */
  | { readonly kind: 'finished'; readonly requestId: number; readonly outcome: ResolutionOutcome };

/** What was decided, and by which rule. */
export type ResolverDecision =
  | { readonly kind: 'cache-hit'; readonly requestId: number; readonly expiresAt: Millis }
  | { readonly kind: 'stale-hit'; readonly requestId: number; readonly expiresAt: Millis; readonly rule: 'HE-25' }
  | {
      readonly kind: 'job-started';
      readonly jobId: number;
      readonly requestId: number;
      readonly queries: readonly Query[];
      readonly tasks: readonly TaskKind[];
    }
  | { readonly kind: 'job-attached'; readonly jobId: number; readonly requestId: number }
  | { readonly kind: 'job-detached'; readonly jobId: number; readonly requestId: number }
  | { readonly kind: 'job-draining'; readonly jobId: number; readonly until: Millis; readonly rule: 'HE-53' }
  | { readonly kind: 'job-ended'; readonly jobId: number; readonly outcome: TaskOutcome; readonly rule?: 'HE-52' | 'HE-53' }
  | { readonly kind: 'task-started'; readonly jobId: number; readonly task: TaskKind }
  | { readonly kind: 'task-ended'; readonly jobId: number; readonly task: TaskKind; readonly outcome: TaskOutcome }
  | {
      readonly kind: 'transaction-started';
      readonly jobId: number;
      readonly transactionId: number;
      readonly query: Query;
    }
  | {
      readonly kind: 'transaction-ended';
      readonly jobId: number;
      readonly transactionId: number;
      readonly outcome: TransactionOutcome;
    }
  /** Silent for its retry period. A late answer still counts. */
  | { readonly kind: 'attempt-overdue'; readonly transactionId: number; readonly attemptId: number }
  | { readonly kind: 'attempt-ended'; readonly transactionId: number; readonly attemptId: number; readonly reply: DnsReply }
  /** Only HTTPS was missing, and its extra time is over: it counts as unanswered. */
  | { readonly kind: 'https-cut-off'; readonly jobId: number; readonly transactionId: number };

export type ResolverOutput = (ResolverAction | ResolverResult | ResolverDecision) & { readonly at: Millis };
