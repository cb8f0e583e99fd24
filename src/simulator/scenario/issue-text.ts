/** The words for what schemas themselves find wrong; the values of `fields.ts` bring their own. */
import { z } from 'zod';
import { mismatch } from './expectation.ts';
import { nearestField } from './nearest-field.ts';

const KIND_NAMES: Readonly<Record<string, string>> = { object: 'a map of fields', record: 'a map', array: 'a list', boolean: 'true or false', string: 'text' };

/** Total, as zod wants it: issues of the kinds that no schema here raises are told without detail. */
export function issueText(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownFieldText(issue.keys[0] ?? '', issue.inst);
    case 'invalid_type':
      return mismatch(KIND_NAMES[issue.expected] ?? issue.expected, issue.input);
    case 'invalid_value':
      return mismatch(alternatives(issue.values), issue.input);
    case 'too_small':
      return mismatch('at least one entry', issue.input);
    case 'invalid_union': {
      const { inst, input } = issue;
      if (!(inst instanceof z.ZodDiscriminatedUnion) || !z.core.util.isPlainObject(input)) return mismatch('a map of fields', input);
      const name = inst.def.discriminator;
      return mismatch(alternatives([...(inst._zod.propValues[name] ?? [])]), (input as Readonly<Record<string, unknown>>)[name]);
    }
    case 'too_big':
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'not_multiple_of':
      return mismatch('another value', issue.input);
  }
}

function unknownFieldText(name: string, schema: unknown): string {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const nearest = nearestField(name, known);
  return `${mismatch(`one of the fields ${known.join(', ')}`, name)}${nearest === undefined ? '' : `; did you mean ${nearest}?`}`;
}

function alternatives(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.join(', ')}`;
}
