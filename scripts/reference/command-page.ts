/** `docs/commands/NAME.md`: one command's help as a page, with examples that run as they stand there. */
import { preparationsFor } from './example-files.ts';
import { code, optionRows, plain } from './markdown.ts';
import type { HelpNote } from './parse-help.ts';
import type { CommandHelp } from './read-help.ts';

/** Their examples need a browser or the Internet, so that they are shown and not run. */
const NOT_RUN: ReadonlySet<string> = new Set(['view', 'record', 'probe']);

export function commandPage({ name, usage, summary, positionals, groups, examples, notes }: CommandHelp): string {
  const isRun = !NOT_RUN.has(name);
  const preparations = isRun ? preparationsFor(examples.map(({ call }) => call)) : [];
  return [
    `# ${name}`,
    `${plain(summary)}.`,
    `\`\`\`text\n${usage}\n\`\`\``,
    ...(positionals.length === 0 ? [] : [optionRows(positionals)]),
    '## Examples',
    ...(preparations.length === 0 ? [] : [`In a clone of the project these commands make the files that the examples read:\n\n\`\`\`sh\n${preparations.join('\n')}\n\`\`\``]),
    `\`\`\`${isRun ? 'sh' : 'console'}\n${examples.map(({ call, meaning }) => `# ${meaning}\n${call}`).join('\n')}\n\`\`\``,
    ...(groups.length === 0 ? [] : ['## Options']),
    ...groups.flatMap(({ title, entries }) => [`### ${title === 'Options' ? 'Other' : plain(title)}`, optionRows(entries)]),
    ...(notes.length === 0 ? [] : ['## Notes', ...notes.map(noteText)]),
    '[All commands](README.md), their exit codes, and the options that they have in common.',
  ].join('\n\n') + '\n';
}

function noteText(note: HelpNote): string {
  switch (note.kind) {
    case 'paragraph':
      return plain(note.text);
    case 'list':
      return [`${plain(note.title)}:`, '', ...note.items.map((item) => `- ${item.replace(/^([\w-]+):/, (_, word: string) => `${code(word)}:`)}`)].join('\n');
  }
}
