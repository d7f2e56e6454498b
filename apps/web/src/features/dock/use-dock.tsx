import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useClusters } from '../clusters/clusters.tsx';
import { allDockTabs } from './all-dock-tabs.ts';
import { type DockState, restoreDock, withoutTab, withSubject, withTab } from './dock-state.ts';
import type { DockTabKind } from './dock-tab.ts';

/** Shells, logs, forwards and actions under way: what a person leaves running while they look at something else. */
export interface Dock {
  state: DockState;
  /** In the cluster that is shown unless another one is named. */
  open<Subject>(kind: DockTabKind<Subject>, subject: Subject, cluster?: string): void;
  show(id: string): void;
  keep(id: string, subject: unknown): void;
  close(id: string): void;
  setOpen(open: boolean): void;
  /** Percent of the page. */
  setHeight(height: number): void;
}

const DockContext = createContext<Dock | null>(null);
const storageKey = 'quarterdeck.dock';

/** The tabs belong to the browser's tab: they come back with a reload and go with it. */
export function DockProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState(() => restoreDock(sessionStorage.getItem(storageKey), allDockTabs));
  const selected = useClusters().selected?.id ?? '';
  useEffect(() => sessionStorage.setItem(storageKey, JSON.stringify(state)), [state]);
  const dock = useMemo<Dock>(
    () => ({
      state,
      open: ({ type }, subject, cluster = selected) => setState((before) => withTab(before, { id: crypto.randomUUID(), type, cluster, subject })),
      show: (id) => setState((before) => ({ ...before, active: id, open: true })),
      keep: (id, subject) => setState((before) => withSubject(before, id, subject)),
      close: (id) => setState((before) => withoutTab(before, id)),
      setOpen: (open) => setState((before) => ({ ...before, open })),
      setHeight: (height) => setState((before) => ({ ...before, height: Math.min(100, Math.max(15, height)) })),
    }),
    [state, selected],
  );
  return <DockContext value={dock}>{children}</DockContext>;
}

export function useDock(): Dock {
  const dock = useContext(DockContext);
  if (dock === null) throw new Error('useDock needs a DockProvider above it.');
  return dock;
}
