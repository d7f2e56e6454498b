import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumProgram } from './environment.ts';

/** Quiet on a machine without a network: Chromium's own background calls are switched off. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumProgram(), args: flags });
}

/** As if a person had turned it off; what a test chooses itself stays. */
const withoutNotices = `if (location.protocol.startsWith('http') && localStorage.getItem('quarterdeck.preferences') === null)
  localStorage.setItem('quarterdeck.preferences', JSON.stringify({ assistance: { notices: false } }));`;

export interface OpenPage extends AsyncDisposable {
  page: Page;
  context: BrowserContext;
  /** Errors that scripts threw or wrote to the console since the page was opened. */
  errors: string[];
}

export interface OpenOptions extends BrowserContextOptions {
  /** Whether the page says new issues in the corner: those of other tests on the same cluster, too. */
  notices?: boolean;
}

/** A page in a profile of its own, with the clipboard readable. */
export async function openPage(browser: Browser, url: string, { notices = false, ...options }: OpenOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  if (!notices) await context.addInitScript(withoutNotices);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(url);
  // The page is drawn when it has its session: who goes on before that takes the launch token away from it.
  if (url !== 'about:blank') await page.locator('#root > *').first().waitFor();
  return { page, context, errors, [Symbol.asyncDispose]: () => context.close() };
}
