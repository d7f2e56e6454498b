import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { kubectl, scenario } from './harness/kubectl.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const faulty = 'svc-selector-mismatch';

/** The main job, as a person does it: see it, read why, take the plan, mend it, see it leave. */
describe('an issue on a live cluster', () => {
  let browser: Browser;
  let workbench: Workbench;

  beforeAll(async () => {
    browser = await launchBrowser();
    workbench = await startWorkbench({ KUBECONFIG: testKubeconfig() });
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
  });

  it('appears by itself, says its cause, gives its plan, and leaves when it is mended', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await page.getByRole('heading', { name: 'Issues' }).waitFor();
    await using _fault = await scenario(faulty);

    const row = page.getByRole('row').filter({ hasText: faulty });
    await row.first().waitFor({ timeout: 60_000 });
    await row.getByRole('link').first().click();

    const cause = page.getByRole('heading', { level: 1 });
    await cause.waitFor();
    const article = page.getByRole('article');
    await expect.poll(() => article.textContent()).toMatch(/app=catalogue/);
    await article.getByText(/How it spreads/i).waitFor();

    const copyCommand = article.getByRole('button', { name: 'Copy command' }).first();
    await copyCommand.click();
    const command = await page.evaluate('navigator.clipboard.readText()');
    expect(command).toMatch(/^kubectl .*-n svc-selector-mismatch/);

    await page.getByRole('link', { name: 'Issues' }).first().click();
    await row.first().waitFor();
    await kubectl('-n', faulty, 'patch', 'service', 'catalog', '--type=merge', '-p', '{"spec":{"selector":{"app":"catalog"}}}');
    await row.first().waitFor({ state: 'detached', timeout: 60_000 });
    expect(errors).toEqual([]);
  });
});
