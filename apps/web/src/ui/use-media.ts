import { useCallback, useSyncExternalStore } from 'react';

/** The widths at which the page changes shape; the same as the style sheet's. */
export const narrow = '(width < 700px)';
export const compact = '(width < 1100px)';

const lists = new Map<string, MediaQueryList>();

/** One a query: asking the page anew makes it lay itself out. */
function listOf(query: string): MediaQueryList {
  const list = lists.get(query) ?? window.matchMedia(query);
  lists.set(query, list);
  return list;
}

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = listOf(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => listOf(query).matches);
}
