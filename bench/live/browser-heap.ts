import { setTimeout as delay } from 'node:timers/promises';
import type { BenchContext } from '../bench.ts';
import { heapOf, launchChromium } from '../harness/browser.ts';

/** The page's JavaScript heap in MB after a collection, with the table of pods open for so long. */
export async function measureBrowserHeap(context: BenchContext, url: string, seconds: number): Promise<number> {
  const browser = await launchChromium(context);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.goto(new URL('/resources/pods', url).href);
  await page.locator('tbody').getByRole('row').nth(10).waitFor({ timeout: 120_000 });
  await delay(seconds * 1000, undefined, { signal: context.signal });
  const heap = await heapOf(page);
  await browser.close();
  return heap;
}
