import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { toIssues } from './harness/navigate.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const admin = 'admin@clustercodex.local';
const user = 'user@clustercodex.local';

/** A workbench where people log in, on the recorded demo with its two accounts. */
describe('a workbench of a team', () => {
  let browser: Browser;
  let workbench: Workbench;

  beforeAll(async () => {
    browser = await launchBrowser();
    workbench = await startWorkbench({ KUBECONFIG: '/nonexistent/kubeconfig', HOME: '/nonexistent' }, ['--team']);
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
  });

  it('shows nothing before a login, keeps the address, and says what was wrong', async () => {
    await using opened = await openPage(browser, `${workbench.url}account`);
    const { page } = opened;
    await page.getByRole('heading', { name: 'Log in to Quarterdeck' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await submit(page, admin, 'not the password');
    expect(await page.getByRole('alert').textContent()).toContain('wrong');
    await logIn(page, admin);
    await page.getByRole('heading', { name: 'Account' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: /^Account:/ }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.getByRole('heading', { name: 'Log in to Quarterdeck' }).waitFor();
  });

  it('lets somebody see what their policy allows, and more as soon as an administrator says so', async () => {
    await using restricted = await openPage(browser, workbench.url);
    await logIn(restricted.page, user);
    await toIssues(restricted.page);
    await restricted.page.getByText(/^Nothing is broken/).waitFor();
    expect(await restricted.page.getByRole('link', { name: 'Nodes' }).count()).toBe(0);

    await using manages = await openPage(browser, `${workbench.url}admin/users`);
    const { page } = manages;
    await logIn(page, admin);
    await page.getByRole('row').filter({ hasText: user }).click();
    const panel = page.getByRole('complementary');
    await panel.getByLabel('Only a part of the clusters').uncheck();
    expect(await violations(page)).toEqual([]);
    await panel.getByRole('button', { name: 'Save what they see' }).click();

    await restricted.page.locator('tbody').getByRole('row').first().waitFor({ timeout: 60_000 });
    await page.goto(`${workbench.url}audit`);
    await page.getByRole('row').filter({ hasText: 'policy change' }).first().waitFor();
    await page.getByText(/rows as they were written/).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  async function logIn(page: Page, email: string): Promise<void> {
    const [, password = ''] = await workbench.told(new RegExp(`^Log in as ${email.replaceAll('.', '\\.')} with (\\S+)`));
    await submit(page, email, password);
    await page.getByRole('button', { name: /^Account:/ }).waitFor();
  }
});

async function submit(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
}
