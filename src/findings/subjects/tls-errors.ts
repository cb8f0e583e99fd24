/** Which net errors are about a certificate, about ECH, or about the TLS handshake as such (Chromium's net error list). */

/** ERR_CERT_*: -200 to -219; ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN. ERR_QUIC_CERT_ROOT_NOT_KNOWN. */
export function isCertificateError(code: number): boolean {
  return (code <= -200 && code >= -219) || code === -150 || code === -380;
}

/** ERR_ECH_NOT_NEGOTIATED: the server did not know the key. ERR_ECH_FALLBACK_CERTIFICATE_INVALID: and could not prove its name either. */
export function isEchError(code: number): boolean {
  return code === -183 || code === -184;
}

const HANDSHAKE = new Set([-100, -101, -107, -113, -122, -126, -134, -141, -153, -156, -159, -172, -178, -179, -180, -181]);

/** A handshake broken off: protocol and cipher errors, alerts, and resets or closes in the midst of it. */
export function isHandshakeError(code: number): boolean {
  return HANDSHAKE.has(code);
}
