/** The page of a report in a real browser: what a reader does with it, and that nothing else happens meanwhile. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { PageEvent } from '../../src/report/html/page-data.ts';
import { aFinding, anAttempt, aRace, aReport, aRequest, aResolution, aSession, blackholeRace, cryptoWaitRace, failedRace } from '../report/builders.ts';
import { describeInBrowser } from './browser.ts';
import { dataOf, pageOf, reportOpener } from './open-report.ts';

const [blackhole, cryptoWait, failed] = [blackholeRace(), cryptoWaitRace(), failedRace()];
const anEvent = (index: number, parts: Partial<PageEvent> = {}): PageEvent => ({ index, position: 0, atMs: 30, type: 'TCP_CONNECT', phase: 'BEGIN', params: [], ...parts });
/** The attempt that won was decided at event 77 of source 138. */
const decided = {
  ...blackhole.race,
  attempts: blackhole.race.attempts.map((attempt) => (attempt.id === 138 ? { ...attempt, evidence: { sourceIds: [138], eventIndices: [77] } } : attempt)),
};
const others = Array.from({ length: 30 }, (_, i) =>
  aRace({
    id: 1000 + i,
    destination: { scheme: 'https', host: `h${i}.b.test`, port: 443 },
    startMs: 3000 + i,
    endMs: 3100 + 2 * i,
    durationMs: 100 + i,
    attempts: [anAttempt({ id: 2000 + i, ipEndpoint: '10.0.0.1:443', startMs: 3000 + i, endMs: 3100 + 2 * i })],
  }),
);
const report = aReport({
  trace: { file: 'first.json' },
  races: [decided, cryptoWait.race, failed.race, ...others],
  resolutions: [blackhole.resolution, cryptoWait.resolution, failed.resolution, aResolution({ id: 700, host: 'h0.b.test', source: 'cache' })],
  requests: [aRequest({ raceId: 112, sessionId: 150, endMs: 400, status: 200, connection: 'new' })],
  sessions: [aSession()],
  findings: [aFinding({ evidence: { sourceIds: [138, 900], eventIndices: [77] }, spec: 'RFC 8305 section 5' })],
});
const sources = [
  { id: 112, type: 'HTTP_STREAM_POOL_ATTEMPT_MANAGER', eventCount: 9, events: [anEvent(70), anEvent(75, { position: 4, params: ['source_dependency = 138 (SOCKET)', 'code = 1'] })] },
  { id: 138, type: 'SOCKET', eventCount: 3, events: [anEvent(76), anEvent(77, { position: 1, phase: 'END', params: ['net_error = 0'] }), anEvent(78, { position: 2 })] },
  { id: 900, type: 'HOST_RESOLVER', eventCount: 1, events: [anEvent(5)] },
];
const data = dataOf(pageOf(report, { sources }));

