import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

/** Shells on the machine of the workbench, through a real browser. */
describe('terminals', { timeout: 120_000 }, () => {
  let browser: Browser;
  let workbench: Workbench;
  let state: string;
  let home: string;

  const start = (port: string) =>
    startWorkbench({
      KUBECONFIG: testKubeconfig(),
      QUARTERDECK_STATE: state,
      PORT: port,
      HOME: home,
      SHELL: '/bin/bash',
      QUARTERDECK_KEY: Buffer.alloc(32, 7).toString('base64'),
    });

  beforeAll(async () => {
    state = await mkdtemp(path.join(tmpdir(), 'quarterdeck-e2e-state-'));
    home = await mkdtemp(path.join(tmpdir(), 'quarterdeck-e2e-home-'));
    await writeFile(path.join(home, '.bash_profile'), "PS1='\\W $ '\n");
    await writeFile(path.join(home, 'poem.txt'), Array.from({ length: 12 }, (_, line) => `line ${line} of the poem`).join('\n'));
    browser = await launchBrowser();
    workbench = await start('0');
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
    await endHost(state);
    await rm(state, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`a shell says how its commands ended, and stands as it was after a reload (${colorScheme})`, async () => {
      await using opened = await openPage(browser, workbench.url, { colorScheme });
      const { page, errors } = opened;
      await openTerminal(page);
      await type(page, 'echo he""llo');
      await line(page, /^hello$/).waitFor();
      await type(page, "printf '\\033[1;31mr%s\\033[0m\\n' ed; false");
      await line(page, /^red$/).waitFor();
      await page.getByRole('button', { name: /^printf .*: exit code 1/ }).waitFor();
      await page.getByRole('button', { name: /^echo he""llo: done/ }).waitFor();
      expect(await violations(page)).toEqual([]);
      const before = await screen(page);
      await page.reload();
      await line(page, /^red$/).waitFor();
      await expect.poll(() => screen(page)).toBe(before);
      await page.getByRole('button', { name: 'Commands' }).click();
      const commands = page.getByRole('complementary', { name: 'Commands' });
      await commands.getByRole('button', { name: /Show the output of echo/ }).click();
      await commands.getByText('hello', { exact: true }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(errors).toEqual([]);
    });
  }

  it('asks before it pastes what would run, before it leaves, and before a program may use the clipboard', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await openTerminal(page);
    await paste(page, 'echo a\necho b\necho c\necho d\necho e\necho f\n');
    const question = page.getByRole('alertdialog');
    await question.getByText('Paste 6 lines?').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    await paste(page, 'echo on""e');
    await page.keyboard.press('Enter');
    await line(page, /^one$/).waitFor();
    await page.evaluate("navigator.clipboard.writeText('mine')");
    await type(page, "printf '\\033]52;c;ZXZpbA==\\007'");
    await question.getByText('evil', { exact: true }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('mine');
    await question.getByRole('button', { name: 'Allow' }).click();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe('evil');
    await type(page, "printf '\\033]8;;http://elsewhere.example/x\\033\\\\safe place\\033]8;;\\033\\\\\\n'");
    await line(page, /^safe.place/).hover({ force: true, position: { x: 20, y: 8 } });
    await page.locator('[title^="http://elsewhere.example"]').waitFor();
    await line(page, /^safe.place/).click({ force: true, modifiers: ['Control'], position: { x: 22, y: 8 } });
    await question.getByText('http://elsewhere.example/x').waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await page.keyboard.press('Control+Shift+F');
    await page.getByRole('textbox', { name: 'Find in the output' }).fill('safe');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Find in the output' }).fill('nowhere to be found');
    await page.getByText('Not in the output that is kept').waitFor();
    expect(errors).toEqual([]);
  });

  it('programs with the whole screen look the same after a reload; panes stay where they were', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, errors } = opened;
    await openTerminal(page);
    await page.getByRole('button', { name: 'Full height' }).click();
    await type(page, 'vim -u NONE -N poem.txt');
    await line(page, /^line 11 of the poem$/).waitFor();
    const poem = await screen(page);
    expect(poem.split('\n').slice(0, 12)).toEqual((await readFile(path.join(home, 'poem.txt'), 'utf8')).split('\n'));
    await page.keyboard.press('Control+Shift+D');
    await expect.poll(() => page.locator('.xterm-rows:visible').count()).toBe(2);
    await prompt(page).last().waitFor();
    await page.keyboard.type('top -b -n 1 | head -1\n');
    await line(page, /^top - /).waitFor();
    await page.reload();
    await line(page, /^top - /).waitFor();
    await line(page, /^line 11 of the poem$/).waitFor();
    expect(await page.locator('.xterm-rows:visible').count()).toBe(2);
    await page.getByRole('button', { name: 'Show this pane alone' }).last().click();
    await expect.poll(() => page.locator('.xterm-rows:visible').count()).toBe(1);
    await page.getByRole('button', { name: 'Show all panes' }).click();
    await page.getByRole('button', { name: 'Close this pane' }).last().click();
    await expect.poll(() => page.locator('.xterm-rows:visible').count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close this pane' }).click();
    await page.getByText(/vim .* still runs/).waitFor();
    await page.getByRole('button', { name: 'End the shell' }).click();
    await page.getByRole('tab', { name: /vim/ }).waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
  });

  it('one page types, another looks on and may take over; a shell goes on when nobody looks', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page, context } = opened;
    await page.goto(new URL('/terminal', workbench.url).href);
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await prompt(page).waitFor();
    await page.waitForURL(/session=/);
    const other = await context.newPage();
    await other.goto(page.url());
    await other.getByText('Another page types here').waitFor();
    await type(page, 'echo from-""first');
    await line(other, /^from-first$/).waitFor();
    await other.getByRole('button', { name: 'Take over' }).click();
    await page.getByText('Another page types here').waitFor();
    await type(other, 'echo from-""second');
    await line(page, /^from-second$/).waitFor();
    await other.close();
    await page
      .getByRole('button', { name: /^Rename / })
      .first()
      .click();
    await page.getByLabel('Name of the shell').fill('kept');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Rename kept' }).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole('link', { name: 'Issues' }).first().click();
    await page.goto(new URL('/terminal', workbench.url).href);
    await page
      .getByRole('list', { name: 'Shells' })
      .getByRole('button', { name: /^kept|running kept/ })
      .first()
      .click();
    await line(page, /^from-second$/).waitFor();
    await page.getByRole('button', { name: 'End kept' }).click();
    await page.getByRole('button', { name: 'Rename kept' }).waitFor({ state: 'detached' });
  });

  it('a shell goes on over a crash of the workbench', async () => {
    await using opened = await openPage(browser, workbench.url);
    const { page } = opened;
    await openTerminal(page);
    await type(page, 'kept=42; for i in $(seq 1 400); do echo "n $i"; sleep 0.01; done');
    await line(page, /^n \d\d$/).waitFor();
    const { port } = new URL(workbench.url);
    await workbench.crash();
    workbench = await start(port);
    // An address that differs in its fragment alone is no other page.
    await page.goto('about:blank');
    await page.goto(workbench.url);
    await line(page, /^n 400$/).waitFor({ timeout: 60_000 });
    await type(page, 'echo "kept is $kept"');
    await line(page, /^kept is 42$/).waitFor();
  });
});

