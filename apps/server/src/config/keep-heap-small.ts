import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's space for new objects at its first size. Lists are read as a stream of objects that die at once; a large
 * space lets them wait in memory, and a page of them alive at the same time move among the old. With 30,000 pods the
 * process then needs half of the memory, and the list is not read later (docs/decisions/0012-rows-on-ingest.md).
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
