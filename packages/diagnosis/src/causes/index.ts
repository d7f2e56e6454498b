import type { CausalRule } from '../model/rule.ts';

/** Every causal rule, one a line. */
export const rules: readonly CausalRule[] = [];
