/** `man/netlog-analyze.1`: all commands on one page, in the man macros that groff and mandoc know. It has no date: it is that of its version. */
import { EXIT_CODES } from './exit-codes.ts';
import { type HelpEntry, type HelpNote, namesWithValue } from './parse-help.ts';
import type { CommandHelp } from './read-help.ts';
import { argument, bold, roff } from './roff.ts';

export function manPage(commands: readonly CommandHelp[], limits: readonly HelpEntry[], version: string): string {
  const [summary] = commands;
  return [
    `.TH NETLOG\\-ANALYZE 1 "" ${argument(`netlog-analyze ${version}`)}`,
    '.SH NAME',
    roff('netlog-analyze - tell the connection story of a Chromium NetLog'),
    '.SH SYNOPSIS',
    ...commands.flatMap(({ usage }) => [bold(usage), '.br']).slice(0, -1),
    '.SH DESCRIPTION',
    roff('Chromium browsers write NetLogs: JSON traces of everything the network stack did. netlog-analyze reads them and tells which names were resolved and how, how connections were raced (IPv6 against IPv4, QUIC against TCP), who won, what fell back and what it cost. It compares traces, holds thresholds against them, and simulates scenarios.'),
    '.PP',
    roff(`Without a command, the first word is a trace, and the command is ${summary?.name ?? ''}.`),
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    `.SS ${argument('completion')}`,
    roff('Print a completion script for the shell: bash, or zsh where that is the shell.'),
    '.SH OPTIONS OF ALL COMMANDS',
    ...entryLines({ names: '-h, --help', meaning: 'Show help, of the program or of a command', type: 'boolean', choices: [], required: false }),
    ...entryLines({ names: '--version', meaning: 'Show version number', type: 'boolean', choices: [], required: false }),
    '.SH LIMITS',
    roff('Every command that reads a log has these options too, which --show-limits adds to its help. What is beyond a limit is left out, with a diagnostic.'),
    ...limits.flatMap(entryLines),
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(([code, meaning]) => ['.TP', bold(String(code)), roff(meaning)]),
    '.SH ENVIRONMENT',
    '.TP',
    bold('NO_COLOR, FORCE_COLOR'),
    roff('Colour off or on; by default it is on in terminals.'),
    '.SH SEE ALSO',
    bold('netlog-analyze COMMAND --help'),
    '',
  ].join('\n');
}

function commandLines({ name, usage, summary, positionals, groups, examples, notes }: CommandHelp): string[] {
  return [
    `.SS ${argument(name)}`,
    bold(usage),
    '.PP',
    roff(`${summary}.`),
    ...positionals.flatMap(entryLines),
    ...groups.flatMap(({ title, entries }) => ['.PP', `.I ${argument(title === 'Options' ? 'Other' : title)}`, ...entries.flatMap(entryLines)]),
    ...notes.flatMap(noteLines),
    '.PP',
    '.I Examples',
    ...examples.flatMap(({ call, meaning }) => ['.TP', bold(call), roff(meaning)]),
  ];
}

function entryLines(entry: HelpEntry): string[] {
  const { meaning, choices, default: byDefault, required } = entry;
  const facts = [
    ...(choices.length === 0 ? [] : [`One of ${choices.join(', ')}.`]),
    ...(byDefault === undefined ? [] : [`Default: ${byDefault.replace(/^"(.*)"$/, '$1')}.`]),
    ...(required ? ['Required.'] : []),
  ];
  return ['.TP', bold(namesWithValue(entry)), roff([facts.length === 0 ? meaning : `${meaning}.`, ...facts].join(' '))];
}

function noteLines(note: HelpNote): string[] {
  switch (note.kind) {
    case 'paragraph':
      return ['.PP', roff(note.text)];
    case 'list':
      return ['.PP', roff(`${note.title}:`), ...note.items.flatMap((item) => ['.br', roff(item)])];
  }
}
