/**
 * A ClientHello (RFC 8446 section 4.1.2) that holds the server name and nothing else: what is left of
 * one in a redacted log, because a log that lost its head names its hosts nowhere else.
 */

const HEADER = 4;
const VERSION_AND_RANDOM = 34;

/** Base64 of the message, as `bytes` of a handshake message has it. */
export function bareClientHello(serverName: string): string {
  const name = Array.from(serverName, (character) => character.charCodeAt(0) & 0xff);
  const serverNameList = [0, ...u16(name.length), ...name];
  const extension = [0, 0, ...u16(serverNameList.length + 2), ...u16(serverNameList.length), ...serverNameList];
  // Empty session id, no cipher suites, no compression methods, then the extensions.
  const lists = [0, 0, 0, 0, ...u16(extension.length), ...extension];
  const length = VERSION_AND_RANDOM + lists.length;
  const message = new Uint8Array(HEADER + length);
  message.set([1, 0, ...u16(length), 3, 3]);
  message.set(lists, HEADER + VERSION_AND_RANDOM);
  return btoa(Array.from(message, (byte) => String.fromCharCode(byte)).join(''));
}

function u16(value: number): [number, number] {
  return [(value >> 8) & 0xff, value & 0xff];
}
