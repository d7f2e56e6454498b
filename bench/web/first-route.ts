import { gzipSync } from 'node:zlib';
import type { Browser, Response } from 'playwright-core';
import type { Figure } from '../bench.ts';
import { median } from '../harness/percentile.ts';

const visits = 5;

/** What somebody waits for who opens the workbench on the recorded demo: bytes of script, and the time until a first click works. */
export async function measureFirstRoute(browser: Browser, url: string): Promise<Figure[]> {
  const scripts = await scriptBytes(browser, url);
  const times: number[] = [];
  for (let visit = 0; visit < visits; visit += 1) times.push(await interactiveMs(browser, url));
  return [
    { name: 'first route, scripts compressed', value: scripts.compressed / 1000, unit: 'kB', bar: { is: '<', value: 180 } },
    { name: 'first route, scripts', value: scripts.plain / 1000, unit: 'kB' },
    { name: 'interactive on the demo, median', value: median(times), unit: 'ms', bar: { is: '<', value: 1500 } },
    { name: 'interactive on the demo, slowest', value: Math.max(...times), unit: 'ms' },
  ];
}

/** Whatever the page fetches before anybody touches it counts, also what it calls lazy. */
async function scriptBytes(browser: Browser, url: string): Promise<{ plain: number; compressed: number }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  await page.goto(url);
  await page.locator('main a[href^="/issues/"]').first().waitFor();
  await page.waitForLoadState('networkidle');
  const bodies = await Promise.all(scripts.map((response) => response.body()));
  await context.close();
  return { plain: sum(bodies.map(({ length }) => length)), compressed: sum(bodies.map((body) => gzipSync(body).length)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** From the start of the navigation, with nothing in the cache, until the worst issue is on screen and its link opens it. */
async function interactiveMs(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  const link = page.locator('main a[href^="/issues/"]').first();
  await link.waitFor();
  const shown = await page.evaluate(() => performance.now());
  await link.click();
  await page.waitForURL(/\/issues\/.+/);
  await context.close();
  return shown;
}
