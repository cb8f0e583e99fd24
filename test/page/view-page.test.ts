/** The page of `view` in a real browser: opening logs, giving up, what cannot be read, and that nothing leaves the page. */
import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { plainText } from '../../src/report/plain-text.ts';
import { zip } from '../input/compressed.ts';
import { describeInBrowser } from './browser.ts';
import { viewOpener } from './open-view.ts';
import { repeated } from './repeated.ts';

const SAMPLE = 'samples/v6-blackhole-hev3/netlog.json.gz';
const stored = readFileSync(SAMPLE);
const log = gunzipSync(stored);

const alertOf = (page: Page): Promise<string> => page.getByRole('alert').innerText();
const focused = (page: Page): Promise<string> => page.evaluate<string>('document.activeElement.innerText');
const rowsOf = (page: Page): Promise<number> => page.locator('#races tbody tr').count();

const CANCEL_AT_FIRST_PROGRESS = `new MutationObserver(() => {
  if (!(document.querySelector('progress')?.value > 0)) return;
  window.stopped = { title: document.querySelector('h2').innerText, focus: document.activeElement.innerText, percent: document.querySelector('.percent').innerText };
  document.activeElement.click();
}).observe(document.body, { subtree: true, attributes: true, childList: true, characterData: true })`;

/** What the content policy forbade when this tried to reach another address. */
const REACH_OUT = `new Promise((resolve) => {
  addEventListener('securitypolicyviolation', ({ violatedDirective }) => resolve(violatedDirective));
  fetch('http://127.0.0.1:9/').then(() => resolve('reached'), () => undefined);
})`;

/** A drop as the page sees it, of files that hold these texts. */
async function drop(page: Page, files: Readonly<Record<string, string>>): Promise<void> {
  const transfer = await page.evaluateHandle<unknown>(`{
    const made = new DataTransfer();
    for (const [name, text] of Object.entries(${JSON.stringify(files)})) made.items.add(new File([text], name));
    made;
  }`);
  await page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
}

