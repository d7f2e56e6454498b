import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { selfSignedCertificate } from '@quarterdeck/cluster/testing/certificate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { kubectl } from './harness/kubectl.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const namespace = `e2e-detail-${process.pid}`;
const group = `detail-${process.pid}.example.com`;
const { certificate, key } = selfSignedCertificate('lamps.example.com', 72);
const plural = 'lamps';
const phrase = 'correct horse';

const metadata = (name: string) => ({ name, namespace });

/** A pod whose probes fail, a workload with configuration, a certificate, and a kind of somebody's own. */
const manifests = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('settings'), data: { mode: 'steady' } },
  { apiVersion: 'v1', kind: 'Secret', metadata: metadata('login'), stringData: { phrase } },
  { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata: metadata('site'), stringData: { 'tls.crt': certificate, 'tls.key': key } },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadata('probed'),
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: 'app',
          image: 'local/busybox:1',
          command: ['sleep', '86400'],
          readinessProbe: { httpGet: { path: '/health', port: 8080 }, periodSeconds: 1 },
        },
        { name: 'ends', image: 'local/busybox:1', command: ['sh', '-c', 'exit 3'] },
      ],
    },
  },
  deployment('steady'),
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural, singular: 'lamp', kind: 'Lamp' },
      versions: [
        {
          ...{ name: 'v1', served: true, storage: true },
          additionalPrinterColumns: [{ name: 'Brightness', type: 'integer', jsonPath: '.spec.brightness' }],
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  },
];

function deployment(mode: string) {
  const env = [
    { name: 'MODE', value: mode },
    { name: 'PHRASE', valueFrom: { secretKeyRef: { name: 'login', key: 'phrase' } } },
  ];
  const container = { name: 'app', image: 'local/busybox:1', command: ['sleep', '86400'], env, envFrom: [{ configMapRef: { name: 'settings' } }] };
  const template = { metadata: { labels: { app: 'web' } }, spec: { terminationGracePeriodSeconds: 0, containers: [container] } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadata('web'), spec: { selector: { matchLabels: { app: 'web' } }, template } };
}

