import type { Remedy } from '../../model/remedy.ts';

/** Every remedy, one a line. */
export const remedies: readonly Remedy[] = [];
