import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { kubectl, paste } from './harness/kubectl.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const namespace = `logs-e2e-${process.pid}`;
const linesEach = 400;
const flood = 100_000;

const container = (script: string) => ({
  name: 'app',
  image: 'docker.io/local/busybox:1',
  imagePullPolicy: 'Never',
  command: ['sh', '-c', script],
});

/** Every tenth line an error in JSON, every other tenth one in logfmt, all of them numbered. */
const talk = `i=0; while [ $i -lt ${linesEach} ]; do i=$((i+1)); case $((i % 10)) in
0) echo "{\\"level\\":\\"error\\",\\"msg\\":\\"failed $HOSTNAME #$i\\",\\"status\\":500}";;
5) echo "level=warn msg=\\"slow $HOSTNAME #$i\\" status=200";;
*) echo "plain $HOSTNAME #$i";; esac; done; exec sleep 3600`;
const crashOnce = 'if [ -f /kept/ran ]; then echo second run; exec sleep 3600; fi; touch /kept/ran; echo first run begins; echo FATAL no such host; exit 3';

const metadata = (name: string) => ({ name, namespace });
const manifests = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: metadata('talker') },
    spec: {
      ...{ replicas: 3, selector: { matchLabels: { app: 'talker' } } },
      template: { metadata: { labels: { app: 'talker' } }, spec: { terminationGracePeriodSeconds: 0, containers: [container(talk)] } },
    },
  },
  {
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: metadata('crashed') },
    spec: {
      ...{ terminationGracePeriodSeconds: 0, volumes: [{ name: 'kept', emptyDir: {} }] },
      containers: [{ ...container(crashOnce), volumeMounts: [{ name: 'kept', mountPath: '/kept' }] }],
    },
  },
  {
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: metadata('flood') },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [container(`seq 1 ${flood} | sed 's/^/flood /'; exec sleep 3600`)],
    },
  },
];

