/** The net errors that a race and its requests fail with. */
import type { RequestFailure } from '../../engine/client/client-output.ts';
import type { RaceFailure } from '../../engine/race/race-output.ts';
import { NET_ERRORS } from '../log/net-errors.ts';

const RACE_ERRORS: Readonly<Record<RaceFailure, number>> = {
  'no-addresses': NET_ERRORS.ERR_NAME_NOT_RESOLVED,
  'attempts-failed': NET_ERRORS.ERR_CONNECTION_FAILED,
  'service-records-unavailable': NET_ERRORS.ERR_NAME_NOT_RESOLVED,
  'upgraded-to-https': NET_ERRORS.ERR_DNS_NAME_HTTPS_ONLY,
  'timed-out': NET_ERRORS.ERR_CONNECTION_TIMED_OUT,
  'fatal-attempt-error': NET_ERRORS.ERR_CONNECTION_FAILED,
  cancelled: NET_ERRORS.ERR_NETWORK_CHANGED,
};

export const REQUEST_ERRORS: Readonly<Record<RequestFailure, number>> = {
  'name-not-resolved': NET_ERRORS.ERR_NAME_NOT_RESOLVED,
  'connection-failed': NET_ERRORS.ERR_CONNECTION_FAILED,
  'service-records-unavailable': NET_ERRORS.ERR_NAME_NOT_RESOLVED,
  'timed-out': NET_ERRORS.ERR_CONNECTION_TIMED_OUT,
  'network-changed': NET_ERRORS.ERR_NETWORK_CHANGED,
  'session-closed': NET_ERRORS.ERR_CONNECTION_CLOSED,
};

/** An attempt's own error is what a race that lost all its attempts fails with. */
export function raceError(failure: RaceFailure, lastAttemptError: number | undefined): number {
  const isOfAttempts = failure === 'attempts-failed' || failure === 'fatal-attempt-error';
  return (isOfAttempts ? lastAttemptError : undefined) ?? RACE_ERRORS[failure];
}
