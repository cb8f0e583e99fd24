/** DNS messages for tests, put together octet by octet. */

export type Octets = readonly number[];

export function hex(text: string): Octets {
  return Array.from(text.replaceAll(/\s/g, '').matchAll(/../g), ([pair]) => Number.parseInt(pair, 16));
}

export function ascii(text: string): Octets {
  return Array.from(text, (character) => character.charCodeAt(0));
}

export function u16(value: number): Octets {
  return [value >> 8, value & 0xff];
}

/** `a.test` as labels, ended by the root. */
export function name(text: string): Octets {
  return [...text.split('.').flatMap((label) => [label.length, ...ascii(label)]), 0];
}

export function view(octets: Octets): DataView {
  return new DataView(Uint8Array.from(octets).buffer);
}

export function base64(octets: Octets): string {
  return btoa(String.fromCharCode(...octets));
}

export interface Record {
  readonly owner: Octets;
  readonly type: number;
  readonly data: Octets;
}

function record({ owner, type, data }: Record): Octets {
  return [...owner, ...u16(type), ...u16(1), 0, 0, 0, 60, ...u16(data.length), ...data];
}

/** An answer to the question for the HTTPS records of a name. */
export function answer(question: string, answers: readonly Record[], additionals: readonly Record[] = []): Octets {
  const header = [...u16(0x1234), ...u16(0x8180), ...u16(1), ...u16(answers.length), ...u16(0), ...u16(additionals.length)];
  return [...header, ...name(question), ...u16(65), ...u16(1), ...[...answers, ...additionals].flatMap(record)];
}

/** A pointer to the question's name, which follows the header. */
export const TO_QUESTION: Octets = [0xc0, 12];

/** `1 . alpn=h3,h2` */
export const H3_H2: Octets = hex('0001 00 0001 0006 02 6833 02 6832');
