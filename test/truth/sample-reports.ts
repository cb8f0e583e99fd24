/** Reports of the samples, each made once, and how far each can be held against its truth. */
import { join } from 'node:path';
import { analyze } from '../../src/analyze.ts';
import type { Report } from '../../src/report/report.ts';
import { type Agreement, type AgreementOptions, compareWithWire } from './agreement.ts';
import { SAMPLES, readTruth } from './truth.ts';

const reports = new Map<string, Promise<Report>>();

export async function reportOf(sample: string): Promise<Report> {
  const made = reports.get(sample) ?? analyze(join(SAMPLES, sample, 'netlog.json.gz'));
  reports.set(sample, made);
  return made;
}

/** Proxies and WebSockets take connect jobs whatever the engine, and the address is not the host's. */
export function scopeOf(sample: string): NonNullable<AgreementOptions['scope']> {
  return /^(proxy|ws|doh)-/.test(sample) ? 'endpoints' : 'everything';
}

export async function agreementOf(sample: string): Promise<Agreement> {
  return compareWithWire(await reportOf(sample), readTruth(sample), { scope: scopeOf(sample) });
}
