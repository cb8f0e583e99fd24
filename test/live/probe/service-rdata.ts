/** RDATA of HTTPS records from hex, with spaces wherever they help (RFC 9460 §2.2). */
export function readRdata(hex: string): Buffer {
  return Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');
}

/** `1 race.test. alpn=h2`: SvcPriority, TargetName, key 1 of 3 octets. */
export const RACE_TEST_ALPN_H2 = '0001 04 72616365 04 74657374 00 0001 0003 02 6832';

/** The same with `alpn=h3,h2`. */
export const RACE_TEST_ALPN_H3_H2 = '0001 04 72616365 04 74657374 00 0001 0006 02 6833 02 6832';
