/**
 * Names in certificates made with `openssl req -x509`, common name common.example: one with subjectAltName
 * `DNS:www.example,DNS:*.Shop.example,IP:192.0.2.1,email:a@b.example`, one without.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { certificateNames } from '../../../src/model/handlers/certificate-names.ts';

const WITH_NAMES = `-----BEGIN CERTIFICATE-----
MIIBxDCCAWqgAwIBAgIUNRLddBAcCbnFWSzUFK0j6T9MKBAwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOY29tbW9uLmV4YW1wbGUwHhcNMjYxMTIxMjIzMDI5WhcNMzYx
MTE4MjIzMDI5WjAZMRcwFQYDVQQDDA5jb21tb24uZXhhbXBsZTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABIPaMS5viqV0o6eYyH0Y8FRBOSuaoQqKH60LNGGIX+jO
3YWjdmiEgoOBhapOWQMjRLotAIcokTX2Cx6knIcMQOajgY8wgYwwHQYDVR0OBBYE
FE35SjtryiHmvNEUcRPJfcn7F6r+MB8GA1UdIwQYMBaAFE35SjtryiHmvNEUcRPJ
fcn7F6r+MA8GA1UdEwEB/wQFMAMBAf8wOQYDVR0RBDIwMIILd3d3LmV4YW1wbGWC
DiouU2hvcC5leGFtcGxlhwTAAAIBgQthQGIuZXhhbXBsZTAKBggqhkjOPQQDAgNI
ADBFAiEAvNJtJr01eSaZ/uomHX0jNCQBjzFhaVNqB3WV4464GU8CIEBiWV+NKIYg
kEBzr0XgAP9AAQe0jXHZgwygtem5FPK0
-----END CERTIFICATE-----
`;

const WITHOUT_NAMES = `-----BEGIN CERTIFICATE-----
MIIBYDCCAQagAwIBAgIUJlAGNssZe+ganHaOY2pvfS3MoMMwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOY29tbW9uLmV4YW1wbGUwHhcNMjYxMTIxMjIzMDI5WhcNMzYx
MTE4MjIzMDI5WjAZMRcwFQYDVQQDDA5jb21tb24uZXhhbXBsZTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABP8KJhJP7GFxUrB08QwKScqFIpdLobZ3XJdhPCo08HJn
t19lYmVsPQXvkkuBoqDmhGocLJ41crQsseHl/ravI9SjLDAqMAkGA1UdEwQCMAAw
HQYDVR0OBBYEFH2IkPil/zWeM7Ivfi1W3KA+kdMyMAoGCCqGSM49BAMCA0gAMEUC
IQC6S49nW4jwiqviFzSFgGTcBN0VnJsFmV+GZmG82qbA3gIgN+2fdBFR03HjYGCn
tSViSYcD7rOv4TLRGjYmfDgTuns=
-----END CERTIFICATE-----
`;

it('are the DNS names of the subjectAltName, in lower case; other kinds of names and the common name do not count', () => {
  expect(certificateNames(WITH_NAMES)).toEqual(['www.example', '*.shop.example']);
  expect(certificateNames(WITHOUT_NAMES)).toEqual([]);
});

it('are unknown for what is no certificate', () => {
  expect(certificateNames(undefined)).toBeUndefined();
  expect(certificateNames('')).toBeUndefined();
  expect(certificateNames('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toBeUndefined();
});

it('are unknown wherever a certificate is cut off', () => {
  const [head = '', ...rest] = WITH_NAMES.split('\n');
  const der = atob(rest.slice(0, -2).join(''));
  for (let length = 0; length < der.length; length += 1) {
    expect(certificateNames(`${head}\n${btoa(der.slice(0, length))}\n-----END CERTIFICATE-----`), `${length} bytes`).toBeUndefined();
  }
});

it('come of any bytes without a throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (bytes) => {
      const names = certificateNames(`-----BEGIN CERTIFICATE-----${btoa(String.fromCharCode(0x30, ...bytes))}-----END CERTIFICATE-----`);
      expect(names === undefined || Array.isArray(names)).toBe(true);
    }),
  );
});
