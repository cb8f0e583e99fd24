/** A log with 20,000 races: the page stays small and usable, and says what it leaves out. */
import { expect, test } from 'vitest';
import { aRace, aReport, aRequest, anAttempt } from '../report/builders.ts';
import { describeInBrowser } from './browser.ts';
import { dataOf, pageOf, reportOpener } from './open-report.ts';

const COUNT = 20_000;

const report = aReport({
  races: Array.from({ length: COUNT }, (_, i) =>
    aRace({
      id: i,
      destination: { scheme: 'https', host: `h${i % 700}.test`, port: 443 },
      startMs: i,
      endMs: i + 50 + (i % 97),
      durationMs: 50 + (i % 97),
      outcome: i % 1000 === 0 ? 'failed' : 'connected',
      requestIds: [i + COUNT],
      attempts: Array.from({ length: 4 }, (_attempt, k) => anAttempt({ id: 10 * i + k, ipEndpoint: '10.0.0.1:443', startMs: i + 10 * k, endMs: i + 50, outcome: k === 0 ? 'won' : 'lost' })),
    }),
  ),
  requests: Array.from({ length: COUNT }, (_, i) => aRequest({ id: i + COUNT, raceId: i, endMs: i })),
});

describeInBrowser('the page of 20,000 races', (browser) => {
  const { open } = reportOpener(browser);

  test('has the races that matter, says how many it leaves out, and can be sorted, filtered and followed', async () => {
    const { page, html, trouble } = await open(dataOf(pageOf(report)));
    expect(html.length).toBeLessThan(8_000_000);
    const races = page.locator('#races');
    expect(await races.locator('.note').innerText()).toMatch(/^This page has 2,000 of 20,000 races: of those that findings name, .*--top 0 makes one with all\.$/);
    expect(await page.locator('#summary').innerText()).toContain('20,000: 19,980 connected, 20 failed');
    expect(await races.getByLabel('Outcome').locator('option').allInnerTexts(), 'all that failed are there').toContain('failed (20)');
    expect(await races.locator('tbody tr').count(), 'the document stays small').toBe(25);
    await races.getByRole('button', { name: 'Took' }).click();
    await races.getByLabel('Filter').fill('h96.test');
    await races.locator('tbody a').first().click();
    await page.locator('.chart svg').waitFor();
    expect(await page.locator('article table').first().locator('tbody tr').count()).toBe(4);
    expect(await trouble()).toEqual([]);
  });
});
