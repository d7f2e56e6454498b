import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { kubectl, paste } from './harness/kubectl.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const namespace = `e2e-run-${process.pid}`;
const image = 'docker.io/local/busybox:1';
const serve = 'mkdir -p /www; echo "hello from $HOSTNAME" > /www/index.html; exec httpd -f -p 8080 -h /www';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [
          { name: 'web', image, command: ['sh', '-c', serve], ports: [{ containerPort: 8080, name: 'http' }], readinessProbe: { tcpSocket: { port: 8080 } } },
          // No shell, no tar, nothing but one program.
          { name: 'bare', image: 'docker.io/local/pause:1' },
        ],
      },
    },
  },
};

/** Shells, port-forwards and files, on real containers through a real browser. */
describe('what runs in the dock', { timeout: 180_000 }, () => {
  let browser: Browser;
  let workbench: Workbench;

  beforeAll(async () => {
    await kubectl('create', 'namespace', namespace);
    await paste(`kubectl apply -f - <<'EOF'\n${JSON.stringify(deployment)}\nEOF`);
    browser = await launchBrowser();
    workbench = await startWorkbench({ KUBECONFIG: testKubeconfig() });
    await kubectl('-n', namespace, 'rollout', 'status', 'deployment/web', '--timeout=60s');
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
  });

  /** The table of the pods, with the cursor on the only one. */
  async function toPods(page: Page): Promise<void> {
    await page.goto(new URL(`/resources/pods?ns=${namespace}`, workbench.url).href);
    await pointAt(page, /^web-/);
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`a shell runs what is typed, fits its place, and goes on elsewhere (${colorScheme})`, async () => {
      await using opened = await openPage(browser, workbench.url, { colorScheme });
      const { page, errors } = opened;
      await toPods(page);
      await page.keyboard.press('s');
      await prompt(page).waitFor();
      expect(await violations(page)).toEqual([]);
      const small = await sizeOf(page, 'small');
      await page.getByRole('button', { name: 'Full height' }).click();
      await page.locator('.xterm-screen').click();
      expect(await sizeOf(page, 'large')).toBeGreaterThan(small);
      // Beyond the terminal, a program reaches nothing: not the title, not the clipboard.
      await page.evaluate("navigator.clipboard.writeText('mine')");
      await page.keyboard.type("printf '\\033]0;evil\\007\\033]52;c;ZXZpbA==\\007\\033[38;2;9;99;199mtold\\033[0m\\n'; echo o''k\n");
      await terminalText(page, /^ok$/).waitFor();
      expect([await page.title(), await page.evaluate('navigator.clipboard.readText()')]).toEqual(['Quarterdeck', 'mine']);
      await page.keyboard.press('Control+`');
      await page.getByRole('link', { name: 'Issues' }).first().click();
      await page.keyboard.press('Control+`');
      await terminalText(page, /^ok$/).waitFor();
      await page.reload();
      await prompt(page).waitFor();
      await page.locator('.xterm-screen').click();
      await page.keyboard.type('exit 3\n');
      await page.getByText('Ended with exit code 3').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(errors).toEqual([]);
    });
  }

  it('a container without a shell is told so, and gets a debug container on the spot', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await toPods(page);
    await page.keyboard.press('s');
    await prompt(page).waitFor();
    await page.getByRole('combobox', { name: 'Container' }).selectOption('bare');
    await page.getByText(/has no program sh/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Image').fill(image);
    await page.getByRole('button', { name: 'Start debug container' }).click();
    await page.getByText('If there is no prompt, press Enter').waitFor();
    await page.locator('.xterm-screen:visible').click();
    await page.keyboard.type('\nls /proc/1/root\n');
    await terminalText(page, /\bpause\b/).waitFor();
    expect(errors).toEqual([]);
  });

  it('a forward leads to whatever pod is ready; a shell says that its pod is gone', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page } = opened;
    await toPods(page);
    const pod = await kubectl('-n', namespace, 'get', 'pods', '-l', 'app=web', '-o', 'jsonpath={.items[0].metadata.name}');
    await page.keyboard.press('s');
    await prompt(page).waitFor();
    await page.getByRole('button', { name: 'Close the dock' }).click();
    await page.goto(new URL(`/resources/deployments?ns=${namespace}`, workbench.url).href);
    await pointAt(page, /^web/);
    await page.keyboard.press('f');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('http · web').waitFor({ timeout: 60_000 });
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Forward', exact: true }).click();
    const link = page.getByTitle('Open in the browser');
    const address = (await link.getAttribute('href')) ?? '';
    expect(await textAt(address)).toBe(`hello from ${pod}\n`);
    await page.getByText('0 open of 1').waitFor();
    await kubectl('-n', namespace, 'delete', 'pod', pod, '--wait=false');
    await expect.poll(() => textAt(address), { timeout: 30_000 }).toMatch(new RegExp(`hello from (?!${pod})`));
    await page.getByRole('tab', { name: pod }).click();
    await page.getByText('The pod is gone.').waitFor();
    await page.goto(new URL('/forwards', workbench.url).href);
    await page.getByRole('main').getByRole('list', { name: 'Port-forwards' }).getByRole('button', { expanded: false }).click();
    await page.getByText(/First byte after/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('main').getByRole('button', { name: 'Stop' }).click();
    await page.getByRole('main').getByRole('button', { name: 'Start' }).waitFor();
    await expect(textAt(address)).rejects.toThrow();
  });

  it('files go in and come out as they are, and nothing is overwritten unasked', async () => {
    await using opened = await openPage(browser, workbench.url, { colorScheme: 'dark' });
    const { page, errors } = opened;
    const inContainer = (script: string) => kubectl('-n', namespace, 'exec', 'deploy/web', '-c', 'web', '--', 'sh', '-c', script);
    await inContainer('mkdir /tmp/up; cd /tmp/up; echo old > data; touch "$(printf \'a\\342\\200\\256b\')"');
    await toPods(page);
    await page.getByRole('gridcell', { name: /^web-/ }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Files' }).click();
    for (const folder of ['tmp', 'up']) await page.getByRole('button', { name: folder, exact: true }).click();
    await page.getByText('\\u{202e}').waitFor();
    const content = randomBytes(2_000_000);
    const upload = page.locator('input[type=file]');
    await upload.setInputFiles({ name: 'data', mimeType: 'application/octet-stream', buffer: content });
    await page.getByText('There is a file of this name').waitFor();
    expect(await inContainer('cat /tmp/up/data')).toBe('old\n');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Overwrite' }).click();
    await page.getByText('done', { exact: true }).waitFor();
    expect(await inContainer('wc -c < /tmp/up/data')).toBe('2000000\n');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download data' }).click()]);
    expect((await readFile(await download.path())).equals(content)).toBe(true);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.getByRole('region', { name: 'Dock' }).boundingBox()).toMatchObject({ width: 390, height: 844 });
    expect(await violations(page)).toEqual([]);
    expect(errors).toEqual([]);
  });
});

/** Puts the cursor of the table on the row of a name. */
async function pointAt(page: Page, name: RegExp): Promise<void> {
  const row = page.getByRole('row').filter({ has: page.getByRole('gridcell', { name }) });
  const cursor = async () => page.getByRole('grid').getAttribute('aria-activedescendant');
  const id = await row.getAttribute('id');
  for (let presses = 0; presses < 50 && (await cursor()) !== id; presses += 1) await page.keyboard.press('j');
  expect(await cursor()).toBe(id);
}

/** A line of the terminal in front. */
const terminalText = (page: Page, text: RegExp) => page.locator('.xterm-rows:visible > div').filter({ hasText: text }).first();
const prompt = (page: Page) => terminalText(page, /^\/ #/);

/** How many rows the program believes to have. */
async function sizeOf(page: Page, mark: string): Promise<number> {
  await page.keyboard.type(`echo ${mark}=$(stty size)\n`);
  const line = terminalText(page, new RegExp(`^${mark}=\\d`));
  return Number((/=(\d+)/.exec((await line.textContent()) ?? '') ?? [])[1]);
}

async function textAt(address: string): Promise<string> {
  return (await fetch(address, { signal: AbortSignal.timeout(5_000), headers: { connection: 'close' } })).text();
}
