import { type Issue, refKey } from '@quarterdeck/contract';

/** Whether an issue is also about an object (by its `refKey`). Pods stand among the affected as their workload; that it is about one shows in its evidence. */
export function involves({ cause, affected, evidence }: Issue, key: string): boolean {
  return [cause, ...affected, ...evidence.map(({ object }) => object)].some((ref) => ref !== null && refKey(ref) === key);
}
