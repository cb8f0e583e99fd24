/** A scenario that is being written: its fields as the format has them, each entry of a list with a remark of its own. */
import type { z } from 'zod';
import type { Parameters } from '../engine/profiles/parameters.ts';
import { type Scenario, scenarioSchema } from '../simulator/scenario/scenario.ts';
import type { Millis } from '../units.ts';

type Input = z.input<typeof scenarioSchema>;
export type ServerFields = NonNullable<Input['servers']>[number];
export type RequestFields = Input['requests'][number];
export type ClientFields = NonNullable<Input['client']>;

export interface DnsRuleFields {
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'HTTPS';
  readonly action?: 'drop' | 'servfail' | 'nxdomain' | 'nodata' | 'truncate';
  readonly delayMs?: Millis;
  readonly times?: number;
}

export interface NetworkRuleFields {
  readonly to: string[];
  readonly port: number;
  readonly transport: 'tcp' | 'udp';
  readonly packets?: 'syn' | 'data';
  readonly direction?: 'toServer' | 'fromServer';
  readonly action: 'drop' | 'reset' | 'unreachable' | 'delay';
  readonly delayMs?: Millis;
  readonly times?: number;
  readonly fromMs?: Millis;
  readonly untilMs?: Millis;
}

export interface Noted<Fields> {
  readonly fields: Fields;
  /** Where the entry comes from; on one line. */
  readonly note?: string;
}

export interface ScenarioDraft {
  readonly name: string;
  readonly description: string;
  readonly profile: string;
  readonly overrides: Readonly<Partial<Parameters>>;
  readonly durationMs: Millis;
  readonly client: ClientFields;
  readonly rttMs: Millis;
  readonly protectedDns: boolean;
  /** In presentation format, a record on each line. */
  readonly zone: readonly string[];
  readonly dnsRules: readonly Noted<DnsRuleFields>[];
  readonly networkRules: readonly Noted<NetworkRuleFields>[];
  readonly servers: readonly ServerFields[];
  readonly requests: readonly Noted<RequestFields>[];
}

/** The one DNS server there is: which of several answered is part of how long it took. From TEST-NET-1 (RFC 5737). */
const DNS_SERVER = '192.0.2.53';

/** The fields in the order of the format. */
export function fieldsOf(draft: ScenarioDraft): Input {
  const { name, description, profile, overrides, durationMs, client, rttMs, zone, dnsRules, networkRules, servers, requests } = draft;
  return {
    version: 1,
    name,
    description,
    seed: 1,
    profile,
    overrides: { ...overrides },
    durationMs,
    client,
    link: { rttMs },
    dns: { servers: [{ address: DNS_SERVER, transport: draft.protectedDns ? 'https' : 'udp' }], latencyMs: 0, zone: `${zone.join('\n')}\n`, rules: dnsRules.map(({ fields }) => fields) },
    network: { rules: networkRules.map(({ fields }) => fields) as NonNullable<Input['network']>['rules'] },
    servers: [...servers],
    requests: requests.map(({ fields }) => fields),
  };
}

export function scenarioOf(draft: ScenarioDraft): Scenario {
  return scenarioSchema.parse(fieldsOf(draft));
}
