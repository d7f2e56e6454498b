import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { type FakeModel, startFakeModel } from './harness/fake-model.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const key = 'house-key-of-this-test-9x2K';
const secret = 'hunter2-hunter2-hunter2';
const pages = ['/ai/providers', '/ai/runs', '/ai/cost?everybody=true', '/ai/knowledge', '/ai/prompts', '/welcome'];

const runsSchema = z.object({ runs: z.array(z.object({ id: z.string(), purpose: z.string(), state: z.string() })) });
const usageSchema = z.object({ runs: z.number(), byDay: z.array(z.object({ day: z.string(), tokens: z.number() })) });

/** What is set up, asked, spent and known, on the pages where it is looked after; one after the other, as each goes on from the one before. */
describe('the assistant’s page', () => {
  let browser: Browser;
  let workbench: Workbench;
  let model: FakeModel;
  let state: string;

  beforeAll(async () => {
    state = await mkdtemp(path.join(tmpdir(), 'quarterdeck-ai-'));
    model = await startFakeModel(() => ({ pieces: ['The ', 'image can’t be pulled.'] }), { key, models: ['small', 'large'] });
    [browser, workbench] = await Promise.all([launchBrowser(), startWorkbench({ KUBECONFIG: testKubeconfig(), QUARTERDECK_STATE: state })]);
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
    await model?.[Symbol.asyncDispose]();
    await rm(state, { recursive: true, force: true });
  });

  async function at(address: string, options: { colorScheme?: 'light' | 'dark'; viewport?: { width: number; height: number } } = {}) {
    const opened = await openPage(browser, workbench.url, options);
    await opened.page.goto(new URL(address, workbench.url).href);
    return opened;
  }

  /** As a program with the launch token asks. */
  async function api(method: string, address: string, body?: object): Promise<unknown> {
    const { origin, hash } = new URL(workbench.url);
    const headers = { authorization: `Bearer ${hash.replace('#token=', '')}`, 'content-type': 'application/json' };
    const response = await fetch(`${origin}${address}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return response.json();
  }

  const panel = (page: Page, name: string) => page.getByRole('complementary', { name, exact: true });
  const order = (page: Page) => page.getByRole('list', { name: 'Order in which models are asked' }).getByRole('listitem');

  it('sets up an endpoint with its key, and the order in which its models are asked', async () => {
    await using opened = await at('/ai/providers');
    const { page } = opened;
    await page.getByText('No model is asked.').waitFor();
    await page.getByRole('button', { name: 'Add an endpoint' }).click();
    await page.getByLabel('Id', { exact: true }).fill('house');
    await page.getByLabel('Address', { exact: true }).fill(model.baseUrl);
    await page.getByLabel('Address', { exact: true }).press('Enter');
    const house = panel(page, 'house');
    await house.getByRole('button', { name: 'Test connection' }).click();
    await house.getByRole('status').getByText('The key is refused').waitFor();
    await house.getByLabel('New key').fill(key);
    await house.getByRole('button', { name: 'Store the key' }).click();
    await house.getByText('in the encrypted store').first().waitFor();
    expect(await house.getByLabel('New key').inputValue()).toBe('');
    await house.getByRole('button', { name: 'Test connection' }).click();
    await house.getByRole('status').getByText('It works').waitFor();
    await house.getByRole('button', { name: 'List its models' }).click();
    await house.getByRole('button', { name: 'Use small' }).click();
    await house.getByRole('button', { name: 'Use large' }).click();
    await expect
      .poll(() => order(page).allInnerTexts(), { timeout: 10_000 })
      .toEqual([expect.stringContaining('house/small'), expect.stringContaining('house/large')]);
    await house.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Ask house/large no more' }).press('Alt+ArrowUp');
    await expect.poll(async () => (await order(page).allInnerTexts())[0], { timeout: 10_000 }).toContain('house/large');
    await expect
      .poll(async () => JSON.parse(await readFile(path.join(state, 'models.json'), 'utf8')).use, { timeout: 10_000 })
      .toEqual(['house/large', 'house/small']);
  });

  it('compares models on small tasks', async () => {
    await using opened = await at('/ai/providers');
    const { page } = opened;
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const results = page.getByRole('region', { name: 'Comparison of models' });
    await results
      .getByText(/\d of 5/)
      .nth(1)
      .waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
    expect(await results.getByRole('row').count()).toBe(3);
  });

  it('shows what was sent for a question, without its secret, and sends the same to another model', async () => {
    model.asked.length = 0;
    await api('POST', '/api/ai/chat', { question: `compose a poem about why web fails, with PASSWORD=${secret}` });
    await expect.poll(async () => runsSchema.parse(await api('GET', '/api/ai/runs')).runs.map((run) => run.state), { timeout: 30_000 }).toEqual(['complete']);
    await using opened = await at('/ai/runs');
    const { page } = opened;
    await page.getByRole('row', { name: /Question/ }).click();
    const run = panel(page, 'Run');
    await run.getByText('compose a poem about why web fails').waitFor();
    await run.locator('mark', { hasText: '[redacted]' }).first().waitFor();
    expect(await run.textContent()).not.toContain(secret);
    await run.getByLabel('Model', { exact: true }).fill('house/small');
    await run.getByRole('button', { name: 'Send', exact: true }).click();
    const both = run.getByRole('region', { name: 'Two models side by side' });
    await both.getByText('house/small').waitFor();
    await both.getByText('house/large').waitFor();
    expect(await violations(page)).toEqual([]);
    const sent = model.asked.map((body) => JSON.parse(body));
    expect(sent).toHaveLength(2);
    expect(sent[1].messages).toEqual(sent[0].messages);
    expect(model.asked.join('')).not.toContain(secret);
    await page.goto(new URL('/ai/runs?purpose=replay', workbench.url).href);
    await page.getByRole('row', { name: /Replay/ }).waitFor();
    expect(await page.getByRole('row', { name: /Question/ }).count()).toBe(0);
  });

  it('counts what was spent as the API does, and sets what may be', async () => {
    await using opened = await at('/ai/cost');
    const { page } = opened;
    const usage = usageSchema.parse(await api('GET', '/api/ai/usage'));
    await page.getByText(`for ${usage.runs} runs`).waitFor();
    for (const { day, tokens } of usage.byDay) await page.getByRole('row', { name: new RegExp(`${day}.*${tokens.toLocaleString('en')}`) }).waitFor();
    await page.getByLabel('Dollars of all a month').fill('5');
    await page.getByRole('button', { name: 'Save limits' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await api('GET', '/api/ai/limits')).toMatchObject({ costPerMonth: 5, messagesPerHour: 50 });
  });

  it('adds a runbook, finds it, and removes it', async () => {
    await using opened = await at('/ai/knowledge');
    const { page } = opened;
    await page.getByRole('link', { name: 'Add a runbook' }).click();
    const book = panel(page, 'New runbook');
    await book.getByLabel('File').fill('../outside.md');
    await book.getByText('It must end in .md').waitFor();
    await book.getByLabel('File').fill('payments/gateway.md');
    await book.getByLabel('Markdown').fill('# Gateway\n\nThe gateway refuses connections after a rotation: restart its pods.\n');
    await book.getByRole('button', { name: 'Save runbook' }).click();
    await page.getByRole('link', { name: 'Gateway' }).waitFor();
    expect(await readdir(path.join(state, 'runbooks', 'payments'))).toEqual(['gateway.md']);
    const question = page.getByLabel('A question, or words of an issue');
    await question.fill('the gateway refuses a connection after the rotation');
    await page.getByRole('list', { name: 'Found passages' }).getByText('by its words').waitFor();
    await page.getByRole('link', { name: 'Gateway' }).click();
    const gateway = panel(page, 'payments/gateway.md');
    await gateway.getByRole('button', { name: 'Remove this runbook' }).click();
    await gateway.getByRole('button', { name: 'Really remove the file' }).click();
    await page.getByText('None yet. A runbook is').waitFor();
    expect(await readdir(path.join(state, 'runbooks', 'payments'))).toEqual([]);
    await page.getByText('Nothing fits').waitFor();
  });

  it('keeps what a person told, and forgets it', async () => {
    await using opened = await at('/ai/prompts');
    const { page } = opened;
    await page.getByLabel('How you want to be answered').fill('Short.');
    await page.getByLabel('What it should know of your systems').fill('web is in shop\n\nredis is ours');
    await page.getByRole('button', { name: 'Save instructions' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await api('GET', '/api/ai/memory')).toEqual({ instructions: 'Short.', facts: ['web is in shop', 'redis is ours'] });
    await page.reload();
    await expect.poll(() => page.getByLabel('How you want to be answered').inputValue(), { timeout: 10_000 }).toBe('Short.');
    await page.getByRole('button', { name: 'Clear both' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await api('GET', '/api/ai/memory')).toEqual({ instructions: '', facts: [] });
    await page.getByText('assistant@1').click();
    await page.getByText('packages/assistant/src/prompts/assistant.md').waitFor();
  });

  it('is in the way in, which goes on where it was left', async () => {
    await api('PUT', '/api/ai/setup/choice', { offline: false, use: [], plans: [], remoteAfterLocal: false });
    await using opened = await at('/welcome');
    const { page } = opened;
    await page.getByRole('heading', { name: 'Choose a model, or none' }).waitFor();
    await page.getByRole('button', { name: 'Work without a model' }).click();
    await page.getByRole('heading', { name: 'Choose a model, or none (done)' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Choose a model, or none (done)' }).waitFor();
    await page.getByRole('link', { name: 'Providers, keys and models' }).click();
    await page.getByRole('link', { name: 'Set up house' }).click();
    const house = panel(page, 'house');
    await house.getByRole('button', { name: 'Remove the stored key' }).click();
    await house.getByRole('button', { name: 'Really remove it', exact: true }).click();
    await house.getByText('There is none.').waitFor();
    expect(await keyIn(state)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('can be read by everybody, on a phone too: %s', async (colorScheme) => {
    await using opened = await at('/ai/providers', { colorScheme });
    const { page, errors } = opened;
    for (const address of pages) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(new URL(address, workbench.url).href);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      expect([address, await violations(page)]).toEqual([address, []]);
      await page.setViewportSize({ width: 390, height: 844 });
      await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      expect([address, 'narrow', await violations(page)]).toEqual([address, 'narrow', []]);
    }
    expect(errors).toEqual([]);
  });
});

/** The files in which the key stands in the clear. */
async function keyIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'latin1') })));
  return texts.filter(({ text }) => text.includes(key)).map(({ file }) => file);
}
