import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, openPage } from './harness/browser.ts';
import { toIssues } from './harness/navigate.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

/** Kept on the page by the script below: what its policy forbade. */
const violations = 'JSON.stringify(window.violations)';
const keepViolations = `window.violations = []; document.addEventListener('securitypolicyviolation', (event) =>
  window.violations.push(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sourceFile + ':' + event.lineNumber + ' ' + event.sample));`;

/** The page under the policy that it is sent with: no inline code, no style without the nonce, no markup out of text. */
describe('the page in a browser', () => {
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

  it('never does what its policy forbids, on any page, menu or dialog', async () => {
    await using opened = await openPage(browser, 'about:blank');
    const { page, errors } = opened;
    await page.addInitScript(keepViolations);
    await page.goto(workbench.url);
    await toIssues(page);
    await firstRow(page);
    await page.locator('tbody').getByRole('link').first().click();
    await page.getByRole('article').getByRole('heading', { level: 1 }).waitFor();
    for (const keys of ['Control+k', '?']) {
      await page.keyboard.press(keys);
      await page.getByRole('dialog').first().waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').first().waitFor({ state: 'detached' });
    }
    await visit(page, [
      '/resources/Pod',
      '/resources/Deployment',
      '/tree',
      '/issues',
      '/',
      '/events',
      '/advice',
      '/alerts',
      '/fleet',
      '/audit',
      '/account',
      '/no-such-page',
    ]);
    expect(await page.evaluate(violations)).toBe('[]');
    expect(errors).toEqual([]);
  });

  it('runs no script and takes no markup that gets into it', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page } = opened;
    await toIssues(page);
    await firstRow(page);
    const inline = "(() => { const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s); })()";
    await page.evaluate(inline).catch(() => undefined); // Trusted Types refuse the text before it is a script.
    const markup = "(() => { try { document.body.innerHTML = '<img src=x onerror=window.ran=true>'; return 'taken'; } catch { return 'refused'; } })()";
    expect(await page.evaluate(markup)).toBe('refused');
    expect(await page.evaluate('window.ran === undefined')).toBe(true);
  });

  it('takes the token out of its address, and is nothing to a page that has the cookie alone', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, context } = opened;
    await toIssues(page);
    await firstRow(page);
    expect(page.url()).not.toContain('token');
    const [cookie] = await context.cookies();
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
    const { origin } = new URL(page.url());
    const stolen = await fetch(`${origin}/api/auth/session`, { headers: { cookie: `${cookie?.name}=${cookie?.value}` } });
    expect(stolen.status).toBe(401);
    await page.reload();
    await firstRow(page);
  });
});

function firstRow(page: Page): Promise<void> {
  return page.locator('tbody').getByRole('row').first().waitFor({ timeout: 20_000 });
}

/** Each as somebody opens it: anew, with the page's policy for it. What was forbidden on one before is asked for before it goes. */
async function visit(page: Page, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    expect(await page.evaluate(violations)).toBe('[]');
    await page.goto(new URL(path, page.url()).href);
    await page.getByRole('navigation').first().waitFor();
    await page.waitForLoadState('networkidle').catch(() => undefined); // A page that goes on asking is loaded as well.
  }
}
