import type { ActionSummary } from '@quarterdeck/contract';

/** What is told live over what was read page by page, newest first. */
export function mergeActions(live: readonly ActionSummary[], read: readonly ActionSummary[]): ActionSummary[] {
  const byId = new Map([...read, ...live].map((action) => [action.id, action]));
  return [...byId.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}