describe('the detail of an object', () => {
  let browser: Browser;
  let workbench: Workbench;
  let folder: string;

  const apply = async (objects: readonly object[]) => {
    const file = path.join(folder, 'objects.json');
    await writeFile(file, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
    await kubectl('apply', '-f', file);
  };
  const visit = (page: Page, address: string) => page.goto(new URL(address, workbench.url).href);

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'quarterdeck-detail-'));
    await apply(manifests);
    await kubectl('wait', '--for=condition=Established', `crd/${plural}.${group}`, '--timeout=30s');
    await kubectl('rollout', 'status', 'deployment/web', '-n', namespace, '--timeout=60s');
    await apply([deployment('storm'), { apiVersion: `${group}/v1`, kind: 'Lamp', metadata: metadata('hall'), spec: { brightness: 7 } }]);
    browser = await launchBrowser();
    workbench = await startWorkbench({ KUBECONFIG: testKubeconfig() });
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
    await kubectl('delete', 'crd', `${plural}.${group}`, '--ignore-not-found', '--wait=false');
    await rm(folder, { recursive: true });
  });

  it('says what kubectl says of a pod, a workload, a node and a kind of somebody’s own', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await visit(page, `/objects/Pod/${namespace}/probed`);
    const probe = page.getByRole('listitem').filter({ hasText: 'GET http://:8080/health' }).last();
    await probe.getByText('failing').waitFor({ timeout: 30_000 });
    await probe.getByText(/Failed (once|\d+ times)/).waitFor();
    await page.getByText('The program ended with an error of its own').first().waitFor({ timeout: 30_000 });
    expect(await violations(page)).toEqual([]);

    await visit(page, `/objects/Deployment.apps/${namespace}/web`);
    await page.getByText('Revision', { exact: true }).locator('..').getByText('2', { exact: true }).waitFor();
    await page.getByText('done: 1 of 1 available').first().waitFor({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Secret login' }).waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText(/revision 2: .*storm/).waitFor({ timeout: 30_000 });

    const node = (await kubectl('get', 'nodes', '-o', 'jsonpath={.items[0].metadata.name}={.items[0].status.nodeInfo.kubeletVersion}')).split('=');
    await visit(page, `/objects/Node/${node[0]}`);
    await page.getByText(node[1] ?? '', { exact: true }).waitFor();
    await page.getByRole('row', { name: /MemoryPressure/ }).waitFor();

    await visit(page, `/objects/Lamp.${group}/${namespace}/hall`);
    await page.getByText('Brightness', { exact: true }).locator('..').getByText('7').waitFor();
    expect(errors).toEqual([]);
  });

  it('shows one value of a Secret when asked, writes that down, and hides it again; a certificate is read without its key', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await visit(page, `/resources/secrets?ns=${namespace}&open=Secret/${namespace}/site`);
    const panel = page.getByRole('complementary', { name: 'Secret site' });
    await panel.getByText('CN=lamps.example.com').first().waitFor();
    await panel.getByText('belongs to it').waitFor();
    await panel.getByText('valid for 2d').first().waitFor();

    await page.clock.install();
    await visit(page, `/resources/secrets?ns=${namespace}&open=Secret/${namespace}/login`);
    const login = page.getByRole('complementary', { name: 'Secret login' });
    const reveal = login.getByRole('button', { name: 'Reveal phrase' });
    await reveal.waitFor();
    expect(await page.content()).not.toContain(phrase);
    await reveal.click();
    await login.getByText(phrase).waitFor();
    await page.clock.fastForward(31_000);
    await login.getByText(phrase).waitFor({ state: 'detached' });
    await login.getByRole('tab', { name: 'History' }).click();
    await login.getByText('secret reveal').waitFor();
    expect(await page.content()).not.toContain(phrase);
    expect(errors).toEqual([]);
  });

  it('goes from the list to the drawer to the page and back, and keeps what was deleted readable', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await visit(page, `/resources/configmaps?ns=${namespace}`);
    await page.getByRole('grid').getByText('settings', { exact: true }).click();
    const drawer = page.getByRole('complementary', { name: 'ConfigMap settings' });
    await drawer.getByText('steady').waitFor();
    await drawer.getByRole('button', { name: 'Full page' }).click();
    const article = page.getByRole('article', { name: 'ConfigMap settings' });
    await article.getByText('steady').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/objects/ConfigMap/${namespace}/settings`);
    await page.keyboard.press('Escape');
    await drawer.waitFor();
    await page.goForward();
    await article.waitFor();
    await page.goBack();
    await drawer.waitFor();

    await kubectl('delete', 'configmap', 'settings', '-n', namespace);
    await drawer.getByText('It was deleted.').waitFor({ timeout: 20_000 });
    await drawer.getByText('steady').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await visit(page, `/objects/ConfigMap/${namespace}/settings`);
    await page.getByText(`ConfigMap settings does not exist in ${namespace}.`).waitFor({ timeout: 20_000 });
    expect(errors).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('can be read by everybody, also on a small screen: %s', async (colorScheme) => {
    await using opened = await openPage(browser, workbench.url, { colorScheme, viewport: { width: 390, height: 844 } });
    const { page } = opened;
    await visit(page, `/resources/pods?ns=${namespace}&open=Pod/${namespace}/probed`);
    await page.getByRole('heading', { level: 2, name: 'probed' }).waitFor();
    await page.getByText('Conditions', { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
    for (const section of ['Relations', 'Events', 'Metrics', 'History']) {
      await page.getByRole('tab', { name: section }).click();
      await page.getByRole('heading', { level: 2, name: section }).waitFor({ state: 'attached' });
      expect(await violations(page), section).toEqual([]);
    }
    await visit(page, `/objects/Secret/${namespace}/site`);
    await page.getByText('belongs to it').waitFor();
    expect(await violations(page)).toEqual([]);
    const [inner, outer] = [await page.evaluate('document.documentElement.scrollWidth'), 390];
    expect(inner).toBeLessThanOrEqual(outer);
  });
});
