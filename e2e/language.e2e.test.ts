import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { toIssues } from './harness/navigate.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const pages = [
  '/',
  '/issues',
  '/events',
  '/advice',
  '/fleet',
  '/tree',
  '/topology',
  '/resources/Pod',
  '/resources/Node',
  '/access',
  '/actions',
  '/audit',
  '/settings',
];

/** The page in German, on the recording. */
describe('another language', () => {
  let browser: Browser;
  let workbench: Workbench;
  const at = (path: string) => new URL(path, workbench.url).href;

  const inGerman = async (page: Page) => {
    await page.goto(at('/settings'));
    await page.getByLabel('Deutsch').check();
    await page.locator('html[lang=de]').waitFor();
  };

  beforeAll(async () => {
    browser = await launchBrowser();
    workbench = await startWorkbench({ KUBECONFIG: '/nonexistent/kubeconfig', HOME: '/nonexistent' });
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
  });

  it('is there at once, stays over a reload, and goes back', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await inGerman(page);
    await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
    await page
      .getByRole('navigation', { name: 'Hauptnavigation' })
      .getByRole('link', { name: /^Störungen/ })
      .click();
    await page
      .locator('tbody')
      .getByRole('link', { name: /StorageClass premium-rwo/ })
      .click();
    await page.getByText('Wie sie sich ausbreitet').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await page.getByText('Wie sie sich ausbreitet').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.goto(at('/settings'));
    await page.getByLabel('English').check();
    await page.locator('html[lang=en]').waitFor();
    await toIssues(page);
    expect(errors).toEqual([]);
  });

  it('finds room on a phone', async () => {
    await using opened = await openPage(browser, workbench.url, { viewport: { width: 390, height: 844 } });
    const { page } = opened;
    await inGerman(page);
    for (const path of pages) {
      await page.goto(at(path));
      await page.getByRole('main').waitFor();
      expect([path, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([path, 390]);
    }
  });
});