describeInBrowser('the page of view', (browser) => {
  const open = viewOpener(browser);

  test('opens a log that is chosen: sorted, filtered and followed without a console message, a request elsewhere or a breach of its policy', async () => {
    const { page, choose, trouble } = await open();
    await choose('netlog.json.gz', stored);
    const races = page.locator('#races');
    await races.getByRole('button', { name: 'Took' }).click();
    await races.getByLabel('Filter').fill('dual.lab.test');
    expect(await rowsOf(page)).toBe(1);
    await races.getByRole('link').first().click();
    await page.locator('article .chart svg').waitFor();
    expect(await page.locator('article').innerText()).toContain('It fell back from IPv6 to IPv4.');
    expect(await page.locator('article tr.decisive').count()).toBeGreaterThan(0);
    await page.goBack();
    for (const chart of await page.locator('#charts .chart').all()) {
      await chart.scrollIntoViewIfNeeded();
      await chart.locator('svg').waitFor();
    }
    expect(await page.title()).toBe('netlog.json.gz – netlog-analyze');
    expect(await trouble()).toEqual([]);
  });

  test('opens a log that is dropped, and another in its place', async () => {
    const { page, trouble } = await open();
    await drop(page, { 'first.json': log.toString() });
    await page.locator('#races').waitFor();
    await page.evaluate("location.hash = '#race-126'");
    await page.locator('#race-title').waitFor();
    await drop(page, { 'second.json': gunzipSync(readFileSync('samples/dual-hev3/netlog.json.gz')).toString() });
    await page.getByText('second.json', { exact: true }).waitFor();
    await page.locator('#races').waitFor();
    expect(new URL(page.url()).hash, 'a place of the first log').toBe('');
    expect(await page.getByText('first.json').count()).toBe(0);
    expect(await trouble()).toEqual([]);
  });

  test('opens the log given on the command line, at the place that its address names', async () => {
    const { page, trouble } = await open({ trace: SAMPLE, fragment: '#race-126' });
    await page.locator('#race-title').waitFor();
    expect(await page.locator('.file').innerText()).toBe(SAMPLE);
    expect(await trouble()).toEqual([]);
  });

  test('is worked by keyboard alone', async () => {
    const { page, chooseBy } = await open();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Skip to the report');
    await page.getByLabel('Colours').focus();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Choose a file');
    await chooseBy(() => page.keyboard.press('Enter'), 'netlog.json.gz', stored);
    await page.locator('#races').waitFor();
    expect(await page.evaluate('document.activeElement.id'), 'the report follows').toBe('main');
  });

  describe('while it reads', () => {
    const long = gzipSync(repeated(log, 40));

    test('it tells how far it is, and can be stopped', async () => {
      const { page, choose, trouble } = await open();
      // Within the page, so that no log is too short for it.
      await page.evaluate(CANCEL_AT_FIRST_PROGRESS);
      await choose('long.json.gz', long);
      await page.getByRole('heading', { name: 'Drop a NetLog here' }).waitFor();
      expect(await page.evaluate('stopped')).toEqual({ title: 'Reading long.json.gz', focus: 'Cancel', percent: expect.stringMatching(/^\d+ %$/) });
      await expect.poll(() => page.workers(), { message: 'nothing goes on' }).toEqual([]);
      expect(await focused(page)).toBe('Choose a file');
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(await trouble()).toEqual([]);
    });

    test('another log takes its place', async () => {
      const { page } = await open();
      await drop(page, { 'long.json': repeated(log, 40).toString() });
      await page.getByRole('heading', { name: 'Reading long.json' }).waitFor();
      await drop(page, { 'short.json': log.toString() });
      await page.locator('#races').waitFor();
      expect(await page.locator('.file').innerText()).toBe('short.json');
      expect(page.workers()).toHaveLength(1);
    });
  });

  describe('tells in one line of', () => {
    const REFUSED: readonly (readonly [what: string, name: string, bytes: Buffer, line: RegExp])[] = [
      ['an empty file', 'empty.json', Buffer.of(), /^empty\.json: .*empty/],
      ['something else', 'notes.txt', Buffer.from('hello'), /^notes\.txt: Expected a NetLog, .* found "hello" at byte 0\./],
      ['other JSON', 'trace.json', Buffer.from('{"traceEvents":[]}'), /^trace\.json: Expected a NetLog/],
      ['a log cut off in its head', 'cut.json', log.subarray(0, 900), /^cut\.json: /],
      ['gzip that holds nothing', 'broken.gz', stored.subarray(0, 15), /^broken\.gz: The gzip data is cut off or damaged/],
      ['an archive of several logs', 'two.zip', zip([{ name: 'a.json', content: log }, { name: 'b.json', content: log }]), /^two\.zip: Expected one NetLog in the zip archive, found 2 files/],
      ['a name that is markup', '<img src=x onerror=window.ran=1>\u202e.json', Buffer.from('<script>window.ran=1</script>'), /^<img src=x onerror=window\.ran=1>\\u202e\.json: .*<script>window/],
    ];

    test('what is no log, and opens the next one', async () => {
      const { page, choose, trouble } = await open();
      for (const [what, name, bytes, expected] of REFUSED) {
        await choose(name, bytes);
        // The last one's is there until this one is chosen.
        await page.getByText(`${plainText(name)}: `).waitFor();
        const line = await alertOf(page);
        expect(line, what).toMatch(expected);
        expect(line, what).not.toContain('\n');
      }
      await choose('netlog.json.gz', stored);
      await page.locator('#races').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(await page.evaluate('window.ran')).toBeUndefined();
      expect(await trouble()).toEqual([]);
    });

    test('several files at once', async () => {
      const { page } = await open();
      await drop(page, { 'a.json': '{}', 'b.json': '{}' });
      expect(await alertOf(page)).toMatch(/^Expected one log, found several\./);
    });

    test('a given log that has gone', async () => {
      const { page, trouble } = await open({ trace: SAMPLE });
      await page.locator('#races').waitFor();
      await page.route('**/log', (route) => route.abort());
      await page.reload();
      expect(await alertOf(page)).toMatch(/could not be loaded: /);
      expect((await trouble()).filter((line) => !line.includes('ERR_FAILED'))).toEqual([]);
    });
  });

  test('a log that holds no event worth telling has a report that says so', async () => {
    const { page, choose, trouble } = await open();
    await choose('quiet.json', Buffer.from('{"constants":{"logEventTypes":{"REQUEST_ALIVE":0},"logSourceType":{"NONE":0}},\n"events": [\n]}\n'));
    expect(await page.locator('#races').innerText()).toContain('The log has no races');
    expect(await trouble()).toEqual([]);
  });

  test('saves what it has under the name of the log, as often as asked', async () => {
    const { page, choose, saved, trouble } = await open();
    await choose('netlog.json.gz', stored);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as JSON' }).click()]);
    expect(download.suggestedFilename()).toBe('netlog.json.gz.report.json');
    expect(JSON.parse(await saved()).races).toHaveLength(await rowsOf(page));
    expect(await trouble()).toEqual([]);
  });

  test('a log whose every text is markup neither runs nor loads anything', async () => {
    const ATTACK = '"><img src=x onerror=window.ran=1><script>window.ran=1</script><a href="javascript:window.ran=1">\u202e';
    const hostile = everyText(JSON.parse(log.toString()), ATTACK);
    const { page, choose, saved, trouble } = await open();
    await choose(`${ATTACK.replaceAll('/', '')}.json`, Buffer.from(JSON.stringify(hostile)));
    await page.locator('#races').waitFor();
    const races: number[] = JSON.parse(await saved()).races.map(({ id }: { id: number }) => id);
    expect(races.length).toBeGreaterThan(3);
    expect(await page.locator('body').innerText()).toContain('onerror');
    for (const chart of await page.locator('#charts .chart').all()) {
      await chart.scrollIntoViewIfNeeded();
      await chart.locator('svg').waitFor();
    }
    for (const id of races) {
      await page.evaluate(`location.hash = 'race-${id}'`);
      await page.locator('article .chart svg').waitFor();
      for (const summary of await page.locator('article > div > details > summary').all()) await summary.click();
    }
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(await page.evaluate('document.querySelectorAll("main img, main script, iframe, object, embed, svg a, svg image, foreignObject").length')).toBe(0);
    expect(await page.locator('main a:not([href^="#"])').count(), 'no address of a log is a link').toBe(0);
    expect(await trouble()).toEqual([]);
  });

  test('cannot reach any other address, neither the page nor its worker, not even by a script that got in', async () => {
    const { page } = await open({ trace: SAMPLE });
    await page.locator('#races').waitFor();
    expect(await page.evaluate(REACH_OUT)).toBe('connect-src');
    expect(await page.workers()[0]?.evaluate(REACH_OUT)).toBe('connect-src');
  });
});

/** Texts that are no numbers become the attack, with some of themselves after it where that keeps them what they are. */
function everyText(value: unknown, attack: string, key = ''): unknown {
  if (typeof value === 'string') {
    if (key === 'time' || key === 'start_time' || /^\d+$/.test(value)) return value;
    return /^https?:\/\//.test(value) ? value + attack : /[[\]:/]|^\d/.test(value) ? value : attack + value;
  }
  if (Array.isArray(value)) return value.map((item) => everyText(item, attack, key));
  if (typeof value !== 'object' || value === null) return value;
  // The tables of the log stay: their names are keys.
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, everyText(member, attack, name)]));
}
