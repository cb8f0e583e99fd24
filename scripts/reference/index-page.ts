/** `docs/commands/README.md`: all commands, and what they have in common. */
import { EXIT_CODES } from './exit-codes.ts';
import { code, optionRows, plain } from './markdown.ts';
import type { HelpEntry } from './parse-help.ts';
import type { CommandHelp } from './read-help.ts';

export function indexPage(commands: readonly CommandHelp[], limits: readonly HelpEntry[]): string {
  const rows = commands.map(({ name, summary }) => `| [${code(name)}](${name}.md) | ${plain(summary)} |`);
  return `# Commands

One page for each command, made from its \`--help\` by \`npm run docs:commands\`. In a clone of the project the program is called
\`npx netlog-analyze\`. \`man netlog-analyze\` has all of it on one page where the package is installed.

| command | |
|---|---|
${rows.join('\n')}
| \`completion\` | Print a completion script for the shell |

\`summary\` is what runs if the first word is no command: \`netlog-analyze netlog.json\`.

## Exit codes

| code | |
|---|---|
${EXIT_CODES.map(([exitCode, meaning]) => `| ${exitCode} | ${plain(meaning)} |`).join('\n')}

Results go to standard output, everything else to standard error.

## Completion

\`netlog-analyze completion\` prints a script for bash, and for zsh where that is the shell:

\`\`\`sh
netlog-analyze completion >> ~/.bashrc
\`\`\`

## Options of all commands

| | |
|---|---|
| \`-h, --help\` | Show help, of the program or of a command |
| \`--version\` | Show version number |

## Limits

Every command that reads a log has these options too, which \`--show-limits\` adds to its help. The defaults are far above what browsers
write; what is beyond a limit is left out with a diagnostic.

${optionRows(limits)}
`;
}
