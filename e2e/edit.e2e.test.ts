import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { kubectl } from './harness/kubectl.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const namespace = 'e2e-edit';
const other = 'e2e-edit-dropped';
const image = 'docker.io/local/busybox:1';

const inside = (...args: string[]) => kubectl('--namespace', namespace, ...args);
const deployed = (name: string, path: string) => inside('get', 'deployment', name, '-o', `jsonpath={${path}}`);

describe('editing and creating', () => {
  let browser: Browser;
  let workbench: Workbench;

  beforeAll(async () => {
    await kubectl('delete', 'namespace', namespace, other, '--ignore-not-found', '--wait=true', '--timeout=90s');
    await kubectl('create', 'namespace', namespace);
    [browser, workbench] = await Promise.all([launchBrowser(), startWorkbench({ KUBECONFIG: testKubeconfig() })]);
    await inside('create', 'configmap', 'settings', '--from-literal=mode=fast', '--from-literal=size=7');
    await inside('create', 'secret', 'generic', 'login', '--from-literal=user=ada', '--from-literal=password=geheim12');
    for (const name of ['keys', 'moving', 'marked']) await inside('create', 'deployment', name, `--image=${image}`, '--replicas=0', '--', 'sleep', '9999');
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
    await kubectl('delete', 'namespace', namespace, other, '--ignore-not-found', '--wait=false');
  });

  async function at(path: string, colorScheme: 'light' | 'dark' = 'light') {
    const opened = await openPage(browser, workbench.url, { colorScheme });
    await opened.page.getByRole('link', { name: 'Issues' }).first().waitFor();
    await opened.page.goto(new URL(path, workbench.url).href);
    return opened;
  }
  const text = (page: Page) => page.locator('.cm-content').first();
  const deploymentAt = (name: string) => `/resources/deployments?ns=${namespace}&open=Deployment.apps/${namespace}/${name}&section=yaml`;

  /** The preview, and its approval. */
  async function approve(page: Page, action: RegExp): Promise<void> {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: action }).click();
  }

  it('takes an edit by keyboard alone: completion, preview, approval; and tells whose field it takes', async () => {
    await using opened = await at(deploymentAt('keys'));
    const { page, errors } = opened;
    await text(page).getByText('replicas').waitFor();
    await page.keyboard.press('e');
    await expect.poll(() => text(page).evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    await find(page, 'replicas: 0');
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('1');
    await page.keyboard.press('Enter');
    await page.keyboard.type('minR');
    await page.getByRole('option', { name: /minReadySeconds/ }).waitFor();
    // The editor takes no key for a completion that has been on screen for less than 75 ms: a person was still typing.
    await page.waitForTimeout(150);
    await page.keyboard.press('Enter');
    await page.keyboard.type('2');
    await page.getByText('spec.minReadySeconds').waitFor();
    await page.keyboard.press('Control+s');
    const owners = page.getByRole('region', { name: 'Who else set these fields' });
    await owners.getByText('.spec.replicas').waitFor();
    expect(await owners.textContent()).toContain('kubectl-create');
    await owners.getByRole('button', { name: /Take over 1 field/ }).press('Enter');
    await approve(page, /^Apply Deployment keys/);
    await expect.poll(() => deployed('keys', '.spec.replicas}{" "}{.spec.minReadySeconds'), { timeout: 15_000 }).toBe('1 2');
    expect(errors).toEqual([]);
  });

  it('merges what changed underneath, and lets one choose where both changed the same', async () => {
    await using opened = await at(deploymentAt('moving'));
    const { page, errors } = opened;
    await text(page).getByText('replicas').waitFor();
    await page.keyboard.press('e');
    await find(page, 'revisionHistoryLimit: 10');
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await inside('patch', 'deployment', 'moving', '-p', '{"spec":{"progressDeadlineSeconds":90}}');
    await page.getByRole('button', { name: 'Take it in' }).click();
    await text(page).getByText('progressDeadlineSeconds: 90').waitFor();
    await text(page).getByText('revisionHistoryLimit: 1', { exact: true }).waitFor();
    await inside('patch', 'deployment', 'moving', '-p', '{"spec":{"revisionHistoryLimit":4}}');
    await page.getByRole('button', { name: 'Compare three ways' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: /Keep yours: spec.revisionHistoryLimit/ }).click();
    await page.getByRole('button', { name: 'Go on with this' }).click();
    await text(page).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByRole('button', { name: /Take over/ }).click();
    await approve(page, /^Apply Deployment moving/);
    await expect.poll(() => deployed('moving', '.spec.revisionHistoryLimit}{" "}{.spec.progressDeadlineSeconds'), { timeout: 15_000 }).toBe('1 90');
    expect(errors).toEqual([]);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`marks what is wrong at its place, and keeps the draft over a reload (${colorScheme})`, async () => {
      await using opened = await at(deploymentAt('marked'), colorScheme);
      const { page } = opened;
      await text(page).getByText('replicas').waitFor();
      await page.keyboard.press('e');
      await find(page, 'replicas: 0');
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.keyboard.type('stratgy: {}');
      await page.getByText('1 problem').click();
      await page.getByText('stratgy is no field here. Is strategy meant?').waitFor();
      expect(await violations(page)).toEqual([]);
      page.once('dialog', (dialog) => void dialog.accept());
      await page.reload();
      await page.getByText('This is your draft from before').waitFor();
      await text(page).getByText('stratgy').waitFor();
    });
  }

  it('changes one key of a ConfigMap, and one value of a Secret without showing another', async () => {
    await using opened = await at(`/resources/configmaps?ns=${namespace}&open=ConfigMap/${namespace}/settings&section=data`);
    const { page } = opened;
    await page.getByRole('textbox', { name: 'Value of mode' }).fill('slow');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Control+s');
    await approve(page, /^(Change|Patch) ConfigMap settings/);
    await expect.poll(() => inside('get', 'configmap', 'settings', '-o', 'jsonpath={.data.mode} {.data.size}'), { timeout: 15_000 }).toBe('slow 7');

    await page.goto(new URL(`/resources/secrets?ns=${namespace}&open=Secret/${namespace}/login&section=data`, workbench.url).href);
    await page.getByRole('button', { name: 'Write another value: password' }).click();
    await page.getByRole('textbox', { name: 'Value of password' }).fill('besser');
    await page.keyboard.press('Control+s');
    const change = page.getByRole('dialog').getByRole('button', { name: /^(Change|Patch) Secret login/ });
    await change.waitFor();
    expect(await page.content()).not.toMatch(/YmVzc2Vy|Z2VoZWltMTI=|YWRh|geheim12/);
    await change.click();
    await expect
      .poll(() => inside('get', 'secret', 'login', '-o', 'jsonpath={.data.password} {.data.user}'), { timeout: 15_000 })
      .toBe(`${Buffer.from('besser').toString('base64')} ${Buffer.from('ada').toString('base64')}`);
  });

  it('applies a file of several documents in an order in which each finds what it needs', async () => {
    await using opened = await at(`/create?ns=${namespace}`);
    const { page } = opened;
    const file = [
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: first\n  namespace: ${other}\ndata:\n  a: b`,
      `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${other}`,
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: second\n  namespace: ${namespace}\ndata:\n  c: d`,
    ].join('\n---\n');
    await drop(page, 'all.yaml', file);
    await page.getByText('not tried: its namespace is created with it').waitFor();
    expect(
      await page
        .getByRole('region', { name: /What would come of it/ })
        .getByRole('listitem')
        .allTextContents(),
    ).toMatchObject([expect.stringContaining(`Namespace${other}`), expect.stringContaining('first'), expect.stringContaining('second')]);
    await page.getByRole('button', { name: 'Preview 3 objects' }).click();
    await approve(page, /^Apply/);
    await expect
      .poll(() => kubectl('get', 'configmap', 'first', '--namespace', other, '-o', 'jsonpath={.data.a}').catch(() => ''), { timeout: 20_000 })
      .toBe('b');
  });

  it('deploys from a form that is the other view of its text, and opens what became of it', async () => {
    await using opened = await at(`/create?ns=${namespace}&template=deployment`);
    const { page, errors } = opened;
    const field = (name: string) => page.getByRole('form').getByRole('textbox', { name, exact: true });
    await field('Name').fill('shop');
    await field('Image').fill('docker.io/local/nginx:1');
    await find(page, 'replicas: 2');
    await page.keyboard.press('End');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('1');
    await expect.poll(() => field('Replicas').inputValue()).toBe('1');
    expect(await text(page).textContent()).toContain('app.kubernetes.io/name: shop');
    const preview = page.getByRole('button', { name: 'Preview 2 objects' });
    await preview.waitFor();
    expect(await violations(page)).toEqual([]);
    await preview.click();
    await approve(page, /^Apply/);
    // Behind the review, which stays open until one closes it.
    await page.locator('aside[aria-label*="Deployment shop"]').waitFor({ timeout: 30_000 });
    await expect.poll(() => deployed('shop', '.status.readyReplicas'), { timeout: 60_000 }).toBe('1');
    expect(errors).toEqual([]);
  });

  it('compares two objects by what somebody wrote', async () => {
    const key = (name: string) => `Deployment.apps/${namespace}/${name}`;
    await using opened = await at(`/compare?a=${key('marked')}&b=${key('marked')}`, 'dark');
    const { page } = opened;
    await page.getByText('Both are the same.').waitFor();
    await page.getByRole('textbox', { name: 'Right, Object' }).fill(key('keys'));
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText('name: keys').first().waitFor();
    expect(await violations(page)).toEqual([]);
  });
});

/** Puts the cursor on a text by the editor's own search. */
async function find(page: Page, wanted: string): Promise<void> {
  await page.locator('.cm-content').first().focus();
  await page.keyboard.press('Control+f');
  await page.keyboard.type(wanted);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}

async function drop(page: Page, name: string, content: string): Promise<void> {
  const place = page.locator('.cm-content').first();
  await place.waitFor();
  const transfer = await page.evaluateHandle(
    `(() => { const t = new DataTransfer(); t.items.add(new File([${JSON.stringify(content)}], ${JSON.stringify(name)}, { type: 'application/yaml' })); return t; })()`,
  );
  await place.dispatchEvent('drop', { dataTransfer: transfer });
}
