/** The Alt-Svc header field (RFC 7838 §3), as far as a client follows it. */
import type { Protocol } from '../engine/endpoint.ts';
import type { AlternativeService } from '../engine/svcb/lookup-options.ts';

const PROTOCOLS: readonly Protocol[] = ['h3', 'h2', 'http/1.1'];
const ENTRY = /^\s*([^=\s]+)="([^"]*):(\d+)"/;

/** Entries for known protocols; what can't be read is left out, `clear` gives none. */
export function readAltSvc(field: string): readonly AlternativeService[] {
  return field.split(',').flatMap((entry) => {
    const [, id = '', host = '', port = ''] = ENTRY.exec(entry) ?? [];
    const protocol = PROTOCOLS.find((known) => known === id);
    return protocol === undefined ? [] : [{ protocol, ...(host !== '' && { host }), port: Number(port) }];
  });
}
