/** The `network` part of a scenario: rules that disturb packets, and changes to the client's addresses. */
import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';
import { mismatch } from './expectation.ts';
import { address, count, millis, port } from './fields.ts';

/** What a rule says of the packets it applies to; they fit every field it gives. */
const packetFields = {
  /** Addresses of the server, whichever way the packet goes; absent: every one. */
  to: z.array(address).min(1).optional(),
  /** The server's; absent: every one. */
  port: port.optional(),
  transport: z.enum(['tcp', 'udp']).optional(),
  /** Absent: both. */
  direction: z.enum(['toServer', 'fromServer']).optional(),
  /** `syn`: the client's SYN; `data`: TCP payload. */
  packets: z.enum(['syn', 'data', 'all']).default('all'),
  /** Applies to packets sent at this time or later … */
  fromMs: millis.default(0),
  /** … and before this one; absent: to the end. */
  untilMs: millis.optional(),
  /** How many packets it applies to; absent: all. */
  times: count.optional(),
  /** How much longer the packet takes, or the word that it was turned away; a dropped one takes for ever. */
  delayMs: millis.optional(),
};

const networkRuleSchema = z
  .discriminatedUnion('action', [
    z.strictObject({ ...packetFields, action: z.enum(['drop', 'reset', 'unreachable']) }),
    z.strictObject({ ...packetFields, action: z.literal('delay'), delayMs: millis }),
  ])
  .superRefine((rule, context) => {
    const refuse = (name: keyof typeof packetFields | 'action', expected: string) => {
      context.addIssue({ code: 'custom', path: [name], input: rule[name], message: mismatch(expected, rule[name]) });
    };
    if (rule.action === 'drop' && rule.delayMs !== undefined) refuse('delayMs', 'no delay, as a dropped packet never arrives');
    if (rule.untilMs !== undefined && rule.untilMs <= rule.fromMs) refuse('untilMs', `a time after fromMs (${rule.fromMs})`);
    if (rule.transport === 'udp' && rule.packets !== 'all') refuse('packets', 'all, as UDP has neither SYN nor TCP payload');
    if (rule.transport === 'udp' && rule.action === 'reset') refuse('action', 'drop, unreachable or delay, as UDP knows no reset');
    if (rule.direction === 'fromServer' && rule.packets === 'syn') refuse('packets', "data or all, as the SYN is the client's");
  });
export type NetworkRule = DeepReadonly<z.output<typeof networkRuleSchema>>;

const networkEventSchema = z.strictObject({ atMs: millis, kind: z.literal('addressAdded'), address });

export const networkSchema = z.strictObject({
  rules: z.array(networkRuleSchema).default([]),
  events: z.array(networkEventSchema).default([]),
});
