import { setFlagsFromString } from 'node:v8';

/**
 * Makes V8 clean up early. Lists are read as many objects that die at once: left to itself, V8 lets its space for new
 * objects grow until they wait there, and its old space to a multiple of what is alive. With 30,000 pods the process then
 * needs twice the memory, and the list is not read sooner (docs/decisions/0012-rows-on-ingest.md).
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=60');
}
