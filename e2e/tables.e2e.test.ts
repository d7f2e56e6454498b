import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { kubectl, paste } from './harness/kubectl.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const namespace = `tables-e2e-${process.pid}`;
const howMany = 40;

const configMap = (name: string, labels: Record<string, string>) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels } });
const apply = (...objects: object[]) => paste(`kubectl apply -f - <<'END'\n${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })}\nEND`);

describe('tables', () => {
  let browser: Browser;
  let workbench: Workbench;
  const list = (more = '') => `${new URL(workbench.url).origin}/resources/configmaps?ns=${namespace}${more}`;

  beforeAll(async () => {
    browser = await launchBrowser();
    workbench = await startWorkbench({ KUBECONFIG: testKubeconfig() });
    await kubectl('create', 'namespace', namespace);
    const number = Array.from({ length: howMany }, (_, index) => index + 1);
    await apply(...number.map((each) => configMap(`settings-${each}`, { app: each % 2 === 0 ? 'web' : 'db', tier: `t${each % 4}` })));
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
    await workbench?.[Symbol.asyncDispose]();
  });

  it('is filtered with what is offered, and many rows are labelled at once, by keyboard alone', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await page.goto(list());
    await rowOf(page, 'settings-2').waitFor();

    await page.keyboard.press('/');
    await page.keyboard.type('-l ti');
    await page.getByRole('option', { name: /^tier/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /^t3/ }).waitFor();
    await page.keyboard.type('t3');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByRole('grid', { name: 'ConfigMaps' }).and(page.locator('[aria-rowcount="11"]')).waitFor();

    // The second row and the two after it; then one more by itself.
    for (const key of ['j', 'j', 'Shift+ArrowDown', 'Shift+ArrowDown', 'j', 'j', 'x']) await page.keyboard.press(key);
    await page.getByText('4 selected').waitFor();
    const chosen = await names(page, 'tr[aria-selected="true"]');
    expect(chosen).toEqual(['settings-7', 'settings-11', 'settings-15', 'settings-23']);

    // What the filter hides stays chosen, and is told.
    await page.keyboard.press('/');
    await page.keyboard.type('settings-23');
    await page.keyboard.press('Enter');
    await page.getByText('3 not in this list').waitFor();
    await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Label' }).focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog');
    await form.getByLabel('Key').fill('reviewed');
    await form.getByLabel('Value', { exact: true }).fill('yes');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Label 4 ConfigMaps/ }).focus();
    await page.keyboard.press('Enter');
    await eventually(() => kubectl('-n', namespace, 'get', 'configmaps', '-l', 'reviewed=yes', '-o', 'jsonpath={.items[*].metadata.name}')).toBe(
      chosen.toSorted().join(' '),
    );
    expect(errors).toEqual([]);
  });

  it('keeps its columns over a reload, sorts by several, opens as an address says, and is saved as a view', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await page.goto(list());
    await rowOf(page, 'settings-2').waitFor();

    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('textbox', { name: 'Label as a column' }).or(page.getByLabel('Label as a column')).first().fill('tier');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Show Data' }).uncheck();
    await page.getByRole('button', { name: 'Move tier to the left' }).click();
    await page.keyboard.press('Escape');
    await page.goto(list());
    await rowOf(page, 'settings-2').waitFor();
    expect(await page.getByRole('columnheader').allTextContents()).toEqual(['', 'Name', 'tier', 'Age']);

    await header(page, 'tier').click();
    await header(page, 'Name').click({ modifiers: ['Shift'] });
    await header(page, 'Name').click({ modifiers: ['Shift'] });
    await eventually(() => names(page)).toEqual(['settings-40', 'settings-36', 'settings-32', 'settings-28']);
    expect(page.url()).toContain('sort=label:tier,-name');

    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('by tier');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copy a link to by tier' }).click();
    const link = String(await page.evaluate('navigator.clipboard.readText()'));
    await page.goto(list());
    await eventually(() => names(page)).toEqual(['kube-root-ca.crt', 'settings-1', 'settings-2', 'settings-3']);
    await page.goto(link);
    await eventually(() => names(page)).toEqual(['settings-40', 'settings-36', 'settings-32', 'settings-28']);

    await page.goto(list('&cols=name,label:app&sort=-label:app&q=settings-1'));
    await eventually(() => names(page)).toEqual(['settings-10', 'settings-12', 'settings-14', 'settings-16']);
    expect(await page.getByRole('columnheader').allTextContents()).toEqual(['', 'Name', 'app']);
    expect(errors).toEqual([]);
  });

  it('follows the cluster, and goes into files', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await page.goto(list('&q=late&cols=name,label:app'));
    await page.getByText('No ConfigMaps match').waitFor();
    await apply(configMap('late', { app: 'web' }));
    await rowOf(page, 'late').waitFor();
    await kubectl('-n', namespace, 'delete', 'configmap', 'late');
    await rowOf(page, 'late').waitFor({ state: 'detached' });

    await page.goto(list('&q=settings-3&cols=name,label:app&sort=-name'));
    await eventually(() => names(page)).toEqual(['settings-39', 'settings-38', 'settings-37', 'settings-36']);
    const csv = await exported(page, /^CSV of 11 rows/);
    expect(csv.name).toMatch(new RegExp(`-configmaps-${namespace}-.*\\.csv$`));
    expect(csv.text.replace('\u{FEFF}', '').split('\r\n').slice(0, 3)).toEqual(['Name,app', 'settings-39,db', 'settings-38,web']);
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(12);
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    const yaml = await exported(page, /^YAML of 1 selected/);
    expect(yaml.text).toMatch(/^kind: ConfigMap$/m);
    expect(yaml.text).toMatch(/^ {2}name: settings-39$/m);
    expect(errors).toEqual([]);
  });

  it('can be used by everybody: the list with a selection, its menus, and the tree, light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await using opened = await openPage(browser, workbench.url, { colorScheme });
      const { page } = opened;
      await page.goto(list());
      await rowOf(page, 'settings-2').waitFor();
      for (const key of ['j', 'x']) await page.keyboard.press(key);
      await page.getByText('1 selected').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('checkbox', { name: 'Show Data' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.goto(`${new URL(workbench.url).origin}/tree?ns=kube-system`);
      await page.getByRole('row', { name: /kube-system/ }).waitFor();
      expect(await violations(page)).toEqual([]);
    }
  });
});

function rowOf(page: Page, name: string) {
  return page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
}

function header(page: Page, name: string) {
  return page.getByRole('columnheader').getByRole('button', { name });
}

function eventually<T>(read: () => Promise<T>) {
  return expect.poll(read, { timeout: 15_000 });
}

/** What the rows are called, as their checkboxes say; the first four. */
async function names(page: Page, rows = 'tbody tr'): Promise<string[]> {
  const boxes = await page.locator(`${rows} input[type="checkbox"]`).all();
  const labels = await Promise.all(boxes.slice(0, 4).map((box) => box.getAttribute('aria-label')));
  return labels.map((label) => (label ?? '').replace('Select ', ''));
}

async function exported(page: Page, item: RegExp): Promise<{ name: string; text: string }> {
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}
