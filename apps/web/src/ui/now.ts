import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, 1_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Epoch milliseconds at which time stands still; null while it runs. */
let stopped: number | null = null;

/** In a recording the time is the recording's: an age of then is not older because one looks at it today. */
export function stopTimeAt(at: number | null): void {
  stopped = at;
  for (const each of listeners) each();
}

function now(): number {
  return stopped ?? Date.now();
}

/** A text that depends on the time: read anew each second, rendered anew only when it reads differently. */
export function useTicking(read: (now: number) => string): string {
  const subscribe = useCallback((listener: () => void) => onTick(listener), []);
  return useSyncExternalStore(subscribe, () => read(now()));
}

/** Epoch milliseconds, every `step` of them a new one: for what changes with time and is no text. */
export function useNow(step: number): number {
  return Number(useTicking((now) => String(Math.floor(now / step) * step)));
}
