/** All that is made from `--help`: path below the root, and content. */
import { TOOL } from '../../src/report/tool.ts';
import { commandPage } from './command-page.ts';
import { indexPage } from './index-page.ts';
import { manPage } from './man-page.ts';
import { readHelp, readLimits } from './read-help.ts';

const commands = await readHelp();
const limits = await readLimits();

export const REFERENCE_FILES: ReadonlyMap<string, string> = new Map([
  ...commands.map((command): [string, string] => [`docs/commands/${command.name}.md`, commandPage(command)]),
  ['docs/commands/README.md', indexPage(commands, limits)],
  ['man/netlog-analyze.1', manPage(commands, limits, TOOL.version)],
]);
