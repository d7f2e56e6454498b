import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { kubectl, scenarioFile } from './harness/kubectl.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const namespace = 'home-e2e';

/** The pages that one looks at first, on a live cluster with one fault in a namespace of its own. */
describe('what somebody on call opens', () => {
  let browser: Browser;
  let workbench: Workbench;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'quarterdeck-home-'));
    browser = await launchBrowser();
    workbench = await startWorkbench({ KUBECONFIG: testKubeconfig() });
    await removeNamespace();
    const manifest = await readFile(scenarioFile('rbac-sa-missing'), 'utf8');
    await apply(manifest.replaceAll('rbac-sa-missing', namespace));
  });

  afterAll(async () => {
    await removeNamespace();
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function apply(manifest: string): Promise<void> {
    const file = path.join(folder, 'manifest.yaml');
    await writeFile(file, manifest);
    await kubectl('apply', '-f', file);
  }

  it('shows numbers that lead to lists with as many rows', async () => {
    await using opened = await openPage(browser, inNamespace('/'));
    const { page, errors } = opened;
    const deployments = page.getByRole('region', { name: 'What runs' }).getByRole('link', { name: /^1 Deployments$/ });
    await deployments.waitFor({ timeout: 30_000 });
    const faulty = page.getByRole('region', { name: 'What runs' }).getByRole('link', { name: /^1 faulty Deployments$/ });
    await faulty.waitFor({ timeout: 60_000 });
    await faulty.click();
    await page.getByRole('heading', { level: 1, name: /^Deployments/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('status:faulty');
    await expect.poll(() => page.locator('tbody').getByRole('row').count()).toBe(1);
    await page.goBack();
    await page.getByRole('region', { name: 'Changed in the last hour' }).getByText(`${namespace}/exporter`).first().waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('heading', { level: 1, name: /^Pods/ }).waitFor();
    await page.keyboard.press('b');
    await page.goto(inNamespace('/', page.url()));
    await page.getByRole('region', { name: 'Pinned' }).getByRole('link', { name: /^Pods/ }).waitFor();
    expect(errors).toEqual([]);
  });

  it('tells an event as it comes, and makes a rule of it that tells the next one', async () => {
    await using opened = await openPage(browser, inNamespace('/events'));
    const { page } = opened;
    await page.getByRole('heading', { level: 1, name: /^Events/ }).waitFor();
    await apply(event('first'));
    const row = page.getByRole('row').filter({ hasText: 'HomeTest' });
    await row.waitFor({ timeout: 30_000 });
    await row.getByRole('link', { name: /^Make an alert rule/ }).click();
    const panel = page.getByRole('complementary', { name: 'New rule' });
    expect(await panel.getByLabel('Reason (regular expression)').inputValue()).toBe('^HomeTest$');
    expect(await violations(page)).toEqual([]);
    await panel.getByRole('button', { name: 'Make the rule' }).click();
    await panel.waitFor({ state: 'detached' });
    await apply(event('second'));
    await page
      .getByText(/HomeTest: .*(first|second)/)
      .first()
      .waitFor({ timeout: 30_000 });
    const told = page.getByRole('region', { name: 'Told lately' });
    await told.getByText(`rule HomeTest in ${namespace}`).first().waitFor();
    await page.getByRole('region', { name: 'Rules' }).getByRole('button', { name: 'Test' }).click();
    await told.getByText('Test of an alert rule').waitFor();
  });

  it('is mended from the first screen to the end with the keyboard alone', async () => {
    await using opened = await openPage(browser, inNamespace('/'));
    const { page, errors } = opened;
    await page
      .getByRole('region', { name: 'Broken now' })
      .getByRole('link', { name: /ServiceAccount exporter/ })
      .waitFor({ timeout: 60_000 });
    await press(page, 'g', 'i');
    await page.getByRole('heading', { level: 1, name: 'Issues' }).waitFor();
    await press(page, 'j', 'Enter');
    const article = page.getByRole('article');
    await article.getByRole('heading', { level: 1, name: /ServiceAccount exporter/ }).waitFor();
    await article.getByRole('button', { name: /^Preview \d step/ }).waitFor();
    await press(page, '1', 'y');
    await page.getByRole('complementary', { name: /^Deployment exporter/ }).waitFor();
    expect(new URL(page.url()).searchParams.get('section')).toBe('yaml');
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: /^Deployment exporter/ }).waitFor({ state: 'detached' });
    await page.keyboard.press('p');
    await article.getByRole('heading', { name: 'Carrying it out' }).waitFor();
    const approve = article.locator('button[type=submit]');
    await approve.waitFor();
    expect(await violations(page)).toEqual([]);
    await tabToSubmit(page);
    await page.keyboard.press('Enter');
    await article.getByRole('button', { name: /undo/i }).first().waitFor({ timeout: 60_000 });
    expect(await kubectl('get', 'serviceaccount', 'exporter', '-n', namespace, '-o', 'name')).toContain('exporter');
    await article.getByText(/The symptom is gone|This issue is gone/).waitFor({ timeout: 90_000 });
    expect(errors).toEqual([]);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no accessibility violations on its pages (${colorScheme})`, async () => {
      await using opened = await openPage(browser, inNamespace('/'), { colorScheme });
      const { page } = opened;
      for (const [address, ready] of pages) {
        await page.goto(inNamespace(address, page.url()));
        await page.getByText(ready).first().waitFor({ timeout: 30_000 });
        expect(await violations(page), address).toEqual([]);
      }
    });
  }

  it('fits a phone', async () => {
    await using opened = await openPage(browser, inNamespace('/'), { viewport: { width: 390, height: 844 } });
    const { page } = opened;
    for (const [address, ready] of pages) {
      await page.goto(inNamespace(address, page.url()));
      await page.getByText(ready).first().waitFor({ timeout: 30_000 });
      expect(await page.evaluate('document.documentElement.scrollWidth'), address).toBe(390);
    }
  });

  /** An address of the workbench in the namespace of this test; the first one brings the token. */
  function inNamespace(address: string, here?: string): string {
    const url = new URL(here ?? workbench.url);
    url.pathname = address;
    url.search = `?ns=${namespace}`;
    return url.href;
  }
});

const pages = [
  ['/', 'What runs'],
  ['/issues', 'Group by'],
  ['/events', 'Warnings'],
  ['/advice', 'What could be better'],
  ['/alerts', 'Quiet hours'],
  ['/fleet', 'shown now'],
] as const;

async function removeNamespace(): Promise<void> {
  await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=true', '--timeout=90s');
}

function event(name: string): string {
  const now = new Date().toISOString();
  return `apiVersion: v1
kind: Event
metadata: {name: home-test-${name}, namespace: ${namespace}}
involvedObject: {apiVersion: apps/v1, kind: Deployment, name: exporter, namespace: ${namespace}}
reason: HomeTest
message: The ${name} of them
type: Normal
count: 1
firstTimestamp: "${now}"
lastTimestamp: "${now}"
source: {component: home-test}
`;
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

const mostTabs = 60;

/** Goes on from where the focus is until it stands on what carries the action out. */
async function tabToSubmit(page: Page): Promise<void> {
  for (let tabs = 0; tabs < mostTabs; tabs += 1) {
    await page.keyboard.press('Tab');
    if ((await page.evaluate('document.activeElement?.getAttribute("type")')) === 'submit') return;
  }
  throw new Error('Tab does not lead to the button.');
}
