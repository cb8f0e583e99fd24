/** CRC-32 as zip archives have it (polynomial 0xEDB88320, reflected), for runtimes that bring none along. */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder % 2 === 0 ? 0 : 0xedb88320);
  return remainder;
});

/** `before`: that of the bytes before these; 0 for none. */
export function crc32(bytes: Uint8Array, before: number): number {
  let remainder = ~before;
  for (let at = 0; at < bytes.length; at++) remainder = (remainder >>> 8) ^ TABLE[(remainder ^ bytes[at]!) & 0xff]!;
  return ~remainder >>> 0;
}
