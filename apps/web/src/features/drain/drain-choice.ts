import type { DrainOptions, DrainPlan } from '@quarterdeck/contract';

/** What a person chooses, as they type it. */
export interface DrainChoice {
  ignoreDaemonSets: boolean;
  deleteEmptyDirData: boolean;
  force: boolean;
  grace: string;
  timeout: string;
}

/** Nearly every node runs pods of DaemonSets, and they come back wherever they are evicted. */
export const usualChoice: DrainChoice = { ignoreDaemonSets: true, deleteEmptyDirData: false, force: false, grace: '', timeout: '' };

/** Null for what is no whole number; undefined for nothing. */
export function secondsOf(text: string): number | undefined | null {
  if (text.trim() === '') return undefined;
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : null;
}

/** Null while a number is none. */
export function drainOptionsOf({ grace, timeout, ...flags }: DrainChoice): DrainOptions | null {
  const [gracePeriodSeconds, timeoutSeconds] = [secondsOf(grace), secondsOf(timeout)];
  if (gracePeriodSeconds === null || timeoutSeconds === null) return null;
  return { ...flags, timeoutSeconds: timeoutSeconds ?? 0, ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }) };
}

/** Whether the drain takes away what nothing brings back: data of emptyDir volumes, pods without an owner. */
export function takesForGood({ evict }: DrainPlan, { deleteEmptyDirData, force }: Pick<DrainOptions, 'deleteEmptyDirData' | 'force'>): boolean {
  return (deleteEmptyDirData || force) && evict.some(({ owner, notes }) => owner === null || notes.length > 0);
}

export function drainCommand(node: string, { ignoreDaemonSets, deleteEmptyDirData, force, gracePeriodSeconds, timeoutSeconds }: DrainOptions): string {
  return [
    'kubectl drain',
    node,
    ...(ignoreDaemonSets ? ['--ignore-daemonsets'] : []),
    ...(deleteEmptyDirData ? ['--delete-emptydir-data'] : []),
    ...(force ? ['--force'] : []),
    ...(gracePeriodSeconds === undefined ? [] : [`--grace-period=${gracePeriodSeconds}`]),
    ...(timeoutSeconds === 0 ? [] : [`--timeout=${timeoutSeconds}s`]),
  ].join(' ');
}
