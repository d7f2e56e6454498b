import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { type BenchContext, MissingNeed } from '../bench.ts';

const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export function chromiumProgram(): string {
  const program = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(program)) throw new MissingNeed(`Chromium at ${program}; CHROMIUM may name another place.`);
  return program;
}

/** The page's JavaScript heap in MB after a collection, with the table of pods open for so long. */
export async function measureBrowserHeap(context: BenchContext, url: string, seconds: number): Promise<number> {
  const browser = await chromium.launch({ executablePath: chromiumProgram(), args: flags });
  context.cleanup.add(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.goto(new URL('/resources/pods', url).href);
  await page.locator('tbody').getByRole('row').nth(10).waitFor({ timeout: 120_000 });
  await delay(seconds * 1000, undefined, { signal: context.signal });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await browser.close();
  return usedSize / 2 ** 20;
}
