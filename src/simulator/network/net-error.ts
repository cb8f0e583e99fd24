/** A Chromium net error: what a failed connection ends with. */
import { NET_ERRORS } from '../log/net-errors.ts';

export type NetErrorName = keyof typeof NET_ERRORS;

export interface NetError {
  readonly name: NetErrorName;
  /** Negative. */
  readonly code: number;
}

export function netError(name: NetErrorName): NetError {
  return { name, code: NET_ERRORS[name] };
}
