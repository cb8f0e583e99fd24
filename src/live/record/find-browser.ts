/** Where Chrome, Chromium and Edge are installed: the usual places of each system, in the order in which they are looked at. */
import { posix, win32 } from 'node:path';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
}

const ON_PATH = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge'];
const OFF_PATH = ['/opt/google/chrome/chrome', '/snap/bin/chromium', '/opt/microsoft/msedge/msedge'];
const APPLICATIONS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const EXECUTABLES = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/** The one that CHROME_PATH names, else the first that is there; `undefined`: none of them. */
export function findBrowser({ platform, env, exists }: Machine): string | undefined {
  const named = env['CHROME_PATH'];
  return named !== undefined && named !== '' ? named : placesOf(platform, env).find(exists);
}

function placesOf(platform: NodeJS.Platform, env: Machine['env']): readonly string[] {
  if (platform === 'win32') return windowsPlaces(env);
  return platform === 'darwin' ? [...macPlaces(env), ...pathPlaces(env)] : [...pathPlaces(env), ...OFF_PATH];
}

/** Each name in all folders of the PATH before the next name. */
function pathPlaces(env: Machine['env']): readonly string[] {
  const folders = (env['PATH'] ?? '').split(posix.delimiter).filter((folder) => folder !== '');
  return ON_PATH.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
}

function macPlaces({ HOME }: Machine['env']): readonly string[] {
  const folders = ['/Applications', ...(HOME === undefined ? [] : [posix.join(HOME, 'Applications')])];
  return APPLICATIONS.flatMap((name) => folders.map((folder) => posix.join(folder, `${name}.app`, 'Contents', 'MacOS', name)));
}

function windowsPlaces(env: Machine['env']): readonly string[] {
  const folders = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((name) => env[name] ?? env[name.toUpperCase()] ?? []);
  return EXECUTABLES.flatMap((steps) => folders.map((folder) => win32.join(folder, ...steps)));
}
