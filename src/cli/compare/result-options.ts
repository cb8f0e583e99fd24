/** The options that `compare` and `check` share: where results go and in which forms. */
import type { Options } from 'yargs';
import { UsageError } from '../exit-code.ts';
import { formatOption, outputOptions } from '../options.ts';
import { FORMATS, type Form, type Format } from './render.ts';

/** @param forms that `--also` takes */
export const resultOptions = (forms: readonly Form[]) =>
  ({
    strict: { type: 'boolean', group: 'Input:', default: false, describe: 'End with exit code 4 if a log is incomplete (results are still printed)' },
    ...formatOption(FORMATS),
    also: {
      type: 'string',
      array: true,
      group: 'Output:',
      requiresArg: true,
      describe: `Write another form to a file as well, as FORMAT=FILE; FORMAT is ${forms.join(', ')}. Repeatable`,
    },
    'save-baseline': { type: 'string', group: 'Output:', requiresArg: true, describe: 'Keep the numbers of the new runs in FILE (some 2 kB a run, no host or URL), to compare against later' },
    key: { type: 'string', group: 'Output:', requiresArg: true, default: 'default', describe: 'Name in the hidden marker of markdown, where several comments are kept up to date' },
    ...outputOptions,
  }) as const satisfies Record<string, Options>;

export interface ResultArguments {
  readonly strict: boolean;
  readonly format: Format;
  readonly also?: readonly string[] | undefined;
  readonly saveBaseline?: string | undefined;
  readonly key: string;
  readonly output?: string | undefined;
  readonly force: boolean;
  readonly width?: number | undefined;
}

export interface FormFile {
  readonly form: Form;
  readonly file: string;
}

/** What `--also` asks for. */
export function formFiles({ also = [] }: ResultArguments, forms: readonly Form[]): FormFile[] {
  return also.map((text) => {
    const [name, file] = [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];
    const form = forms.find((known) => known === name);
    if (!text.includes('=') || form === undefined || file === '') {
      throw new UsageError(`--also takes FORMAT=FILE with one of ${forms.join(', ')}, such as junit=results.xml; found ${JSON.stringify(text)}`);
    }
    return { form, file };
  });
}

/** A marker ends at `-->`, and a bot looks for the whole of it. */
export function checkKey({ key }: ResultArguments): void {
  if (!/^[\w.-]+$/.test(key) || key.includes('--')) throw new UsageError(`--key takes letters, digits, points, single hyphens and underscores, found ${JSON.stringify(key)}`);
}
