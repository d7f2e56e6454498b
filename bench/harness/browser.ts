import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type BenchContext, MissingNeed } from '../bench.ts';

const flags = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Throws MissingNeed where there is none. */
export function chromiumProgram(): string {
  const program = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(program)) throw new MissingNeed(`Chromium at ${program}; CHROMIUM may name another place.`);
  return program;
}

/** Ends with the bench, if not before. */
export async function launchChromium({ cleanup }: Pick<BenchContext, 'cleanup'>): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: chromiumProgram(), args: flags });
  cleanup.add(() => browser.close());
  return browser;
}

/** The page's JavaScript heap in MB, after a collection. */
export async function heapOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  await devtools.detach();
  return usedSize / 2 ** 20;
}
