/** Keeps a log from making more findings than anybody can read. */
import type { Trace } from '../model/trace.ts';
import type { Finding } from './finding.ts';

export interface GravestFindings {
  readonly findings: readonly Finding[];
  readonly diagnostics: Trace['diagnostics'];
}

/** `findings`: the gravest first. */
export function gravestFindings(findings: readonly Finding[], mostFindings: number): GravestFindings {
  const count = findings.length - mostFindings;
  if (count <= 0) return { findings, diagnostics: [] };
  const message = `Left out ${count} of ${findings.length} findings, beyond the ${mostFindings} gravest (--max-findings).`;
  return { findings: findings.slice(0, mostFindings), diagnostics: [{ code: 'too-many-findings', severity: 'warning', message, count }] };
}
