/**
 * The commands that a page shows: those of its `sh` blocks, which are run as they stand there.
 *
 * A command is a line, or several where one ends with a backslash. It ends with exit code 0, unless its comment, at its end
 * or on the line before, says "exit code N". Blocks of other languages are to be read, not run.
 */

export interface Fence {
  /** Empty: none is given. */
  readonly language: string;
  /** Of the page, from 1: that of the first line within. */
  readonly line: number;
  readonly lines: readonly string[];
}

export interface ShellCommand {
  readonly script: string;
  /** Of the page, from 1. */
  readonly line: number;
  readonly exitCode: number;
}

export function fencesIn(markdown: string): readonly Fence[] {
  const fences: { language: string; line: number; lines: string[] }[] = [];
  let open: { language: string; line: number; lines: string[] } | undefined;
  for (const [i, line] of markdown.split('\n').entries()) {
    const [, language] = /^```(\w*)/.exec(line) ?? [];
    if (language === undefined) open?.lines.push(line);
    else if (open === undefined) open = { language, line: i + 2, lines: [] };
    else {
      fences.push(open);
      open = undefined;
    }
  }
  return fences;
}

export function shellCommands(markdown: string): readonly ShellCommand[] {
  return fencesIn(markdown).flatMap(({ language, line, lines }) => (language === 'sh' ? commandsOf(lines, line) : []));
}

function commandsOf(lines: readonly string[], firstLine: number): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let comment = '';
  let begun: string[] = [];
  for (const [i, line] of lines.entries()) {
    if (begun.length === 0 && (line === '' || line.startsWith('#'))) {
      comment = line;
      continue;
    }
    begun.push(line);
    if (line.endsWith('\\')) continue;
    const [, ownComment = ''] = /\s#\s(.*)$/.exec(line) ?? [];
    const [, exitCode = '0'] = /exit code (\d+)/i.exec(`${ownComment} ${comment}`) ?? [];
    commands.push({ script: begun.join('\n'), line: firstLine + i + 1 - begun.length, exitCode: Number(exitCode) });
    [comment, begun] = ['', []];
  }
  return commands;
}
