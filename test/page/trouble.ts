/** An ear for everything that should not happen on a page. */
import type { Page } from 'playwright-core';

/**
 * Console messages, exceptions, requests and breaches of the content policy from now on; empty as it should be. To be
 * called before the page is opened.
 */
export async function listenForTrouble(page: Page, mayRequest: (address: string) => boolean): Promise<() => Promise<string[]>> {
  const heard: string[] = [];
  page.on('console', (message) => heard.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => heard.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    if (!mayRequest(request.url())) heard.push(`request: ${request.url()}`);
  });
  await page.addInitScript('window.breaches = []; addEventListener("securitypolicyviolation", (e) => breaches.push(`${e.violatedDirective}: ${e.blockedURI}`));');
  return async () => [...heard, ...(await page.evaluate<string[]>('breaches'))];
}
