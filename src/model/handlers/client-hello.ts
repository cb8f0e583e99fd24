/**
 * The server name in a TLS ClientHello (RFC 8446 section 4.1.2, RFC 6066 section 3), which NetLogs hold
 * in every capture mode. In a log without its head it is all that names a connection's host.
 */

const CLIENT_HELLO = 1;
const SERVER_NAME = 0;
const HOST_NAME = 0;

/** `bytes` of SSL_HANDSHAKE_MESSAGE_SENT or SSL_ENCRYPTED_CLIENT_HELLO: base64. `undefined` if there is no name. */
export function serverNameIn(bytes: string | undefined): string | undefined {
  // Base64 of the message type 1, so that other messages need no decoding.
  if (bytes === undefined || !bytes.startsWith('AQ')) return undefined;
  try {
    return readServerName(atob(bytes));
  } catch {
    return undefined;
  }
}

/** Reads one byte a character; a length that points past the end reads as NaN and ends in "no name". */
function readServerName(message: string): string | undefined {
  const u8 = (at: number): number => message.charCodeAt(at);
  const u16 = (at: number): number => u8(at) * 256 + u8(at + 1);
  if (u8(0) !== CLIENT_HELLO) return undefined;
  // Type and length (4), version (2), random (32), then three lists: session id, cipher suites, compression.
  let at = 38;
  at += 1 + u8(at);
  at += 2 + u16(at);
  at += 1 + u8(at);
  const end = Math.min(at + 2 + u16(at), message.length);
  at += 2;
  while (at + 4 <= end) {
    const type = u16(at);
    const length = u16(at + 2);
    // A list of names, of which only host names exist: list length (2), name type (1), name length (2), name.
    if (type === SERVER_NAME && u8(at + 6) === HOST_NAME) return message.slice(at + 9, at + 9 + u16(at + 7)) || undefined;
    at += 4 + length;
  }
  return undefined;
}
