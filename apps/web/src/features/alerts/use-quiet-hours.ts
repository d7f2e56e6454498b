import { useSyncExternalStore } from 'react';
import { parseQuietHours, type QuietHours } from './quiet-hours.ts';

const storageKey = 'quarterdeck.quiet-hours';
const listeners = new Set<() => void>();
let current: QuietHours | null = null;

export function readQuietHours(): QuietHours {
  current ??= parseQuietHours(localStorage.getItem(storageKey));
  return current;
}

export function setQuietHours(change: Partial<QuietHours>): void {
  current = { ...readQuietHours(), ...change };
  localStorage.setItem(storageKey, JSON.stringify(current));
  for (const listener of listeners) listener();
}

function onQuietHours(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useQuietHours(): QuietHours {
  return useSyncExternalStore(onQuietHours, readQuietHours);
}