describe('logs in the page', () => {
  let browser: Browser;
  let workbench: Workbench;
  const address = (of: string, more = '') => `${new URL(workbench.url).origin}/logs?of=${of}${more}`;

  beforeAll(async () => {
    browser = await launchBrowser();
    workbench = await startWorkbench({ KUBECONFIG: testKubeconfig() });
    for (const manifest of manifests) await paste(`kubectl apply -f - <<'END'\n${JSON.stringify(manifest)}\nEND`);
    await kubectl('-n', namespace, 'wait', '--for=condition=Available', 'deployment/talker', '--timeout=60s');
    await kubectl('-n', namespace, 'wait', '--for=condition=Ready', 'pod/crashed', 'pod/flood', '--timeout=60s');
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
    await workbench?.[Symbol.asyncDispose]();
  });

  it('shows every line of all pods of a workload in order', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await page.getByRole('main').waitFor();
    await page.goto(`${new URL(workbench.url).origin}/resources/deployments?ns=${namespace}`);
    await page.getByRole('row').filter({ hasText: 'talker' }).first().click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Logs/ }).click();
    await choose(page, /^From/, 'All');
    await count(page, 3 * linesEach);

    await page.getByRole('button', { name: 'Log actions' }).click();
    await page.getByRole('menuitem', { name: 'Copy all lines shown' }).click();
    const copied = String(await page.evaluate('navigator.clipboard.readText()')).split('\n');
    const written = (await kubectl('-n', namespace, 'logs', '-l', 'app=talker', '--tail=-1')).trimEnd().split('\n');
    expect(copied.toSorted()).toEqual(written.toSorted());
    for (const numbers of numbersByPod(copied).values()) expect(numbers).toEqual(Array.from({ length: linesEach }, (_, i) => i + 1));
    expect(errors).toEqual([]);
  });

  it('filters by expressions and severity, and makes fields columns', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page } = opened;
    await page.goto(address(`Deployment.apps/${namespace}/talker`, '&from=all'));
    await count(page, 3 * linesEach);
    const filter = page.getByRole('textbox', { name: 'Filter lines' });
    await filter.fill('(');
    await filter.press('Enter');
    await page.getByText(/This is no regular expression/).waitFor();
    await filter.fill('#\\d*0\\b');
    await filter.press('Enter');
    await count(page, (3 * linesEach) / 10);
    await filter.fill('!#100\\b');
    await filter.press('Enter');
    await count(page, (3 * linesEach) / 10 - 3);
    expect(new URL(page.url()).searchParams.get('exclude')).toBe('#100\\b');

    await page
      .getByRole('button', { name: /^Remove the filter/ })
      .first()
      .click();
    await page.getByRole('button', { name: /^Remove the filter/ }).click();
    await page.getByRole('button', { name: /^warn/ }).click();
    await count(page, (3 * linesEach) / 10);
    await page.getByRole('button', { name: 'Display' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'status' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'status' }).waitFor();
    const cells = page.getByRole('row').filter({ hasText: 'slow' }).first().getByRole('gridcell');
    expect(await cells.allTextContents()).toEqual(expect.arrayContaining(['200', expect.stringMatching(/^slow talker-\S+ #\d+$/)]));
  });

  it('shows the run before, finds it in the history and opens the log there, and downloads what kubectl reads', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page } = opened;
    const of = `Pod/${namespace}/crashed`;
    await page.goto(address(of, '&previous=true'));
    await page.getByRole('row').filter({ hasText: 'FATAL no such host' }).waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'second run' }).count()).toBe(0);

    await page.goto(address(of));
    await page.getByRole('row').filter({ hasText: 'second run' }).waitFor();
    await page.keyboard.press('H');
    const history = page.getByRole('region', { name: 'Search the whole history' });
    await history.getByRole('textbox').fill('no such (host|name)');
    await page.keyboard.press('Enter');
    await history.getByText('1 match in 3 lines').waitFor();
    await history.getByRole('button', { name: /FATAL no such host/ }).click();
    const found = page.getByRole('grid', { name: /^Log of/ }).getByRole('row', { selected: true });
    await found.filter({ hasText: 'FATAL no such host' }).waitFor();
    await count(page, 3);

    await page.goto(address(of));
    await page.getByRole('row').filter({ hasText: 'second run' }).waitFor();
    await page.getByRole('button', { name: 'Log actions' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Download as text' }).click()]);
    expect(await readFile(await download.path(), 'utf8')).toBe(await kubectl('-n', namespace, 'logs', 'crashed'));
  });

  it('holds a hundred thousand lines with few of them in the page, follows, and lets go when one scrolls up', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page } = opened;
    await page.goto(address(`Pod/${namespace}/flood`, '&from=all'));
    await count(page, flood);
    const rows = page.getByRole('grid', { name: /^Log of/ }).getByRole('row');
    await rows.filter({ hasText: /flood 100000$/ }).waitFor();
    await page.keyboard.press('Home');
    await rows.filter({ hasText: /flood 1$/ }).waitFor();
    expect(await rows.count()).toBeLessThan(200);
    await page.keyboard.press('/');
    await page.keyboard.type('flood 54321');
    await page.keyboard.press('Enter');
    await rows.filter({ hasText: /flood 54321$/ }).waitFor();
    await page.getByText('1 of 1', { exact: true }).waitFor();
    expect(await rows.count()).toBeLessThan(200);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('End');
    await rows.filter({ hasText: /flood 100000$/ }).waitFor();

    const follow = page.getByRole('button', { name: 'Follow', exact: true });
    expect(await follow.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('grid', { name: /^Log of/ }).hover();
    await page.mouse.wheel(0, -2_000);
    await page.getByRole('button', { name: 'Go to the end' }).waitFor();
    expect(await follow.getAttribute('aria-pressed')).toBe('false');
    await kubectl('-n', namespace, 'exec', 'flood', '--', 'sh', '-c', 'echo said afterwards > /proc/1/fd/1');
    await page.getByRole('button', { name: '1 line new' }).click();
    await page.getByRole('row').filter({ hasText: 'said afterwards' }).waitFor();
    expect(await follow.getAttribute('aria-pressed')).toBe('true');
  });

  it('has nothing that axe objects to, in both themes and on a phone', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page } = opened;
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(address(`Deployment.apps/${namespace}/talker`, '&fields=status'));
      await count(page, 3 * linesEach);
      await page.getByRole('grid', { name: /^Log of/ }).click();
      expect(await violations(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('row').nth(3).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});

async function choose(page: Page, menu: RegExp, option: string): Promise<void> {
  await page.getByRole('button', { name: menu }).click();
  await page.getByRole('menuitemradio', { name: option, exact: true }).click();
}

/** Waits until so many lines are shown. */
async function count(page: Page, lines: number): Promise<void> {
  await page.locator(`[data-log-count="${lines}"]`).waitFor({ timeout: 30_000 });
}

/** The numbers that the lines of each pod bear, in the order of the lines. */
function numbersByPod(lines: readonly string[]): Map<string, number[]> {
  const byPod = new Map<string, number[]>();
  for (const line of lines) {
    const [, pod = '', number = ''] = /(talker-\S+) #(\d+)/.exec(line) ?? [];
    byPod.set(pod, [...(byPod.get(pod) ?? []), Number(number)]);
  }
  return byPod;
}
