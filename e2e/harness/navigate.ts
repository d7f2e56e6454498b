import type { Page } from 'playwright-core';

/** From the first screen to the list of what is broken, as a person clicks. */
export async function toIssues(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Issues/ })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Issues' }).waitFor();
}
