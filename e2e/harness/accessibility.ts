import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Rule and place of everything that axe objects to. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const result: unknown = await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).join(', ')))",
  );
  if (!Array.isArray(result)) throw new Error('axe gave no list.');
  return result.map(String);
}
