/** What sessions of the samples show, held against what the servers of the lab were set up with. */
import { expect, it } from 'vitest';
import { reportOf } from '../truth/sample-reports.ts';

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
