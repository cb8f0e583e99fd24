/** Real recordings of the same network under several policies: each predicts the others (`docs/validation.md`). */
import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { reconstruct } from '../../src/analyze.ts';
import { inferRaces } from '../../src/whatif/infer-races.ts';
import { type Arm, validateArms, type ValidationRow } from '../../src/whatif/validate-arms.ts';

const ARM = /^(dual|aaaa-slow|v6-blackhole|svc|origin|truncated)-(hev3|hev2|legacy)$/;

let rows: readonly ValidationRow[];
beforeAll(async () => {
  const arms: Arm[] = [];
  for (const sample of readdirSync('samples')) {
    const [, network, name] = ARM.exec(sample) ?? [];
    if (network !== undefined && name !== undefined) arms.push({ network, name, inference: inferRaces(await reconstruct(`samples/${sample}/netlog.json.gz`)) });
  }
  rows = validateArms(arms);
});

describe('recordings of one network', () => {
  it('predict each other', () => {
    expect(rows.filter(({ verdict }) => verdict.kind === 'missed')).toEqual([]);
  });

  // By hand from the wire (`truth.json`): SYN, SYN-ACK and ServerHello 22 ms apart each.
  it.each([
    ['aaaa-slow', 'hev3', 'hev2', '[2001:db8:77::21]:443', 470],
    ['aaaa-slow', 'hev2', 'hev3', '10.77.0.21:443', 118],
    ['v6-blackhole', 'hev2', 'hev3', '10.77.0.21:443', 318],
    ['v6-blackhole', 'hev3', 'legacy', '10.77.0.21:443', 368],
    ['dual', 'legacy', 'hev3', '[2001:db8:77::21]:443', 68],
  ])('%s: from %s to %s', (network, from, to, ipEndpoint, afterMs) => {
    const row = rows.find((each) => each.network === network && each.from === from && each.to === to && each.origin === 'https://dual.lab.test:443');
    expect(row?.verdict).toEqual({ kind: 'met' });
    expect(row?.predicted?.winner?.ipEndpoint).toBe(ipEndpoint);
    expect(Math.abs((row?.predicted?.afterMs ?? NaN) - afterMs)).toBeLessThan(10);
  });

  it('say nothing of a race that was cut off', () => {
    const cut = rows.filter(({ network, origin }) => network === 'truncated' && origin === 'https://h1.lab.test:443');
    expect(cut.map(({ verdict }) => verdict.kind)).toEqual(['not-comparable', 'not-comparable']);
  });
});
