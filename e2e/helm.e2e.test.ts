import path from 'node:path';
import { testPrograms } from '@quarterdeck/cluster/testing/programs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { kubectl } from './harness/kubectl.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const namespace = `e2e-helm-${process.pid}`;
const chart = path.join(import.meta.dirname, '..', 'packages', 'cluster', 'src', 'helm', 'testdata', 'lantern');

/** A release from its first preview to its end, by what a person presses; the cluster is asked whether it is so. */
describe('Helm releases', () => {
  let browser: Browser;
  let workbench: Workbench;

  beforeAll(async () => {
    const { helm } = await testPrograms();
    browser = await launchBrowser();
    workbench = await startWorkbench({ KUBECONFIG: testKubeconfig(), HELM: helm });
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
  });

  it('installs, upgrades with a diff, rolls back and uninstalls', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await page.getByRole('link', { name: 'Helm', exact: true }).click();
    await page.getByRole('grid', { name: 'Helm releases' }).waitFor();
    expect(await violations(page)).toEqual([]);

    await install(page);
    expect(await mode()).toBe('steady');
    await upgrade(page);
    expect(await mode()).toBe('storm');
    await rollBack(page);
    expect(await mode()).toBe('steady');
    // Asked for once more while it goes, a release is not found: the browser notes that.
    expect(errors).toEqual([]);
    await uninstall(page);
    await expect
      .poll(() => kubectl('get', 'deployment/lamp', 'secret/lamp-login', '-n', namespace, '--ignore-not-found', '-o', 'name'), { timeout: 20_000 })
      .toBe('');
    await page.getByRole('row').filter({ hasText: namespace }).waitFor({ state: 'detached' });
  });
});

async function install(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Install a chart' }).click();
  const dialog = page.getByRole('dialog', { name: 'Install a chart' });
  await dialog.getByLabel('Release name').fill('lamp');
  await dialog.getByLabel('Namespace', { exact: true }).fill(namespace);
  await dialog.getByLabel('Where the chart is').selectOption('machine');
  await dialog.getByLabel('Folder or archive of the chart').fill(chart);
  await dialog.getByLabel('Create the namespace if it is not there').check();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByText('Helm would deploy lantern 1.0.0').waitFor();
  await dialog.getByText('ConfigMap').first().waitFor();
  await expect(kubectl('get', 'namespace', namespace)).rejects.toThrow(/not found/i);
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Install lamp' }).click();
  await dialog.getByText('Done').waitFor({ timeout: 60_000 });
  await dialog.getByRole('link', { name: 'Open the release' }).click();
  const panel = page.getByRole('complementary', { name: 'Helm release lamp' });
  await panel.getByText('3 of 3 objects there').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(settled);
  expect(await violations(page)).toEqual([]);
}

async function upgrade(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Upgrade', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Upgrade lamp' });
  await dialog.getByLabel('Where the chart is').selectOption('machine');
  await dialog.getByLabel('Folder or archive of the chart').fill(chart);
  await dialog.getByLabel('Values (YAML)').fill('auth: { password: <hidden 1a2b3c> }');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByText('Write the real values of auth.password').waitFor();
  await dialog.getByLabel('Values (YAML)').fill('mode: storm');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByText('+  mode: "storm"').waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Upgrade lamp to lantern 1.0.0' }).click();
  await dialog.getByText('Done').waitFor({ timeout: 60_000 });
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
}

async function rollBack(page: Page): Promise<void> {
  const panel = page.getByRole('complementary', { name: 'Helm release lamp' });
  await panel.getByRole('tab', { name: 'History' }).click();
  await panel.getByText('+mode: storm').waitFor();
  expect(await violations(page)).toEqual([]);
  await panel.getByRole('listitem').getByRole('button', { name: 'Roll back to 1' }).click();
  const dialog = page.getByRole('dialog', { name: 'Roll lamp back to revision 1' });
  await dialog.getByText('-  mode: "storm"').waitFor();
  await dialog.getByRole('button', { name: 'Roll lamp back to revision 1' }).click();
  await dialog.getByText('Done').waitFor({ timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
}

/** On the page of its own, as narrow as a telephone. */
async function uninstall(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Open as a page' }).click();
  await page.getByRole('heading', { name: 'lamp', level: 1 }).waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  await kubectl('delete', 'configmap', 'lamp-settings', '-n', namespace);
  await page.getByRole('tab', { name: 'Objects' }).click();
  await page.getByText('2 of 3 objects there').waitFor({ timeout: 30_000 });
  await page.getByText('not there').waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Uninstall' }).click();
  const dialog = page.getByRole('dialog', { name: 'Uninstall lamp' });
  await dialog.getByText('Removes 2 objects').waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Uninstall lamp with 2 objects' }).click();
  await dialog.getByText('Done').waitFor({ timeout: 60_000 });
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
  await page.getByRole('grid', { name: 'Helm releases' }).waitFor();
}

/** Colours on their way from one theme to the other are neither of both. */
const settled = 'Promise.allSettled(document.getAnimations().filter((each) => each instanceof CSSTransition).map((each) => each.finished))';

function mode(): Promise<string> {
  return kubectl('get', 'configmap', 'lamp-settings', '-n', namespace, '-o', 'jsonpath={.data.mode}');
}
