/** One entry of a scenario's `requests`: when something is wanted of a URL, and what. */
import { z } from 'zod';
import type { Millis } from '../../units.ts';
import { mismatch } from './expectation.ts';
import { count, httpsOrigin, millis, url } from './fields.ts';

type RequestStart =
  | { readonly kind: 'at'; readonly atMs: Millis }
  /** So long after the previous entry is done; never the first entry. */
  | { readonly kind: 'afterPrevious'; readonly delayMs: Millis };

type RequestWork =
  | { readonly kind: 'request' }
  /** `resolveFirst`: the connections are asked for once a resolver request of its own has succeeded. */
  | { readonly kind: 'preconnect'; readonly connections: number; readonly resolveFirst: boolean }
  | { readonly kind: 'resolve' };

const requestSchema = z
  .strictObject({
    atMs: millis.optional(),
    afterPrevious: z.boolean().default(false),
    delayMs: millis.optional(),
    url,
    preconnect: count.optional(),
    resolveFirst: z.boolean().default(false),
    /** Counted from its start. */
    cancelAfterMs: millis.optional(),
    /** The site whose page asks, by which connections and caches are kept apart; absent: all such requests share. */
    partition: httpsOrigin.optional(),
    /** Absent: the client's own choice. */
    priority: z.enum(['idle', 'lowest', 'low', 'medium', 'highest']).optional(),
    /** `false`: no alternative service, so no QUIC. */
    quic: z.boolean().default(true),
    /** What the session that serves it may speak; absent: anything. */
    alpn: z.array(z.enum(['h3', 'h2', 'http/1.1'])).min(1).optional(),
  })
  .transform(({ atMs, afterPrevious, delayMs, preconnect, resolveFirst, ...rest }, context) => {
    const [odd, input, expected] = afterPrevious ? (['atMs', atMs, 'delayMs, as afterPrevious is set'] as const) : (['delayMs', delayMs, 'atMs, as afterPrevious is not set'] as const);
    if (input !== undefined) {
      context.issues.push({ code: 'custom', path: [odd], input, message: mismatch(expected, input) });
      return z.NEVER;
    }
    if (!rest.quic && rest.alpn?.every((protocol) => protocol === 'h3') === true) {
      context.issues.push({ code: 'custom', path: ['alpn'], input: rest.alpn, message: mismatch('h2 or http/1.1 among them, as quic is false', rest.alpn.join(', ')) });
      return z.NEVER;
    }
    const start: RequestStart = afterPrevious ? { kind: 'afterPrevious', delayMs: delayMs ?? 0 } : { kind: 'at', atMs: atMs ?? 0 };
    const alone: RequestWork = { kind: resolveFirst ? 'resolve' : 'request' };
    const work: RequestWork = preconnect === undefined ? alone : { kind: 'preconnect', connections: preconnect, resolveFirst };
    return { start, work, ...rest };
  });

export const requestsSchema = z
  .array(requestSchema)
  .min(1)
  .superRefine(([first], context) => {
    if (first?.start.kind !== 'afterPrevious') return;
    context.addIssue({ code: 'custom', path: [0, 'afterPrevious'], input: true, message: mismatch('a first request that starts by the clock', true) });
  });
