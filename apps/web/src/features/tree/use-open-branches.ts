import { useCallback, useMemo } from 'react';
import * as z from 'zod';
import { BrowserRecord, useBrowserRecord } from '../../storage/browser-record.ts';

/** Branches that somebody opened or closed, by cluster; until the tab is closed. */
const keptBranches = new BrowserRecord(sessionStorage, 'quarterdeck.tree', z.record(z.string(), z.boolean()));
const none: Readonly<Record<string, boolean>> = {};

/** What was opened and closed by hand, kept while the tab is there. */
export function useOpenBranches(cluster: string) {
  const kept = useBrowserRecord(keptBranches, cluster) ?? none;
  const choices = useMemo(() => new Map(Object.entries(kept)), [kept]);
  const toggle = useCallback((id: string, open: boolean) => keptBranches.set(cluster, { ...keptBranches.get(cluster), [id]: open }), [cluster]);
  /** All of these at once, in place of what was chosen before. */
  const toggleAll = useCallback(
    (ids: readonly string[], open: boolean) => keptBranches.set(cluster, Object.fromEntries(ids.map((id) => [id, open]))),
    [cluster],
  );
  return { choices, toggle, toggleAll };
}
