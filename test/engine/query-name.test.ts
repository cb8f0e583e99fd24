import { expect, test } from 'vitest';
import { type Scheme, queryName, securePort } from '../../src/engine/query-name.ts';

test.each<[string, Scheme, number, string]>([
  ['SB-25: https on 443 asks for the host itself', 'https', 443, 'example.com'],
  ['D-41: another port is a prefix of the name', 'https', 8443, '_8443._https.example.com'],
  ['SB-25: port 80 of https is another port too', 'https', 80, '_80._https.example.com'],
  ['SB-25: http on 80 is asked about as https on 443', 'http', 80, 'example.com'],
  ['SB-25: http on another port keeps it', 'http', 8080, '_8080._https.example.com'],
])('%s', (_, scheme, port, name) => {
  expect(queryName(scheme, 'example.com', port)).toBe(name);
});

test('RFC 9460 §9.5: port 80 alone changes with the upgrade', () => {
  expect([securePort('http', 80), securePort('http', 8080), securePort('https', 80)]).toEqual([443, 8080, 80]);
});
