/** Every handler of the model, by the name under which reconstructions ask for its records. */
import { createAlternativeServiceHandler } from './alternative-services.ts';
import { createAttemptManagerHandler } from './attempt-managers.ts';
import { createConnectJobHandler } from './connect-jobs.ts';
import { createDnsTransactionHandler } from './dns-transactions.ts';
import { createHttp2SessionHandler } from './http2-sessions.ts';
import { createJournalHandler } from './journal.ts';
import { createNetworkChangeHandler } from './network-changes.ts';
import { createPoolingHandler } from './pooling.ts';
import { createQuicJobHandler } from './quic-jobs.ts';
import { createQuicSessionHandler } from './quic-sessions.ts';
import { createResolverJobHandler } from './resolver-jobs.ts';
import { createResolverRequestHandler } from './resolver-requests.ts';
import { createSocketHandler } from './sockets.ts';
import { createStreamAttemptHandler } from './stream-attempts.ts';
import { createStreamJobHandler } from './stream-jobs.ts';
import { createUrlRequestHandler } from './url-requests.ts';

export function createHandlers() {
  return {
    sockets: createSocketHandler(),
    dnsTransactions: createDnsTransactionHandler(),
    resolverJobs: createResolverJobHandler(),
    resolverRequests: createResolverRequestHandler(),
    connectJobs: createConnectJobHandler(),
    quicJobs: createQuicJobHandler(),
    quicSessions: createQuicSessionHandler(),
    http2Sessions: createHttp2SessionHandler(),
    streamAttempts: createStreamAttemptHandler(),
    attemptManagers: createAttemptManagerHandler(),
    streamJobs: createStreamJobHandler(),
    urlRequests: createUrlRequestHandler(),
    pooling: createPoolingHandler(),
    journal: createJournalHandler(),
    alternativeServices: createAlternativeServiceHandler(),
    networkChanges: createNetworkChangeHandler(),
  };
}

export type Handlers = ReturnType<typeof createHandlers>;
