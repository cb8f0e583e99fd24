/** Whether an attempt manager lets TCP begin: CAN_ATTEMPT_TCP and what goes with it. */
import type { Millis } from '../../../units.ts';
import type { SourceLog } from '../../log/source-log.ts';
import type { AttemptManager } from './attempt-manager.ts';

/** `can_attempt` of CAN_ATTEMPT_TCP. */
const CAN_ATTEMPT = { yes: 0, blockedForQuic: 2 } as const;

/** There are endpoints, and QUIC has the head start. */
export function holdTcp(log: SourceLog, { source, tcpHeldBack, tcpStarted }: AttemptManager, at: Millis): void {
  if (tcpHeldBack === undefined || tcpStarted) return;
  log.event(source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_CAN_ATTEMPT_TCP', at, { can_attempt: CAN_ATTEMPT.blockedForQuic });
}

/** An attempt over TCP is about to begin. */
export function allowTcp(log: SourceLog, manager: AttemptManager, at: Millis): void {
  const { source, tcpHeldBack, destination } = manager;
  const quicRuns = [...manager.running.values()].some(({ endpoint }) => endpoint.transport === 'quic');
  if (!manager.tcpStarted && tcpHeldBack !== undefined && quicRuns) {
    log.event(source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_TCP_BASED_ATTEMPT_DELAY_PASSED', at, { tcp_based_attempt_delay: tcpHeldBack });
  }
  log.event(source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_CAN_ATTEMPT_TCP', at, { can_attempt: CAN_ATTEMPT.yes });
  if (manager.tcpStarted) return;
  manager.tcpStarted = true;
  const state = destination.scheme === 'https' ? 'CanUseQuicWithUnknownVersion' : 'CannotUseQuicWithUnknownVersion';
  log.event(source, 'HTTP_STREAM_POOL_ATTEMPT_MANAGER_INITIAL_ATTEMPT_STATE', at, { state });
}
