/** Net errors that decide what is counted; the numbers are the same in every version of Chromium. */
export const ABORTED = -3;
export const TIMED_OUT = -7;
export const NETWORK_CHANGED = -21;
export const NAME_NOT_RESOLVED = -105;
export const CONNECTION_TIMED_OUT = -118;
export const QUEUE_TOO_LARGE = -119;
export const ECH_NOT_NEGOTIATED = -183;
export const NAME_HTTPS_ONLY = -809;
export const NO_MATCHING_SUPPORTED_ALPN = -811;
