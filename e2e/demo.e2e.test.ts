import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { toIssues } from './harness/navigate.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

/** What somebody without a cluster sees first: a recording, which has to hold everything that reads. */
describe('the recorded demo', () => {
  let browser: Browser;
  let workbench: Workbench;

  beforeAll(async () => {
    browser = await launchBrowser();
    workbench = await startWorkbench({ KUBECONFIG: '/nonexistent/kubeconfig', HOME: '/nonexistent' });
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
  });

  it('shows its faults, says that it is a recording and how to get a real cluster', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await page
      .getByText(/recording/i)
      .first()
      .waitFor();
    await page
      .getByText(/qd sandbox up/)
      .first()
      .waitFor();
    await toIssues(page);
    await expect.poll(() => page.locator('tbody').getByRole('row').count(), { timeout: 20_000 }).toBeGreaterThanOrEqual(10);
    expect(errors).toEqual([]);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no accessibility violations on its pages (${colorScheme})`, async () => {
      await using opened = await openPage(browser, workbench.url, { colorScheme });
      const { page } = opened;
      await toIssues(page);
      await page.locator('tbody').getByRole('row').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await page
        .locator('tbody')
        .getByRole('link', { name: /StorageClass premium-rwo/ })
        .click();
      await page.getByText(/How it spreads/i).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('g');
      await page.keyboard.press('p');
      await page.locator('tbody').getByRole('row').first().waitFor();
      expect(await violations(page)).toEqual([]);
    });
  }
});
