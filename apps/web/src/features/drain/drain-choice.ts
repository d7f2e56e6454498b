import type { DrainOptions, DrainPlan } from '@quarterdeck/contract';

/** What a person chooses, as they type it. */
export interface DrainChoice {
  ignoreDaemonSets: boolean;
  deleteEmptyDirData: boolean;
  force: boolean;
  grace: string;
  timeout: string;
  /** Labels, as kubectl takes a selector. */
  podSelector: string;
}

/** Nearly every node runs pods of DaemonSets, and they come back wherever they are evicted. */
export const usualChoice: DrainChoice = { ignoreDaemonSets: true, deleteEmptyDirData: false, force: false, grace: '', timeout: '', podSelector: '' };

/** Null for what is no whole number; undefined for nothing. */
export function secondsOf(text: string): number | undefined | null {
  if (text.trim() === '') return undefined;
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : null;
}

/** Null while a number is none. */
export function drainOptionsOf({ grace, timeout, podSelector, ...flags }: DrainChoice): DrainOptions | null {
  const [gracePeriodSeconds, timeoutSeconds] = [secondsOf(grace), secondsOf(timeout)];
  if (gracePeriodSeconds === null || timeoutSeconds === null) return null;
  const selector = podSelector.trim();
  return {
    ...flags,
    timeoutSeconds: timeoutSeconds ?? 0,
    ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    ...(selector === '' ? {} : { podSelector: selector }),
  };
}

/** Whether the drain takes away what nothing brings back: data of emptyDir volumes, pods without an owner. */
export function takesForGood({ evict }: DrainPlan, { deleteEmptyDirData, force }: Pick<DrainOptions, 'deleteEmptyDirData' | 'force'>): boolean {
  return (deleteEmptyDirData || force) && evict.some(({ owner, notes }) => owner === null || notes.length > 0);
}

/** The same as a command, each word as a POSIX shell takes it. */
export function drainCommand(node: string, options: DrainOptions): string {
  const { ignoreDaemonSets, deleteEmptyDirData, force, gracePeriodSeconds, timeoutSeconds, podSelector } = options;
  return [
    'kubectl drain',
    node,
    ...(ignoreDaemonSets ? ['--ignore-daemonsets'] : []),
    ...(deleteEmptyDirData ? ['--delete-emptydir-data'] : []),
    ...(force ? ['--force'] : []),
    ...(gracePeriodSeconds === undefined ? [] : [`--grace-period=${gracePeriodSeconds}`]),
    ...(timeoutSeconds === 0 ? [] : [`--timeout=${timeoutSeconds}s`]),
    ...(podSelector === undefined ? [] : [`--pod-selector='${podSelector.replaceAll("'", `'\\''`)}'`]),
  ].join(' ');
}
