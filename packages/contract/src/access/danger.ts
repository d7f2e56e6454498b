import * as z from 'zod';

/**
 * How dangerous a request to the cluster is, from mildest to worst. Derived from the request itself, never from what
 * somebody says that it does; whoever judges besides (a model, a person) may raise it and not lower it.
 */
export const dangerClasses = ['read', 'sensitiveRead', 'write', 'disruptive', 'execution', 'privilege', 'destructive'] as const;
export type DangerClass = (typeof dangerClasses)[number];

export const dangerSchema = z.object({
  danger: z.enum(dangerClasses),
  /** Why, in words for people; empty for a plain read. */
  reason: z.string(),
});
export type Danger = z.infer<typeof dangerSchema>;

export function worstDanger(dangers: readonly Danger[]): Danger {
  const worst = dangers.reduce<Danger | null>((most, each) => (most === null || isWorse(each.danger, most.danger) ? each : most), null);
  return worst ?? { danger: 'read', reason: '' };
}

export function isWorse(a: DangerClass, b: DangerClass): boolean {
  return dangerClasses.indexOf(a) > dangerClasses.indexOf(b);
}
