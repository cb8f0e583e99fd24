/** Damage that knows nothing of logs: what disks, networks, editors and crashes do to bytes. */
import type { Random } from './random.ts';

export function mutateBytes(start: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  let bytes = start;
  for (let i = random.below(4); i > 0; i--) bytes = random.pick(MUTATIONS)(bytes, other, random);
  return bytes;
}

type Mutation = (bytes: Uint8Array, other: Uint8Array, random: Random) => Uint8Array;

const MUTATIONS: readonly Mutation[] = [
  cut,
  hole,
  repeated,
  moved,
  flipped,
  flipped,
  inserted,
  inserted,
  inserted,
  zeroTail,
  concatenated,
  spliced,
  interleaved,
  recoded,
];

function cut(bytes: Uint8Array, _: Uint8Array, random: Random): Uint8Array {
  return bytes.subarray(0, random.below(bytes.length + 1));
}

function block(bytes: Uint8Array, random: Random): [from: number, to: number] {
  const from = random.below(bytes.length);
  return [from, Math.min(bytes.length, from + 1 + random.below(random.pick([4, 64, 2048])))];
}

function hole(bytes: Uint8Array, _: Uint8Array, random: Random): Uint8Array {
  const [from, to] = block(bytes, random);
  if (random.once(2)) return joined(bytes.subarray(0, from), bytes.subarray(to));
  return Uint8Array.from(bytes).fill(random.pick([0, 0x20, 0xff]), from, to);
}

function repeated(bytes: Uint8Array, _: Uint8Array, random: Random): Uint8Array {
  const [from, to] = block(bytes, random);
  return joined(bytes.subarray(0, to), bytes.subarray(from, to), bytes.subarray(to));
}

function moved(bytes: Uint8Array, _: Uint8Array, random: Random): Uint8Array {
  const [from, to] = block(bytes, random);
  const rest = joined(bytes.subarray(0, from), bytes.subarray(to));
  const at = random.below(rest.length + 1);
  return joined(rest.subarray(0, at), bytes.subarray(from, to), rest.subarray(at));
}

function flipped(bytes: Uint8Array, _: Uint8Array, random: Random): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let i = 1 + random.below(3); i > 0 && copy.length > 0; i--) copy[random.below(copy.length)]! ^= 1 << random.below(8);
  return copy;
}

const SNIPPETS = [
  '"', '\\', '{', '}', '[', ']', ',', ':', '\n', '\r\n', '\0', '\u0001', 'null', '1', '-', '0', 'e9', '.', '{}', '[]', '""', '},', ']}', ']}\n', '],', ',,', '}{', '\\u', '\\ud800', '//',
  '{"phase":0,"source":{"id":1,"type":0},"time":"1","type":0}', '"params":{', '"phase":', ',"source":{"id":', '},"time":"', '","type":', '"events": [', '"constants":',
  '<html>', '{"traceEvents":[]}', '{"log":{"entries":[]}}', '['.repeat(200), '{"a":'.repeat(200), '9'.repeat(400), '\u{feff}', '\u{1f600}',
].map((text) => new TextEncoder().encode(text));

const NOT_UTF8 = [[0xff], [0xc0, 0x80], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80]].map((bytes) => Uint8Array.from(bytes));

function inserted(bytes: Uint8Array, _: Uint8Array, random: Random): Uint8Array {
  const at = random.below(bytes.length + 1);
  const until = random.once(2) ? at : Math.min(bytes.length, at + 1 + random.below(8));
  return joined(bytes.subarray(0, at), random.pick(random.once(6) ? NOT_UTF8 : SNIPPETS), bytes.subarray(until));
}

function zeroTail(bytes: Uint8Array, _: Uint8Array, random: Random): Uint8Array {
  return joined(bytes.subarray(0, random.below(bytes.length + 1)), new Uint8Array(random.below(5000)));
}

function concatenated(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  return random.once(2) ? joined(bytes, other) : joined(other, bytes);
}

function spliced(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  return joined(bytes.subarray(0, random.below(bytes.length + 1)), other.subarray(random.below(other.length + 1)));
}

/** Two writers without a lock: pieces of both, in turn, each in its order. */
function interleaved(bytes: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let a = 0, b = 0; a < bytes.length; ) {
    const [m, n] = [1 + random.below(1500), 1 + random.below(600)];
    parts.push(bytes.subarray(a, (a += m)), other.subarray(b, (b += n)));
  }
  return joined(...parts);
}

/** UTF-16 of either order, or Latin-1 read as such and written as UTF-8. */
function recoded(bytes: Uint8Array, _: Uint8Array, random: Random): Uint8Array {
  const wide = Buffer.from(Buffer.from(bytes).toString('utf8'), 'utf16le');
  switch (random.below(4)) {
    case 0: return joined(Uint8Array.of(0xff, 0xfe), wide);
    case 1: return joined(Uint8Array.of(0xfe, 0xff), wide.swap16());
    case 2: return wide;
    default: return Buffer.from(Buffer.from(bytes).toString('latin1'), 'utf8');
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
