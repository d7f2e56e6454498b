import type { Browser, CDPSession, Page } from 'playwright-core';
import * as z from 'zod';
import type { BenchContext, Figure } from '../bench.ts';
import { heapOf } from '../harness/browser.ts';
import { percentile } from '../harness/percentile.ts';
import { framesFor } from '../web/in-page.ts';

/** An answer is asked for, and the page watched while it comes. */
export async function measureChat(context: BenchContext, browser: Browser, url: string): Promise<Figure[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.locator('main a[href^="/issues/"]').first().waitFor();
  await page.goto(new URL('/ai', url).href);
  await page.getByRole('textbox', { name: 'Your question' }).fill('Write all that you know.');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Part 1', exact: true }).waitFor({ timeout: 60_000 });
  context.tell('watching the answer');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const before = await busySeconds(devtools);
  const began = performance.now();
  // A little less than the answer is long: its end is another piece of work.
  const frames = z.array(z.number()).parse(await page.evaluate(framesFor((context.number('seconds') - 3) * 1000)));
  const busy = ((await busySeconds(devtools)) - before) / ((performance.now() - began) / 1000);
  const characters = await shownCharacters(page);
  await page.getByRole('button', { name: 'Copy the answer' }).waitFor({ timeout: 60_000 });
  const heap = await heapOf(page);
  await page.close();
  return [
    { name: 'frames of more than 50 ms while it is written', value: frames.filter((ms) => ms > 50).length, unit: '', bar: { is: '=', value: 0 } },
    { name: 'frames while it is written', value: frames.length, unit: '' },
    { name: 'longest frame', value: Math.max(...frames), unit: 'ms' },
    { name: 'frame, p99', value: percentile(frames, 99), unit: 'ms' },
    { name: 'the page’s main thread', value: busy * 100, unit: '% of a core' },
    { name: 'heap with the whole answer', value: heap, unit: 'MB' },
    { name: 'characters shown', value: characters, unit: '' },
  ];
}

async function busySeconds(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

async function shownCharacters(page: Page): Promise<number> {
  return (await page.getByRole('article', { name: 'Assistant' }).last().textContent())?.length ?? 0;
}
