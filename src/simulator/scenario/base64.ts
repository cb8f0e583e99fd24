/** Base64 as RFC 4648 §4 writes it: padded, and not empty. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$/;

export function isBase64(text: string): boolean {
  return BASE64.test(text);
}
