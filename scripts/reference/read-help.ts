/** The help of every command, as `--help` prints it save that no line is broken to fit a terminal. */
import yargs from 'yargs';
import { COMMANDS, DEFAULT_COMMAND, type ListedCommand } from '../../src/cli/commands.ts';
import { type Help, type HelpEntry, parseHelp } from './parse-help.ts';

export interface CommandHelp extends Help {
  readonly name: string;
}

/** In the order of the program's own help. */
export async function readHelp(): Promise<readonly CommandHelp[]> {
  return Promise.all([DEFAULT_COMMAND, ...COMMANDS].map(async (listed) => ({ name: listed.name, ...parseHelp(await helpText(listed, ['--help'])) })));
}

/** The options that `--help` leaves out, of all that read a log. */
export async function readLimits(): Promise<readonly HelpEntry[]> {
  const { groups } = parseHelp(await helpText(DEFAULT_COMMAND, ['--help', '--show-limits']));
  return groups.find(({ title }) => title === 'Limits')?.entries ?? [];
}

async function helpText({ usage, summary, load }: ListedCommand, words: readonly string[]): Promise<string> {
  const command = await load();
  const calls = [usage].flat();
  const name = calls[0]?.split(' ')[0] ?? '';
  const cli = yargs().scriptName('netlog-analyze').locale('en').wrap(null).version(false).help().exitProcess(false);
  command.register(cli, calls, summary, () => {});
  let text = '';
  await cli.parseAsync([...(name === '$0' ? [] : [name]), ...words], {}, (_error: unknown, _argv: unknown, printed: string) => {
    text = printed;
  });
  return text;
}
