/** The parts of a command's help, from its text without line breaks of a terminal: what yargs prints with `.wrap(null)`. */

export interface HelpEntry {
  /** A positional's name, or an option's names with commas between: `-o, --output`. */
  readonly names: string;
  readonly meaning: string;
  /** As yargs calls them: `string`, `number`, `boolean`, `array`. */
  readonly type: string;
  /** Empty: anything that the meaning allows. */
  readonly choices: readonly string[];
  /** As JSON; absent: none. */
  readonly default?: string;
  readonly required: boolean;
}

/** The names with what an option takes: `-o, --output TEXT`. */
export function namesWithValue({ names, type }: HelpEntry): string {
  if (!names.startsWith('-') || type === 'boolean') return names;
  return `${names} ${type === 'number' ? 'N' : 'TEXT'}`;
}

export interface HelpGroup {
  readonly title: string;
  readonly entries: readonly HelpEntry[];
}

export interface HelpExample {
  readonly call: string;
  readonly meaning: string;
}

/** A paragraph, or lines under a heading. */
export type HelpNote = { readonly kind: 'paragraph'; readonly text: string } | { readonly kind: 'list'; readonly title: string; readonly items: readonly string[] };

export interface Help {
  readonly usage: string;
  readonly summary: string;
  readonly positionals: readonly HelpEntry[];
  readonly groups: readonly HelpGroup[];
  readonly examples: readonly HelpExample[];
  readonly notes: readonly HelpNote[];
}

/** @throws Error if it is no help of a command */
export function parseHelp(text: string): Help {
  const [usage = '', summary = '', ...blocks] = text.trim().split(/\n\s*\n/);
  if (!usage.startsWith('netlog-analyze') || summary === '') throw new Error(`expected the help of a command, found ${JSON.stringify(text.slice(0, 80))}`);
  const sections = blocks.map(sectionOf);
  const entriesOf = (heading: string): readonly string[] => sections.find(({ title }) => title === heading)?.lines ?? [];
  return {
    usage,
    summary,
    positionals: entriesOf('Positionals').map(entryOf),
    groups: sections.flatMap(({ title, lines }) => (title === undefined || title === 'Positionals' || !isOptions(lines) ? [] : groupOf(title, lines))),
    examples: entriesOf('Examples').map(exampleOf),
    notes: sections.flatMap(({ title, lines }): HelpNote[] => {
      if (title === undefined) return [{ kind: 'paragraph', text: lines.join(' ') }];
      return title === 'Positionals' || title === 'Examples' || isOptions(lines) ? [] : [{ kind: 'list', title, items: lines.map((line) => line.trim()) }];
    }),
  };
}

interface Section {
  /** Absent: plain text. */
  readonly title?: string;
  readonly lines: readonly string[];
}

function sectionOf(block: string): Section {
  const lines = block.split('\n');
  const [first = '', ...rest] = lines;
  return rest.length > 0 && first.endsWith(':') && rest.every((line) => line.startsWith('  ')) ? { title: first.slice(0, -1), lines: rest } : { lines };
}

function isOptions(lines: readonly string[]): boolean {
  return lines.every((line) => /^ +(?:-\w, )?--\w/.test(line));
}

/** Options that every command has are told once, by whoever tells of all commands. */
function groupOf(title: string, lines: readonly string[]): readonly HelpGroup[] {
  const entries = lines.map(entryOf).filter(({ names }) => !/--(?:help|version|show-limits)\b/.test(names));
  return entries.length === 0 ? [] : [{ title, entries }];
}

/** Columns have two blanks or more between them, texts never have. */
function columnsOf(line: string): readonly string[] {
  return line.trim().split(/ {2,}/);
}

function entryOf(line: string): HelpEntry {
  const [names = '', meaning = '', tags = ''] = columnsOf(line);
  const found = [...tags.matchAll(/\[(?:(choices|default): )?(.*?)\](?= \[|$)/g)].map(([, kind = 'word', value = '']) => ({ kind, value }));
  const words = found.flatMap(({ kind, value }) => (kind === 'word' ? [value] : []));
  const choices = found.find(({ kind }) => kind === 'choices')?.value;
  const byDefault = found.find(({ kind }) => kind === 'default')?.value;
  return {
    names,
    meaning,
    type: words.find((word) => word !== 'required') ?? 'string',
    choices: choices === undefined ? [] : choices.split(', ').map((choice) => JSON.parse(choice) as string),
    // What must be given has none, nor is an empty list or an option left out one.
    ...(byDefault === undefined || byDefault === '[]' || byDefault === 'false' ? {} : { default: byDefault }),
    required: words.includes('required'),
  };
}

function exampleOf(line: string): HelpExample {
  const [call = '', meaning = ''] = columnsOf(line);
  return { call, meaning };
}
