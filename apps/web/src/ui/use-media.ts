import { useCallback, useSyncExternalStore } from 'react';

/** The widths at which the page changes shape; the same as the style sheet's. */
export const narrow = '(width < 700px)';
export const compact = '(width < 1100px)';

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
