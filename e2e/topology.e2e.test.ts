import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { kubectl } from './harness/kubectl.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const namespace = `e2e-topology-${process.pid}`;

/** An entry that leads to a Service that works and one that does not, a caller, and a policy that stops its call. */
const manifests = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'shop', namespace },
    spec: { rules: [{ host: 'shop.example.com', http: { paths: [path80('/', 'web'), path80('/old', 'legacy')] } }] },
  },
  service('web', 'web', 80),
  service('legacy', 'nobody', 80),
  service('db', 'db', 5432),
  workload('web', [{ name: 'DB_URL', value: 'postgres://db:5432/shop' }]),
  workload('db', []),
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'only-admin', namespace },
    spec: {
      podSelector: { matchLabels: { app: 'db' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'admin' } } }], ports: [{ port: 5432 }] }],
    },
  },
];

function path80(at: string, name: string) {
  return { path: at, pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } };
}

function service(name: string, app: string, port: number) {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { selector: { app }, ports: [{ port }] } };
}

function workload(name: string, env: object[]) {
  const container = { name, image: 'local/busybox:1', command: ['sleep', '86400'], env };
  const template = { metadata: { labels: { app: name } }, spec: { terminationGracePeriodSeconds: 0, containers: [container] } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec: { selector: { matchLabels: { app: name } }, template } };
}

describe('the topology', () => {
  let browser: Browser;
  let workbench: Workbench;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'quarterdeck-topology-'));
    const file = path.join(folder, 'objects.json');
    await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }));
    await kubectl('apply', '-f', file);
    await kubectl('rollout', 'status', 'deployment', '-n', namespace, '--timeout=60s');
    browser = await launchBrowser();
    workbench = await startWorkbench({ KUBECONFIG: testKubeconfig() });
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
    await rm(folder, { recursive: true });
  });

  it('shows who leads to whom, what is broken and what a policy stops, and follows the cluster without moving', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await openTopology(page);
    await card(page, 'legacy').getByText('selects no pods').waitFor();
    await page.getByText('✕ /old :80').waitFor();
    await page.getByText('⊘ :5432').waitFor();
    await card(page, 'only-admin').getByText('lets in pods app=admin').waitFor();
    await clean(page);

    const stood = await card(page, 'db').first().boundingBox();
    await kubectl('patch', 'service', 'legacy', '-n', namespace, '-p', '{"spec":{"selector":{"app":"web"}}}');
    await page.getByText('✕ /old :80').waitFor({ state: 'detached', timeout: 30_000 });
    expect(await card(page, 'db').first().boundingBox()).toEqual(stood);
    expect(errors).toEqual([]);
  });

  it('is walked through by keys, opens what is chosen, and says the same in tables', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await openTopology(page);
    await card(page, 'web').first().waitFor();
    const map = page.getByRole('application', { name: 'Map of who leads to whom' });
    const chosen = page.getByRole('status').filter({ hasText: namespace });
    await map.focus();
    await page.keyboard.press('ArrowRight');
    await chosen.getByText(`Ingress ${namespace}/shop`).waitFor();
    await page.keyboard.press('ArrowRight');
    await chosen.getByText(`Service ${namespace}/`).waitFor();
    await page.keyboard.press('ArrowRight');
    await chosen.getByText(`Deployment ${namespace}/web`).waitFor();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('complementary', { name: /web/ });
    await drawer.getByRole('tab', { name: 'Topology' }).click();
    await drawer.getByRole('table', { name: 'Connections' }).getByText('blocked').first().waitFor();
    await clean(page);
    await drawer.getByRole('button', { name: 'Close' }).click();

    await card(page, 'web').first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Copy name' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('tab', { name: 'Connections' }).click();
    const row = page.getByRole('row').filter({ hasText: 'blocked by policy' });
    expect(await row.textContent()).toMatch(/Deployment.*web.*calls.*Service.*db.*only-admin allows pods app=admin/);
    await clean(page);
    await page.getByRole('tab', { name: 'Objects' }).click();
    await page.getByRole('row').filter({ hasText: 'Ingress' }).getByText('Service web').waitFor();
    await page.getByRole('tab', { name: 'Map' }).click();
    await page.setViewportSize({ width: 390, height: 844 });
    await card(page, 'web').first().waitFor();
    await clean(page);
    expect(errors).toEqual([]);
  });
});

async function openTopology(page: Page): Promise<void> {
  await page.getByRole('navigation').first().waitFor();
  await page.goto(new URL(`/topology?ns=${namespace}`, page.url()).href);
  await page.getByRole('heading', { name: 'Topology' }).waitFor();
}

function card(page: Page, name: string) {
  return page.locator('.react-flow__node-card').filter({ hasText: name });
}

/** Colours on their way from one theme to the other are neither of both. */
const settled = 'Promise.allSettled(document.getAnimations().filter((each) => each instanceof CSSTransition).map((each) => each.finished))';

/** In both themes. */
async function clean(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(settled);
    expect(await violations(page)).toEqual([]);
  }
}