const line = (page: Page, text: RegExp) => page.locator('.xterm-rows:visible > div').filter({ hasText: text }).first();
const prompt = (page: Page) => page.locator('.xterm-rows:visible > div').filter({ hasText: /\$\s*$/ });

/** A terminal in the dock that has the keyboard, with its shell at the prompt. */
async function openTerminal(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New terminal' }).click();
  await prompt(page).first().waitFor();
  await page.locator('.xterm-screen:visible').first().click();
}

async function type(page: Page, command: string): Promise<void> {
  await page.locator('.xterm-screen:visible').first().click();
  await page.keyboard.type(`${command}\n`);
}

/** What is on the screen, without blanks at the end. */
async function screen(page: Page): Promise<string> {
  const rows = await page.locator('.xterm-rows:visible').first().locator('> div').allTextContents();
  return rows
    .map((row) => row.replaceAll('\u00a0', ' ').trimEnd())
    .join('\n')
    .trimEnd();
}

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.locator('.xterm-screen:visible').first().click();
  await page.keyboard.press('Control+Shift+V');
}

/** The process that holds the shells outlives the workbench: that is its purpose. */
async function endHost(state: string): Promise<void> {
  const folder = path.join(state, 'terminal');
  for (const name of await readdir(folder)) {
    if (name.endsWith('.lock')) process.kill(Number((await readFile(path.join(folder, name), 'utf8')).split(' ')[0]), 'SIGTERM');
  }
}
