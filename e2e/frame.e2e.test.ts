import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { kubectl } from './harness/kubectl.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const namespace = `frame-e2e-${process.pid}`;

/** What belongs to no feature: palette, settings, rights, the way in, the storage. */
describe('around the pages', () => {
  let browser: Browser;
  let workbench: Workbench;
  const at = (path: string) => new URL(path, workbench.url).href;

  beforeAll(async () => {
    browser = await launchBrowser();
    workbench = await startWorkbench({ KUBECONFIG: testKubeconfig() });
    await kubectl('create', 'namespace', namespace);
    await kubectl('-n', namespace, 'create', 'configmap', 'lighthouse-keeper', '--from-literal=lamp=on');
    await kubectl('-n', namespace, 'create', 'role', 'keeper', '--verb=delete', '--resource=configmaps', '--resource-name=lighthouse-keeper');
    await kubectl('-n', namespace, 'create', 'rolebinding', 'keepers', '--role=keeper', '--user=ada-of-the-lighthouse');
  });

  afterAll(async () => {
    await browser?.close();
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
    await workbench?.[Symbol.asyncDispose]();
  });

  it('the palette finds an object of the cluster and opens it', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await page.getByRole('navigation').waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('lighthouse config');
    await page.getByRole('option', { name: /lighthouse-keeper/ }).click();
    await page.getByRole('complementary', { name: /lighthouse-keeper/ }).waitFor();
    expect(errors).toEqual([]);
  });

  it('keys, theme and times are as somebody chose them, also after a reload', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page } = opened;
    await page.goto(at('/settings'));
    await page.getByLabel('High contrast').check();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('In UTC').check();
    await page.getByLabel('Filter commands').fill('resource tree');
    await page.getByRole('button', { name: /^Change the keys of Resource tree/ }).click();
    await page.keyboard.press('z');
    await page.getByRole('button', { name: 'Back to its own keys' }).waitFor();
    await page.reload();
    expect(await page.locator('html').getAttribute('data-theme')).toBe('contrast');
    await page.getByRole('heading', { name: 'Settings' }).click();
    await page.keyboard.press('z');
    await page.waitForURL(/\/tree/);
    await page.goto(at('/settings'));
    await page.getByLabel('Letters alone run commands').uncheck();
    await page.getByRole('heading', { name: 'Settings' }).click();
    await page.keyboard.press('z');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    expect(page.url()).toContain('/settings');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`rights: what one may do, and who can by which binding (${colorScheme})`, async () => {
      await using opened = await openPage(browser, workbench.url, { colorScheme });
      const { page, errors } = opened;
      await page.goto(at('/access'));
      await page.getByLabel('Verb').fill('delete');
      await page.getByLabel('Resource', { exact: true }).fill('configmaps');
      await page.getByRole('combobox', { name: 'Namespace' }).first().fill(namespace);
      await page.getByLabel('Name', { exact: true }).fill('lighthouse-keeper');
      await page.getByRole('main').getByRole('button', { name: 'Ask' }).click();
      await page.getByText(/may delete configmaps “lighthouse-keeper”/).waitFor();
      await page
        .getByRole('row', { name: /ada-of-the-lighthouse/ })
        .getByRole('link', { name: /keepers/ })
        .waitFor();
      await page.getByRole('row', { name: /^\*/ }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(errors).toEqual([]);
    });
  }

  it('the way in ends on a diagnosed cluster, and the tutorial goes on as things are done', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await page.getByRole('link', { name: 'Set up in a minute' }).click();
    await page
      .getByText(/Nothing is broken|issues?\. The/)
      .first()
      .waitFor({ timeout: 60_000 });
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take the tutorial' }).click();
    const card = page.getByRole('complementary', { name: 'Tutorial' });
    await card.getByText(/Open the issues/).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await card.getByText(/Open one of them/).waitFor();
    await page.reload();
    await card.getByText(/Open one of them/).waitFor();
    await card.getByRole('button', { name: 'End the tutorial' }).click();
    await card.waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
  });

  it('the storage says whether it is whole', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page } = opened;
    await page.goto(at('/storage'));
    await page
      .getByRole('row', { name: /ledger/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText(/Everything is as it was written/).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
