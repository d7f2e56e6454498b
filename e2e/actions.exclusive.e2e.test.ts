import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, type OpenPage, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { kubectl } from './harness/kubectl.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const namespace = 'actions-e2e';
const image = 'local/busybox:1';

/** What is acted on: workloads that do nothing, and end at once. */
function manifest(): string {
  const container = { name: 'main', image, imagePullPolicy: 'IfNotPresent', command: ['sleep', '100000'] };
  const podSpec = { terminationGracePeriodSeconds: 0, containers: [container] };
  const metadata = (name: string) => ({ name, namespace, labels: { app: name } });
  const deployment = (name: string, spec: object = {}) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(name),
    spec: { selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: podSpec }, ...spec },
  });
  const pod = (name: string) => ({ apiVersion: 'v1', kind: 'Pod', metadata: metadata(name), spec: podSpec });
  const job = { spec: { template: { spec: { ...podSpec, restartPolicy: 'Never', containers: [{ ...container, command: ['true'] }] } } } };
  const items = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    deployment('web'),
    deployment('hasty', { progressDeadlineSeconds: 2 }),
    deployment('guarded'),
    pod('solo'),
    pod('guest'),
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata('guarded'),
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'guarded' } } },
    },
    { apiVersion: 'batch/v1', kind: 'CronJob', metadata: metadata('backup'), spec: { schedule: '0 3 1 1 *', jobTemplate: job } },
  ];
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

const read = async (...args: string[]) => (await kubectl('-n', namespace, 'get', ...args)).trim();
const field = (object: string, at: string) => read(object, '-o', `jsonpath={${at}}`);

