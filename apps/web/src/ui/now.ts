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

/** A text that depends on the time: read anew each second, rendered anew only when it reads differently. */
export function useTicking(read: (now: number) => string): string {
  const subscribe = useCallback((listener: () => void) => onTick(listener), []);
  return useSyncExternalStore(subscribe, () => read(Date.now()));
}
