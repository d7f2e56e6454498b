import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import * as z from 'zod';
import type { BenchContext, Figure } from '../bench.ts';
import { heapOf } from '../harness/browser.ts';
import { percentile } from '../harness/percentile.ts';
import { framesFor, timeOfSort } from './in-page.ts';

const scrolls = 20;
const sorts = 20;
/** Of one turn of the wheel, in pixels. */
const turn = 1_200;

/** The table of pods in a real browser: scrolled and sorted while the cluster changes, and its heap after `seconds` of that. */
export async function measureLargeTable(context: BenchContext, browser: Browser, url: string): Promise<Figure[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(url);
  await page.goto(new URL('/resources/pods', url).href);
  await page.locator('tbody').getByRole('row').nth(10).waitFor({ timeout: 120_000 });
  await page.getByRole('status').filter({ hasText: 'Still reading' }).waitFor({ state: 'detached', timeout: 300_000 });
  context.tell('scrolling through the table');
  const frames = await scrollFrames(page);
  context.tell('sorting it');
  const sorted = await sortTimes(page);
  const seconds = context.number('seconds');
  context.tell(`keeping it open for ${seconds} s of changes`);
  await delay(seconds * 1000, undefined, { signal: context.signal });
  const heap = await heapOf(page);
  await page.close();
  return [
    { name: 'frames of more than 50 ms while scrolling', value: frames.filter((ms) => ms > 50).length, unit: '', bar: { is: '=', value: 0 } },
    { name: 'frames while scrolling', value: frames.length, unit: '' },
    { name: 'longest frame while scrolling', value: Math.max(...frames), unit: 'ms' },
    { name: 'frame while scrolling, p99', value: percentile(frames, 99), unit: 'ms' },
    { name: 'sort visible, p50', value: percentile(sorted, 50), unit: 'ms' },
    { name: 'sort visible, p95', value: percentile(sorted, 95), unit: 'ms', bar: { is: '<', value: 150 } },
    { name: 'heap after the changes', value: heap, unit: 'MB', bar: { is: '<', value: 150 } },
  ];
}

/** Milliseconds between frames, from the page's own clock, while the wheel is turned. */
async function scrollFrames(page: Page): Promise<number[]> {
  await page.locator('tbody').getByRole('row').nth(5).hover();
  const watching = page.evaluate(framesFor(scrolls * 150));
  for (let number = 0; number < scrolls; number += 1) {
    await page.mouse.wheel(0, number % 5 === 4 ? -turn : turn);
    await delay(140);
  }
  return z.array(z.number()).parse(await watching);
}

/** From the click on a header until the rows stand in the new order, seen by the page itself. */
async function sortTimes(page: Page): Promise<number[]> {
  await page.mouse.move(0, 0);
  const times: number[] = [];
  const headers = ['Name', 'Age', 'Restarts', 'Node'];
  for (let number = 0; number < sorts; number += 1) {
    times.push(z.number().parse(await page.evaluate(timeOfSort(headers[number % headers.length] ?? ''))));
    await delay(300);
  }
  return times;
}