describe('actions on objects', () => {
  let browser: Browser;
  let workbench: Workbench;
  let opened: OpenPage;
  let page: Page;

  beforeAll(async () => {
    const file = path.join(tmpdir(), `quarterdeck-${namespace}-${process.pid}.json`);
    await writeFile(file, manifest());
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=true', '--timeout=90s');
    await kubectl('apply', '-f', file);
    [browser, workbench] = await Promise.all([launchBrowser(), startWorkbench({ KUBECONFIG: testKubeconfig() })]);
    await kubectl('-n', namespace, 'wait', '--for=condition=Available', 'deployment', '--all', '--timeout=60s');
    opened = await openPage(browser, workbench.url);
    page = opened.page;
    await page.getByRole('navigation').first().waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
  });

  const dialog = (): Locator => page.getByRole('dialog');
  const press = (name: string | RegExp) => dialog().getByRole('button', { name }).click();
  /** As a link of the page leads there: nothing is loaded anew. */
  const go = (address: string) => page.evaluate(`history.pushState({}, '', ${JSON.stringify(address)}); dispatchEvent(new PopStateEvent('popstate'))`);
  /** Opens an object and takes something from its menu. */
  const choose = async (key: string, item: string) => {
    await go(`/resources/${key.startsWith('Node') ? 'nodes' : 'pods'}?open=${key}&section=yaml`);
    const name = key.split('/').at(-1) ?? '';
    await page
      .getByRole('button', { name: `Actions for ${name}` })
      .last()
      .click();
    await page.getByRole('menuitem', { name: item, exact: false }).first().click();
  };
  const deployment = (name: string) => `Deployment.apps/${namespace}/${name}`;
  /** Approves what the dialog shows, and waits until it has come to its end. */
  const carryOut = async (button: string | RegExp) => {
    await press(button);
    await dialog().getByRole('status').filter({ hasText: 'succeeded' }).waitFor({ timeout: 60_000 });
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  };

  it('scales, pauses, resumes and restarts a Deployment, by menu and by key', async () => {
    await choose(deployment('web'), 'Scale');
    await dialog().getByLabel('Replicas').fill('2');
    expect(await violations(page)).toEqual([]);
    await press('Preview');
    await dialog().getByRole('button', { name: 'Scale Deployment web to 2' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await carryOut('Scale Deployment web to 2');
    expect(await field('deployment/web', '.spec.replicas')).toBe('2');

    await choose(deployment('web'), 'Pause rollout');
    await carryOut('Pause the rollout of Deployment web');
    expect(await field('deployment/web', '.spec.paused')).toBe('true');
    await choose(deployment('web'), 'Resume');
    await carryOut('Resume the rollout of Deployment web');
    expect(await field('deployment/web', '.spec.paused')).toBe('');

    await go(`/resources/deployments?ns=${namespace}&q=web`);
    await page.getByRole('row').filter({ hasText: 'web' }).waitFor();
    await page.keyboard.press('j');
    await page.locator('[role="grid"][aria-activedescendant]').waitFor();
    await page.keyboard.press('r');
    await carryOut('Restart Deployment web');
    expect(await field('deployment/web', '.spec.template.metadata.annotations')).toContain('restartedAt');
  });

  it('sets an image, goes on when the dialog is closed, and offers the way back where one is', async () => {
    await choose(deployment('web'), 'Set image');
    await dialog().getByLabel('Image of main').fill('docker.io/local/busybox:1');
    await press('Preview');
    await press('Set the image of Deployment web');
    await dialog()
      .getByRole('button', { name: /Stop after/ })
      .waitFor();
    await page.keyboard.press('Escape');
    // Notices of what was done before may still be there.
    const undo = page.getByRole('group').filter({ hasText: 'Set the image' }).getByRole('button', { name: 'Undo', exact: true });
    await undo.waitFor({ timeout: 60_000 });
    expect(await field('deployment/web', '.spec.template.spec.containers[0].image')).toBe('docker.io/local/busybox:1');
    await undo.click();
    await carryOut('Set the image of Deployment web');
    expect(await field('deployment/web', '.spec.template.spec.containers[0].image')).toBe(image);

    await page.getByRole('button', { name: /actions of this session/ }).click();
    await page.getByRole('tabpanel').getByText('taken back').first().waitFor();
    await go('/actions');
    await page.getByRole('row').filter({ hasText: 'Undo: Set the image' }).first().waitFor();
  });

  it('goes back to a revision that one has compared', async () => {
    await go(`/resources/deployments?ns=${namespace}&open=${deployment('web')}&section=rollouts`);
    await page.getByRole('button', { name: 'Go back to this one: Revision 1' }).waitFor();
    await page.getByRole('button', { name: 'Compare', exact: true }).last().click();
    await page.getByRole('region', { name: 'Compare' }).getByText('restartedAt').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Go back to this one: Revision 1' }).click();
    await carryOut('Roll back Deployment web');
    expect(await field('deployment/web', '.spec.template.metadata.annotations')).not.toContain('restartedAt');
  });

  it('deletes and evicts pods', async () => {
    await choose(`Pod/${namespace}/solo`, 'Delete');
    await press('Options');
    await dialog().getByLabel('Grace period in seconds').fill('1');
    await press('Preview');
    await carryOut('Delete Pod solo');
    await choose(`Pod/${namespace}/guest`, 'Evict');
    await carryOut('Evict Pod guest');
    expect(await read('pods', '-o', 'name')).not.toMatch(/solo|guest/);
  });

  it('labels many with one approval', async () => {
    await go(`/resources/deployments?ns=${namespace}`);
    await page.getByRole('row').filter({ hasText: 'hasty' }).waitFor();
    await page.keyboard.press('Control+a');
    await page.getByRole('button', { name: 'Actions for 3 objects' }).click();
    await page.getByRole('menuitem', { name: 'Label' }).click();
    await dialog().getByLabel('Key').fill('team');
    await dialog().getByLabel('Value').fill('blue');
    await press('Preview');
    await dialog().getByText('3 objects').waitFor();
    await carryOut('Label 3 Deployments');
    expect((await read('deployments', '-l', 'team=blue', '-o', 'name')).split('\n')).toHaveLength(3);
  });

  it('runs and suspends a CronJob', async () => {
    await choose(`CronJob.batch/${namespace}/backup`, 'Run now');
    await carryOut('Run CronJob backup now');
    expect(await read('jobs', '-o', 'jsonpath={.items[*].status.succeeded}')).toBe('1');
    await go(`/resources/cronjobs?ns=${namespace}&open=CronJob.batch/${namespace}/backup&section=runs`);
    await page.getByRole('cell', { name: 'hand' }).waitFor({ timeout: 30_000 });
    await choose(`CronJob.batch/${namespace}/backup`, 'Suspend');
    await carryOut('Suspend CronJob backup');
    expect(await field('cronjob/backup', '.spec.suspend')).toBe('true');
  });

  it('shows what is different where something changed since the preview', async () => {
    await choose(deployment('web'), 'Scale');
    await dialog().getByLabel('Replicas').fill('1');
    await press('Preview');
    await dialog().getByRole('button', { name: 'Scale Deployment web to 1' }).waitFor();
    await kubectl('-n', namespace, 'scale', 'deployment/web', '--replicas=3');
    await press('Scale Deployment web to 1');
    await dialog().getByText('.spec.replicas is 3 now; it was 2').waitFor();
    await carryOut('Scale Deployment web to 1');
    expect(await field('deployment/web', '.spec.replicas')).toBe('1');
  });

  it('says why an action failed, and previews it again', async () => {
    await choose(deployment('hasty'), 'Set image');
    await dialog().getByLabel('Image of main').fill('local/nowhere:1');
    await press('Preview');
    await press('Set the image of Deployment hasty');
    const status = dialog().getByRole('status').filter({ hasText: 'failed' });
    await status.waitFor({ timeout: 60_000 });
    expect(await status.textContent()).toMatch(/progress deadline/);
    await press('Preview the undo');
    await carryOut('Set the image of Deployment hasty');
    expect(await field('deployment/hasty', '.spec.template.spec.containers[0].image')).toBe(image);
  });

  it('cordons a node, and drains it as far as a budget lets it', async () => {
    const node = (await kubectl('get', 'nodes', '-o', 'jsonpath={.items[0].metadata.name}')).trim();
    await choose(`Node/${node}`, 'Drain');
    await dialog()
      .getByText(/to evict/)
      .waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog().getByLabel('Only pods with these labels').fill('app=guarded');
    await dialog().getByText('1 disruption budget in the way').waitFor();
    await press(`Drain ${node}`);
    const panel = page.getByRole('tabpanel').filter({ hasText: node });
    await panel.getByText('held up').waitFor({ timeout: 30_000 });
    await panel.getByRole('button', { name: 'Stop' }).click();
    await panel.getByRole('button', { name: 'Uncordon again' }).click();
    await carryOut(`Uncordon Node ${node}`);
    expect((await kubectl('get', 'node', node, '-o', 'jsonpath={.spec.unschedulable}')).trim()).toBe('');
    expect(await read('pods', '-l', 'app=guarded', '-o', 'jsonpath={.items[*].status.phase}')).toBe('Running');
  });

  it('reads well in the dark, and without errors', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await choose(deployment('guarded'), 'Delete');
    await dialog().getByRole('button', { name: 'Delete Deployment guarded' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await go('/actions');
    await page.getByRole('row').filter({ hasText: 'Suspend' }).first().click();
    await page.getByRole('complementary').getByText('succeeded').waitFor();
    expect(await violations(page)).toEqual([]);
    // The browser itself writes down that an approval was refused.
    expect(opened.errors.filter((error) => !error.includes('409'))).toEqual([]);
  });
});