/** What has the focus: its id, or its text. */
const focused = (page: Page): Promise<string> => page.evaluate<string>('document.activeElement.id || document.activeElement.innerText');
const colourOf = (page: Page, selector: string): Promise<string> => page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).backgroundColor`);

describeInBrowser('the page', (browser) => {
  const { open } = reportOpener(browser);

  test('is read, sorted, filtered, followed and darkened without a console message, a request or a breach of its policy', async () => {
    const { page, trouble } = await open(data);
    await page.locator('#races').getByRole('button', { name: 'Took' }).click();
    await page.locator('#races').getByLabel('Filter').fill('a.test');
    await page.locator('#races').getByRole('link', { name: '112' }).click();
    await page.locator('.chart svg').waitFor();
    await page.getByLabel('Colours').selectOption('dark');
    await page.locator('article').getByRole('link', { name: '138' }).first().click();
    await page.goBack();
    await page.goBack();
    await page.locator('#charts').scrollIntoViewIfNeeded();
    for (const chart of await page.locator('#charts .chart').all()) {
      await chart.scrollIntoViewIfNeeded();
      await chart.locator('svg').waitFor();
    }
    expect(await page.locator('#charts').getByText('could not be drawn').count()).toBe(0);
    expect(await trouble()).toEqual([]);
  });

  test('tells what the log is and what happened', async () => {
    const { page } = await open(data);
    const summary = page.locator('#summary');
    expect(await summary.locator('dd').first().innerText()).toBe('Chromium 156.0.8078.79 on Linux: 6.1');
    expect(await summary.getByText('33: 32 connected, 1 failed').locator('strong').innerText()).toBe('1 failed');
    expect(await page.title()).toBe('first.json – netlog-analyze');
  });

  describe('a table', () => {
    const ids = async (table: ReturnType<Awaited<ReturnType<typeof open>>['page']['locator']>): Promise<string[]> => table.locator('tbody th').allInnerTexts();

    test('sorts at a press on a column’s title, by keyboard too, and tells so', async () => {
      const { page } = await open(data);
      const races = page.locator('#races');
      const took = races.locator('th', { has: page.getByRole('button', { name: 'Took' }) });
      await took.getByRole('button').focus();
      await page.keyboard.press('Enter');
      expect(await took.getAttribute('aria-sort')).toBe('descending');
      expect((await ids(races)).slice(0, 3)).toEqual(['112', '126', '1029']);
      await page.keyboard.press('Enter');
      expect(await took.getAttribute('aria-sort')).toBe('ascending');
      expect((await ids(races)).slice(0, 2)).toEqual(['200', '1000']);
      await page.keyboard.press('Enter');
      expect(await took.getAttribute('aria-sort')).toBeNull();
      expect((await ids(races))[0], 'first what a finding is about').toBe('112');
    });

    test('filters by text and by facets, says how many match, and resets', async () => {
      const { page } = await open(data);
      const races = page.locator('#races');
      await races.getByLabel('Filter').fill('B.TEST');
      expect(await races.getByRole('status').innerText()).toBe('30 of 33 races match; showing 1 to 25');
      await races.getByLabel('Filter').fill('');
      await races.getByLabel('Outcome').selectOption({ label: 'failed (1)' });
      expect(await ids(races)).toEqual(['200']);
      await races.getByRole('button', { name: 'Reset' }).click();
      expect(await races.getByRole('status').innerText()).toBe('33 races; showing 1 to 25');
      expect(await races.getByLabel('Outcome').inputValue()).toBe('');
      await races.getByLabel('Fell back').selectOption({ label: 'family (1)' });
      expect(await ids(races)).toEqual(['112']);
    });

    test('has pages', async () => {
      const { page } = await open(data);
      const races = page.locator('#races');
      expect(await races.getByRole('button', { name: 'Previous' }).isDisabled()).toBe(true);
      await races.getByRole('button', { name: 'Next' }).click();
      expect(await races.getByRole('status').innerText()).toBe('33 races; showing 26 to 33');
      expect(await ids(races)).toHaveLength(8);
      expect(await races.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
      expect(await page.locator('#sessions').getByRole('button', { name: 'Next' }).isVisible(), 'not where one page holds all').toBe(false);
    });

    test('has what screen readers go by', async () => {
      const { page } = await open(data);
      for (const table of await page.locator('section table').all()) {
        expect(await table.locator('caption').count()).toBe(1);
        expect(await table.locator('thead th:not([scope=col])').count()).toBe(0);
        expect(await table.locator('tbody tr:not(:has(th[scope=row]))').count()).toBe(0);
      }
      expect(await page.locator('main').count()).toBe(1);
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      expect(await page.locator('input:not(label input), select:not(label select)').count(), 'each control has a label').toBe(0);
    });
  });

  describe('a race', () => {
    test('opens by keyboard with its story, waterfall, attempts and events, and going back leads to where it was', async () => {
      const { page } = await open(data);
      const link = page.locator('#races').getByRole('link', { name: '112', exact: true });
      await link.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Race 112: https://a.test' }).waitFor();
      expect(await focused(page)).toBe('race-title');
      expect(await page.getByText('It fell back from IPv6 to IPv4.').isVisible()).toBe(true);
      expect(await page.locator('.chart svg').getByText('TCP 10.77.0.21').first().isVisible()).toBe(true);
      expect(await page.locator('article table').first().locator('tbody tr').count()).toBe(4);
      expect(await page.locator('details', { hasText: 'Source 112' }).locator('.gap').allInnerTexts()).toEqual(['… 3 events left out …', '… 4 events left out …']);
      await page.goBack();
      await page.locator('#races').waitFor();
      expect(await focused(page)).toBe('112');
    });

    test('leads from an attempt to the event that decided it, and from there to the source that it depends on', async () => {
      const { page } = await open(data, '#race-112');
      await page.locator('article table').first().getByRole('link', { name: '138' }).click();
      const event = page.locator('[id="event-77"]');
      await event.waitFor();
      expect(await focused(page)).toBe('event-77');
      expect(await event.innerText()).toMatch(/TCP_CONNECT\s*ends\s*decisive\s*net_error = 0/);
      expect(page.url()).toMatch(/#race-112\/event-77$/);
      await page.locator('details', { hasText: 'Source 112' }).getByRole('link', { name: '138' }).click();
      expect(page.url()).toMatch(/#race-112\/event-76$/);
    });

    test('opens at an event by its address', async () => {
      const { page } = await open(data, '#race-112/event-77');
      expect(await focused(page)).toBe('event-77');
    });

    test('that the page does not have is said to be missing, above the rest', async () => {
      const { page } = await open(data, '#race-31337');
      expect(await page.getByRole('alert').innerText()).toContain('no race 31337');
      expect(await page.locator('#races').isVisible()).toBe(true);
    });
  });

  test('a finding leads to the races that it is about and to its other sources', async () => {
    const { page } = await open(data);
    const finding = page.locator('#findings li');
    expect(await finding.innerText()).toContain('IPv6 gets no answer');
    expect(await finding.getByRole('link').allInnerTexts()).toEqual(['race 112', 'source 900']);
    await finding.getByRole('link', { name: 'source 900' }).click();
    expect(await page.getByRole('heading', { level: 2 }).innerText()).toBe('Source 900: HOST_RESOLVER');
    expect(await page.locator('[id="event-5"]').isVisible()).toBe(true);
  });

  test('of several traces one is shown, and another at a choice or by its address', async () => {
    const second = pageOf(aReport({ trace: { file: 'second.json' }, races: [failed.race] }));
    const { page, trouble } = await open(dataOf(pageOf(report), second));
    await page.locator('header').getByLabel('Trace').selectOption('second.json');
    expect(await page.locator('#races tbody th').allInnerTexts()).toEqual(['200']);
    await page.locator('#races').getByRole('link', { name: '200' }).click();
    expect(page.url()).toMatch(/#trace-2\/race-200$/);
    await page.getByRole('link', { name: 'Back to the report' }).click();
    expect(await page.locator('header').getByLabel('Trace').inputValue()).toBe('1');
    expect(await trouble()).toEqual([]);
  });

  test('an empty trace says so', async () => {
    const { page, trouble } = await open(dataOf(pageOf(aReport())));
    expect(await page.locator('#races').innerText()).toContain('The log has no races');
    await page.locator('#charts').scrollIntoViewIfNeeded();
    await page.locator('#charts .chart svg').first().waitFor();
    expect(await trouble()).toEqual([]);
  });

  describe('light and dark', () => {
    const LIGHT = 'rgb(255, 255, 255)';
    const DARK = 'rgb(27, 30, 35)';

    test('follow the system, then the reader’s choice, in charts too', async () => {
      const { page } = await open(data, '#race-112', { colorScheme: 'dark' });
      await page.locator('.chart svg').waitFor();
      expect(await colourOf(page, ':root')).toBe(DARK);
      expect(await colourOf(page, '.chart svg')).toBe(DARK);
      await page.getByLabel('Colours').selectOption('light');
      expect(await colourOf(page, ':root')).toBe(LIGHT);
      expect(await colourOf(page, '.chart svg')).toBe(LIGHT);
      await page.getByLabel('Colours').selectOption('system');
      expect(await colourOf(page, ':root')).toBe(DARK);
      await page.emulateMedia({ colorScheme: 'light' });
      await expect.poll(() => colourOf(page, ':root')).toBe(LIGHT);
    });

    test('one meaning has one colour, in tables and charts', async () => {
      const { page } = await open(data, '#race-112');
      await page.locator('.chart svg').waitFor();
      expect(await colourOf(page, 'article table .swatch.won')).toBe('rgb(24, 129, 0)');
      expect(await page.locator('.chart svg path[fill="#188100"]').count()).toBeGreaterThan(0);
    });

    test('paper is light, has every chart, and no controls', async () => {
      const { page, trouble } = await open(data, '', { colorScheme: 'dark' });
      await page.evaluate('dispatchEvent(new Event("beforeprint"))');
      await page.emulateMedia({ media: 'print' });
      expect(await colourOf(page, ':root')).toBe(LIGHT);
      expect(await page.locator('#charts .chart svg').count()).toBe(await page.locator('#charts .chart').count());
      expect(await page.getByLabel('Filter').first().isVisible()).toBe(false);
      expect((await page.pdf({ format: 'A4' })).subarray(0, 5).toString()).toBe('%PDF-');
      expect(await trouble()).toEqual([]);
    });
  });

  test('fits a narrow window: only tables and charts scroll sideways, on their own', async () => {
    for (const fragment of ['', '#race-112', '#source-138']) {
      const { page } = await open(data, fragment, { viewport: { width: 400, height: 800 } });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
    }
  });

  test('the content policy holds: no other script, style, image or connection', async () => {
    const { page, trouble } = await open(data);
    const answered: string[] = [];
    page.on('response', (response) => answered.push(response.url()));
    await page.evaluate(`
      const add = (tag, set) => document.body.append(Object.assign(document.createElement(tag), set));
      add('script', { textContent: 'window.ran = true' });
      add('style', { textContent: 'body { display: none }' });
      add('img', { src: 'https://example.test/x.png' });
      add('iframe', { src: 'https://example.test/' });
      document.body.setAttribute('onclick', 'window.ran = true');
      document.body.click();
      fetch('https://example.test/').catch(() => 0);`);
    await expect.poll(async () => (await trouble()).filter((line) => /^[a-z]+-src/.test(line)).map((line) => line.replace(/:.*/s, '')).toSorted()).toEqual(
      ['connect-src', 'frame-src', 'img-src', 'script-src-attr', 'script-src-elem', 'style-src-elem'],
    );
    expect(await page.evaluate('window.ran')).toBeUndefined();
    expect(await page.locator('body').isVisible()).toBe(true);
    expect(answered).toEqual([]);
  });
});
