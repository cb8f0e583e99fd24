/** Opens an address of ours in the browser that the user has chosen. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const PROGRAMS: Partial<Readonly<Record<NodeJS.Platform, readonly [program: string, ...words: string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** `false` if there is no program for it. */
export async function openInBrowser(address: string): Promise<boolean> {
  const [program, ...words] = PROGRAMS[process.platform] ?? ['xdg-open'];
  const child = spawn(program, [...words, address], { stdio: 'ignore', detached: true });
  child.unref();
  try {
    await once(child, 'spawn');
    return true;
  } catch {
    return false;
  }
}
