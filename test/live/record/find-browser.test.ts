/** Where browsers are looked for, on systems that are nowhere near. */
import { describe, expect, test } from 'vitest';
import { type Machine, findBrowser } from '../../../src/live/record/find-browser.ts';

function found(platform: Machine['platform'], env: Machine['env'], installed: readonly string[]): string | undefined {
  return findBrowser({ platform, env, exists: (path) => installed.includes(path) });
}

describe('findBrowser', () => {
  test('takes what CHROME_PATH names, there or not', () => {
    expect(found('linux', { CHROME_PATH: '/my/chrome', PATH: '/usr/bin' }, ['/usr/bin/chromium'])).toBe('/my/chrome');
    expect(found('linux', { CHROME_PATH: '', PATH: '/usr/bin' }, ['/usr/bin/chromium'])).toBe('/usr/bin/chromium');
  });

  test.each<[string, Machine['platform'], Machine['env'], readonly string[], string]>([
    ['Chrome before Chromium, wherever on the PATH', 'linux', { PATH: '/usr/local/bin::/usr/bin' }, ['/usr/local/bin/chromium', '/usr/bin/google-chrome'], '/usr/bin/google-chrome'],
    ['the first folder of the PATH', 'linux', { PATH: '/a:/b' }, ['/a/chromium', '/b/chromium'], '/a/chromium'],
    ['what is not on the PATH', 'linux', { PATH: '/usr/bin' }, ['/snap/bin/chromium'], '/snap/bin/chromium'],
    ['Edge', 'linux', { PATH: '/usr/bin' }, ['/usr/bin/microsoft-edge'], '/usr/bin/microsoft-edge'],
    ['an application of macOS', 'darwin', { HOME: '/Users/me' }, ['/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'], '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
    ['an application of one user of macOS', 'darwin', { HOME: '/Users/me' }, ['/Users/me/Applications/Chromium.app/Contents/MacOS/Chromium'], '/Users/me/Applications/Chromium.app/Contents/MacOS/Chromium'],
    ['a program of Windows', 'win32', { ProgramFiles: 'C:\\Program Files' }, ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'], 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
    ['Edge, which every Windows has', 'win32', { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' }, ['C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'], 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
    ['a program of one user of Windows', 'win32', { LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' }, ['C:\\Users\\me\\AppData\\Local\\Chromium\\Application\\chrome.exe'], 'C:\\Users\\me\\AppData\\Local\\Chromium\\Application\\chrome.exe'],
  ])('finds %s', (_, platform, env, installed, path) => {
    expect(found(platform, env, installed)).toBe(path);
  });

  test.each<Machine['platform']>(['linux', 'darwin', 'win32'])('finds nothing on %s where nothing is', (platform) => {
    expect(found(platform, {}, [])).toBeUndefined();
  });
});
