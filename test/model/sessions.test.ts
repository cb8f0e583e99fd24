/** What sessions of the samples show, held against what the servers of the lab were set up with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportOf } from '../truth/sample-reports.ts';
import { SAMPLES } from '../truth/truth.ts';

/** The lab's one certificate, as Chromium itself lists its names for QUIC sessions. */
const LAB_CERTIFICATE = ['lab.test', '*.lab.test', '*.many.lab.test', '*.lab2.test', 'lab2.test'];

it.each(['dual-hev3', 'dual-hev2', 'dual-legacy', 'altsvc-hev3', 'truncated-hev2', 'origin-hev3', 'quic-known-hev3'])(
  'every session of %s knows the names of the certificate, from TLS as from QUIC',
  async (sample) => {
    const { sessions } = await reportOf(sample);
    expect(sessions.length).toBeGreaterThan(0);
    for (const { certificateNames } of sessions) expect(certificateNames).toEqual(LAB_CERTIFICATE);
  },
);

interface WirePath {
  readonly server: string;
  readonly client_port: number;
  readonly requests: number;
}

/** The paths of the one QUIC connection, as captured. */
function wirePaths(sample: string): WirePath[] {
  const truth = JSON.parse(readFileSync(join(SAMPLES, sample, 'truth.json'), 'utf8')) as { readonly quic_paths: readonly (WirePath & { readonly quic_connection: number })[] };
  return truth.quic_paths.filter(({ quic_connection }) => quic_connection === 0);
}

describe.each([
  ['pref-hev3', 'server-preferred-address', 0],
  // The request that was lost on the old path was repeated on the new one: twice on the wire, once in the log.
  ['h3-port-migration-hev3', 'path-degrading', 1],
])('the migration of %s', (sample, cause, repeated) => {
  it('goes from the first path of the capture to the second, at either end', async () => {
    const [before, after] = wirePaths(sample);
    const [migration] = (await reportOf(sample)).sessions.flatMap(({ migrations }) => migrations);
    expect(migration).toMatchObject({ cause, outcome: 'migrated', from: before?.server, to: after?.server });
    expect(migration?.fromLocal).toMatch(new RegExp(`:${before?.client_port}$`));
    expect(migration?.toLocal).toMatch(new RegExp(`:${after?.client_port}$`));
  });

  it('parts the requests as the capture does', async () => {
    const [before, after] = wirePaths(sample);
    const [migration] = (await reportOf(sample)).sessions.flatMap(({ migrations }) => migrations);
    expect(migration?.firstBytes?.oldPath.n).toBe(before?.requests);
    expect(migration?.firstBytes?.newPath.n).toBe((after?.requests ?? 0) - repeated);
    // The link's round trip is 20 ms.
    for (const { medianMs = 0 } of Object.values(migration?.firstBytes ?? {})) expect(Math.abs(medianMs - 22)).toBeLessThan(5);
  });
});

it.each(['origin-hev3', 'origin-hev2'])('%s pooled the hosts of the ORIGIN frame on the session that received it', async (sample) => {
  const { sessions } = await reportOf(sample);
  const [session] = sessions.filter(({ pooled = [] }) => pooled.length > 0);
  expect(session?.originFrame?.origins).toEqual(['https://o-b.lab.test', 'https://o-c.lab.test']);
  expect(session?.pooled?.map(({ host, by }) => `${host} ${by}`)).toEqual(['o-b.lab.test origin-frame', 'o-c.lab.test origin-frame']);
  expect(session?.pooledHosts).toEqual(['o-b.lab.test', 'o-c.lab.test']);
});
