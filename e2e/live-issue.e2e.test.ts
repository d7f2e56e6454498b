import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { paste, scenario } from './harness/kubectl.ts';
import { toIssues } from './harness/navigate.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const faulty = 'rbac-sa-missing';

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
    await toIssues(page);
    await using _fault = await scenario(faulty);

    const row = page.getByRole('row').filter({ hasText: faulty });
    await row.first().waitFor({ timeout: 60_000 });
    await row.getByRole('link').first().click();

    const article = page.getByRole('article');
    await article.getByRole('heading', { level: 1 }).waitFor();
    expect(await article.textContent()).toMatch(/ServiceAccount exporter.*does not exist/);
    await article.getByText(/How it spreads/i).waitFor();

    const commands = await copiedCommands(article, page);
    expect(commands[0]).toMatch(/^kubectl create serviceaccount exporter .*-n rbac-sa-missing/);

    await page.getByRole('link', { name: 'Issues' }).first().click();
    await row.first().waitFor();
    for (const command of commands) await paste(command);
    await row.first().waitFor({ state: 'detached', timeout: 90_000 });
    expect(errors).toEqual([]);
  });
});

/** What the copy buttons of the plan's steps put on the clipboard, in order. */
async function copiedCommands(article: Locator, page: Page): Promise<string[]> {
  const buttons = article.getByRole('button', { name: 'Copy command' });
  await buttons.first().waitFor();
  const commands: string[] = [];
  for (const button of await buttons.all()) {
    await button.click();
    commands.push(String(await page.evaluate('navigator.clipboard.readText()')));
  }
  return commands;
}
