import type { HealthState } from '@quarterdeck/contract';
import { useSyncExternalStore } from 'react';

export interface Notice {
  /** Replaces the one that is shown under the same id. */
  id?: string;
  text: string;
  /** A second line, for what needs one. */
  detail?: string;
  /** Marks it; a plain notice has none. */
  state?: HealthState;
  /** What can be done about it. */
  action?: { label: string; run(): void };
}

const waiting: Notice[] = [];
const listeners = new Set<() => void>();
let any = false;

/** Says something in the corner, without taking the focus. What must be decided or kept is no notice: it has its place on a page. */
export function notify(notice: Notice): void {
  waiting.push(notice);
  any = true;
  for (const listener of listeners) listener();
}

/** Notices that nobody has shown yet; they are whoever's who takes them. */
export function takeNotices(): Notice[] {
  return waiting.splice(0);
}

export function onNotice(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether there was ever something to say: until then nothing is needed that shows it. */
export function useAnyNotice(): boolean {
  return useSyncExternalStore(onNotice, () => any);
}
