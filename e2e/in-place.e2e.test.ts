import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './harness/accessibility.ts';
import { launchBrowser, openPage } from './harness/browser.ts';
import { testKubeconfig } from './harness/environment.ts';
import { type FakeModel, startFakeModel } from './harness/fake-model.ts';
import { kubectl } from './harness/kubectl.ts';
import { startWorkbench, type Workbench } from './harness/workbench.ts';

const namespace = 'e2e-in-place';
const image = 'docker.io/local/busybox:1';
const inside = (...args: string[]) => kubectl('--namespace', namespace, ...args);
const imageOf = (name: string) => inside('get', 'deployment', name, '-o', 'jsonpath={.spec.template.spec.containers[0].image}');

/** Help where one is: told of what breaks, words that explain themselves, plans, manifests from words, suggestions, sizes. */
describe('help in place', () => {
  let browser: Browser;
  let workbench: Workbench;
  let model: FakeModel;

  beforeAll(async () => {
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=true', '--timeout=90s');
    await kubectl('create', 'namespace', namespace);
    model = await startFakeModel(() => ({ pieces: ['The rollout is **done', '**, nothing to do.'] }));
    const environment = { KUBECONFIG: testKubeconfig(), CODEX_MOCK_MODE: 'true', QUARTERDECK_STATE: model.stateDirectory };
    [browser, workbench] = await Promise.all([launchBrowser(), startWorkbench(environment)]);
    for (const name of ['till', 'sized']) await inside('create', 'deployment', name, `--image=${image}`, '--', 'sh', '-c', 'trap exit TERM; sleep 9999 & wait');
    // Nothing of it serves any more once it breaks; it breaks and goes at once.
    const quick = { strategy: { type: 'Recreate', rollingUpdate: null } };
    const pod = { terminationGracePeriodSeconds: 1, containers: [{ name: 'busybox', imagePullPolicy: 'Never' }] };
    await inside('patch', 'deployment', 'till', '-p', JSON.stringify({ spec: { ...quick, template: { spec: pod } } }));
    await inside('rollout', 'status', 'deployment/till', '--timeout=60s');
  });

  afterAll(async () => {
    await browser?.close();
    await workbench?.[Symbol.asyncDispose]();
    await model?.[Symbol.asyncDispose]();
    await kubectl('delete', 'namespace', namespace, '--ignore-not-found', '--wait=false');
  });

  async function at(path: string, colorScheme: 'light' | 'dark' = 'light', notices = false) {
    const opened = await openPage(browser, workbench.url, { colorScheme, notices });
    await opened.page.getByRole('link', { name: 'Issues' }).first().waitFor();
    await opened.page.goto(new URL(path, workbench.url).href);
    return opened;
  }
  const assistant = (page: Page): Locator => page.getByRole('complementary', { name: 'Assistant', exact: true });

  it('says what breaks, plans with what one says, carries a plan out and takes it back', async () => {
    await using opened = await at('/events', 'light', true);
    const { page, errors } = opened;
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: /^Issues/ })
      .waitFor();
    await expect.poll(() => page.getByRole('row').count(), { timeout: 30_000 }).toBeGreaterThan(1);
    await inside('set', 'image', 'deployment/till', 'busybox=docker.io/local/busybox:99');
    const notice = page.getByRole('group').filter({ hasText: 'busybox:99' });
    await notice.first().waitFor({ timeout: 60_000 });
    expect(await page.getByRole('dialog').count()).toBe(0);
    await notice.first().getByRole('button', { name: 'Open', exact: true }).click();

    const article = page.getByRole('article');
    await article.getByRole('heading', { level: 1 }).waitFor();
    await article.getByText('Made by the engine, without a model.').waitFor();
    await article.getByRole('textbox', { name: 'Anything we should know?' }).fill('keep the image, we cannot roll back');
    await page.keyboard.press('Enter');
    await article
      .getByText(/It changes the image, which you said is right/)
      .first()
      .waitFor();
    await article.getByRole('textbox', { name: 'Anything we should know?' }).fill('');
    await page.keyboard.press('Enter');
    await article.getByRole('tab', { name: 'Long term' }).click();
    await article.getByText('Recommendations').waitFor();
    await article.getByRole('tab', { name: 'Short term' }).click();
    await article.getByRole('button', { name: 'Draft with a model' }).click();
    await article.getByText('Played: CODEX_MOCK_MODE is on').waitFor();
    expect(await violations(page)).toEqual([]);

    await article.getByRole('button', { name: /^Preview \d+ steps?$/ }).click();
    await article.getByRole('button', { name: /^(Set the image|Roll back|Fix|Carry out|Approve)/ }).click();
    await article.getByRole('status').filter({ hasText: 'succeeded' }).waitFor({ timeout: 90_000 });
    expect(await imageOf('till')).toBe(image);
    await article.getByRole('button', { name: 'Preview the undo' }).click();
    await article
      .getByRole('button', { name: /^(Undo|Set the image|Change|Apply|Carry out|Approve)/ })
      .last()
      .click();
    await expect.poll(() => imageOf('till'), { timeout: 30_000 }).toContain('busybox:99');
    expect(errors).toEqual([]);
  });

  it('explains words by keyboard alone, and asks about an object, in the dark', async () => {
    await using opened = await at(`/resources/deployments?ns=${namespace}&open=Deployment.apps/${namespace}/sized`, 'dark');
    const { page, errors } = opened;
    const condition = page.getByRole('button', { name: 'Progressing', exact: true });
    await condition.first().waitFor();
    await condition.first().focus();
    await page.keyboard.press('Enter');
    const words = page.getByRole('dialog', { name: 'What Progressing means' });
    await words.getByText(/no progress for progressDeadlineSeconds/).waitFor();
    await words.getByRole('button', { name: 'Ask a model' }).press('Enter');
    await words.locator('strong', { hasText: 'done' }).waitFor();
    await words.getByText('From played/played').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await words.waitFor({ state: 'detached' });
    await page.keyboard.press('Shift+A');
    await assistant(page).waitFor();
    await assistant(page).getByText('sized').first().waitFor();
    expect(errors).toEqual([]);
  });

  it('writes manifests from words, changes them by a sentence, and applies them', async () => {
    await using opened = await at(`/create?ns=${namespace}&template=words`);
    const { page, errors } = opened;
    const text = page.locator('.cm-content').first();
    const box = page.getByRole('form', { name: 'In your own words' }).getByRole('textbox');
    await box.fill('a configmap spoken with LEVEL=info');
    await page.keyboard.press('Enter');
    await text.getByText('LEVEL: info').waitFor();
    await page.getByText(/Written by the template/).waitFor();
    await box.fill('and MODE=fast');
    await page.keyboard.press('Enter');
    await text.getByText('MODE: fast').waitFor();
    const preview = page.getByRole('button', { name: 'Preview 1 object' });
    await preview.waitFor();
    expect(await violations(page)).toEqual([]);
    await preview.click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Apply/ })
      .click();
    await expect.poll(() => inside('get', 'configmap', 'spoken', '-o', 'jsonpath={.data}').catch(() => ''), { timeout: 20_000 }).toContain('fast');
    expect(errors).toEqual([]);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`suggests in the editor: Tab takes a fix and what lacks, Esc hides it (${colorScheme})`, async () => {
      await using opened = await at(`/create?ns=${namespace}`, colorScheme);
      const { page, errors } = opened;
      const text = page.locator('.cm-content').first();
      await text.focus();
      await paste(
        page,
        `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicass: 1\n  template:\n    spec:\n      containers:\n        - name: app\n          image: nginx`,
      );
      await text.getByText(/Requests and a memory limit/).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await text.getByText(/Requests and a memory limit/).waitFor({ state: 'detached' });
      expect(await text.textContent()).not.toContain('128Mi');
      await find(page, 'replicass: 1');
      await page.keyboard.press('End');
      await text.getByText(/Write replicas/).waitFor();
      await page.keyboard.press('Tab');
      await expect.poll(() => text.textContent()).toMatch(/ {2}replicas: 1/);
      await page.keyboard.press('Control+End');
      await text.getByText(/Requests and a memory limit/).waitFor();
      await page.keyboard.press('Tab');
      await expect.poll(() => text.textContent()).toContain('128Mi');
      expect(errors).toEqual([]);
    });
  }

  it('advises a size by what is used, and previews it', async () => {
    await using opened = await at(`/resources/deployments?ns=${namespace}&open=Deployment.apps/${namespace}/sized&section=size`);
    const { page, errors } = opened;
    const preview = page.getByRole('button', { name: 'Preview this change' });
    const retry = async () => {
      await page.reload();
      return preview.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      );
    };
    await expect.poll(retry, { timeout: 90_000 }).toBe(true);
    expect(await violations(page)).toEqual([]);
    await preview.click();
    await page
      .getByRole('dialog')
      .getByText(/resources/)
      .first()
      .waitFor();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Right-size sized|Change Deployment sized/ })
      .click();
    await expect
      .poll(() => inside('get', 'deployment', 'sized', '-o', 'jsonpath={.spec.template.spec.containers[0].resources.requests.memory}'), { timeout: 20_000 })
      .toMatch(/Mi$/);
    expect(errors).toEqual([]);
  });

  it('is turned off in one place', async () => {
    await using opened = await at('/ai/assistance');
    const { page } = opened;
    const explains = page.getByRole('checkbox', { name: /^Explain words/ });
    await explains.waitFor();
    expect(await violations(page)).toEqual([]);
    await explains.press('Space');
    await page.goto(new URL(`/resources/deployments?ns=${namespace}&open=Deployment.apps/${namespace}/sized`, workbench.url).href);
    await page.getByText('Progressing', { exact: true }).first().waitFor();
    expect(await page.getByRole('button', { name: 'Progressing', exact: true }).count()).toBe(0);
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

/** As a person pastes: in one go, so that nothing is indented or closed by the editor. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press('Control+v');
}
