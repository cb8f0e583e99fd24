/**
 * HAR 1.2 as its specification has it (http://www.softwareishard.com/blog/har-12-spec/): required fields,
 * their types, -1 for what is not known, and no field of our own without an underscore.
 */
import { z } from 'zod';

const comment = z.string().optional();
const sizeOrUnknown = z.number().int().min(-1);
const timing = z.number().min(0);
const timingOrUnknown = z.union([timing, z.literal(-1)]);
const nameValue = z.strictObject({ name: z.string(), value: z.string(), comment });
const isoTime = z.iso.datetime({ offset: true });
const cookie = z.strictObject({
  name: z.string(),
  value: z.string(),
  path: z.string().optional(),
  domain: z.string().optional(),
  expires: isoTime.optional(),
  httpOnly: z.boolean().optional(),
  secure: z.boolean().optional(),
  comment,
});

/** An object of the specification; keys that begin with an underscore are the writer's own. */
function harObject<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .looseObject(shape)
    .refine((value) => Object.keys(value).every((key) => key in shape || key.startsWith('_')), { error: 'has a key that HAR does not know' });
}

const timings = harObject({
  blocked: timingOrUnknown.optional(),
  dns: timingOrUnknown.optional(),
  connect: timingOrUnknown.optional(),
  ssl: timingOrUnknown.optional(),
  send: timing,
  wait: timing,
  receive: timing,
  comment,
});

const entry = harObject({
  pageref: z.string().optional(),
  startedDateTime: isoTime,
  time: timing,
  request: harObject({
    method: z.string().min(1),
    url: z.url(),
    httpVersion: z.string(),
    cookies: z.array(cookie),
    headers: z.array(nameValue),
    queryString: z.array(nameValue),
    postData: z.unknown().optional(),
    headersSize: sizeOrUnknown,
    bodySize: sizeOrUnknown,
    comment,
  }),
  response: harObject({
    status: z.number().int().min(0),
    statusText: z.string(),
    httpVersion: z.string(),
    cookies: z.array(cookie),
    headers: z.array(nameValue),
    content: harObject({ size: z.number().int().min(0), compression: z.number().optional(), mimeType: z.string(), text: z.string().optional(), encoding: z.string().optional(), comment }),
    redirectURL: z.string(),
    headersSize: sizeOrUnknown,
    bodySize: sizeOrUnknown,
    comment,
  }),
  cache: harObject({ beforeRequest: z.unknown().optional(), afterRequest: z.unknown().optional(), comment }),
  timings,
  serverIPAddress: z.union([z.ipv4(), z.ipv6()]).optional(),
  connection: z.string().optional(),
  comment,
});

const program = harObject({ name: z.string(), version: z.string(), comment });

export const harSchema = z.strictObject({
  log: harObject({
    version: z.literal('1.2'),
    creator: program,
    browser: program.optional(),
    pages: z.array(z.unknown()).optional(),
    entries: z.array(entry),
    comment,
  }),
});

export type ReadHar = z.infer<typeof harSchema>;
