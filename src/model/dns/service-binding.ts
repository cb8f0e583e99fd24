/** The RDATA of SVCB and HTTPS records (RFC 9460 section 2.2). */
import { readName } from './domain-name.ts';
import { part } from './octets.ts';
import { type ServiceParams, readServiceParams } from './service-params.ts';

export type ServiceBinding =
  | { readonly mode: 'alias'; readonly targetName: string }
  | { readonly mode: 'service'; readonly priority: number; readonly targetName: string; readonly params: ServiceParams }
  | { readonly mode: 'malformed' };

const ALIAS_MODE = 0;

/** A TargetName `.` stays as it is. The params of an AliasMode record mean nothing and are not read (section 2.4.2). */
export function readServiceBinding(rdata: DataView): ServiceBinding {
  try {
    const priority = rdata.getUint16(0);
    const { name: targetName, end } = readName(rdata, 2, 'plain');
    if (priority === ALIAS_MODE) return { mode: 'alias', targetName };
    return { mode: 'service', priority, targetName, params: readServiceParams(part(rdata, end, rdata.byteLength - end)) };
  } catch (error) {
    if (error instanceof RangeError) return { mode: 'malformed' };
    throw error;
  }
}
