import * as z from 'zod';
import type { Intent } from '../sources/context-source.ts';

const shares = z.record(z.string(), z.number().min(0).max(100));

/** How much of what is known goes into a prompt. A person may change all of it. */
export const contextSettingsSchema = z.strictObject({
  /** Of the whole context. Tokens. */
  tokens: z.number().int().min(200).max(200_000),
  /** What a section (by its id) gets of them, by what is wanted; in any unit, they are compared with each other. */
  shares: z.strictObject({ troubleshoot: shares, create: shares, explain: shares, optimise: shares }),
});
export type ContextSettings = z.infer<typeof contextSettingsSchema>;

/** For sections that no table names: those of other sources. */
export const usualShare = 10;

const usual: Record<Intent, Record<string, number>> = {
  troubleshoot: { issue: 30, status: 12, events: 12, logs: 25, manifest: 15, changes: 12, neighbours: 8, namespace: 4, cluster: 2 },
  create: { issue: 5, status: 4, events: 2, logs: 0, manifest: 25, changes: 2, neighbours: 20, namespace: 20, cluster: 8 },
  explain: { issue: 15, status: 15, events: 8, logs: 6, manifest: 30, changes: 6, neighbours: 15, namespace: 5, cluster: 5 },
  optimise: { issue: 8, status: 15, events: 4, logs: 4, manifest: 30, changes: 5, neighbours: 12, namespace: 10, cluster: 6 },
};

/** Small enough for a local model, and enough for one incident. */
export const defaultContextSettings: ContextSettings = { tokens: 6_000, shares: usual };
