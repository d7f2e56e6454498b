import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useClusters } from '../clusters/clusters.tsx';
import { allDockTabs } from './all-dock-tabs.ts';
import { type DockState, restoreDock, withHeight, withoutTab, withSubject, withTab, withTabAt } from './dock-state.ts';
import type { DockMark, DockTabKind } from './dock-tab.ts';

type Marks = ReadonlyMap<string, DockMark>;

/** Shells, logs, forwards and actions under way: what a person leaves running while they look at something else. */
export interface Dock {
  state: DockState;
  /** By the id of the tab. */
  marks: Marks;
  /** Whether the tab came back with a reload. */
  restored(id: string): boolean;
  /** In the cluster that is shown unless another one is named; empty for what belongs to none. */
  open<Subject>(kind: DockTabKind<Subject>, subject: Subject, cluster?: string): void;
  show(id: string): void;
  keep(id: string, subject: unknown): void;
  mark(id: string, mark: DockMark | null): void;
  /** Puts the tab in the place of the one at the index. */
  move(id: string, index: number): void;
  close(id: string): void;
  setOpen(open: boolean): void;
  setFull(full: boolean): void;
  /** Percent of the page. */
  setHeight(height: number): void;
}

const DockContext = createContext<Dock | null>(null);
const storageKey = 'quarterdeck.dock';
const noMarks: Marks = new Map();

/** The tabs belong to the browser's tab: they come back with a reload and go with it. */
export function DockProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState(() => restoreDock(sessionStorage.getItem(storageKey), allDockTabs));
  const [marks, setMarks] = useState(noMarks);
  const selected = useRef('');
  selected.current = useClusters().selected?.id ?? '';
  useEffect(() => sessionStorage.setItem(storageKey, JSON.stringify(state)), [state]);
  const handles = useHandles(setState, setMarks, selected);
  const [first] = useState(() => new Set(state.tabs.map(({ id }) => id)));
  const dock = useMemo<Dock>(() => ({ state, marks, restored: (id) => first.has(id), ...handles }), [state, marks, first, handles]);
  return <DockContext value={dock}>{children}</DockContext>;
}

type Change<State> = (change: (before: State) => State) => void;

/** They stay the same for as long as the dock stands, so that effects may depend on them. */
function useHandles(setState: Change<DockState>, setMarks: Change<Marks>, selected: { readonly current: string }) {
  return useMemo<Omit<Dock, 'state' | 'marks' | 'restored'>>(
    () => ({
      open: ({ type }, subject, cluster = selected.current) => setState((before) => withTab(before, { id: crypto.randomUUID(), type, cluster, subject })),
      show: (id) => setState((before) => ({ ...before, active: id, open: true })),
      keep: (id, subject) => setState((before) => withSubject(before, id, subject)),
      mark: (id, mark) => setMarks((before) => withMark(before, id, mark)),
      move: (id, index) => setState((before) => withTabAt(before, id, index)),
      close(id) {
        setState((before) => withoutTab(before, id));
        setMarks((before) => withMark(before, id, null));
      },
      setOpen: (open) => setState((before) => ({ ...before, open })),
      setFull: (full) => setState((before) => ({ ...before, full })),
      setHeight: (height) => setState((before) => withHeight(before, height)),
    }),
    [setState, setMarks, selected],
  );
}

function withMark(before: Marks, id: string, mark: DockMark | null): Marks {
  const now = before.get(id);
  if (now?.state === mark?.state && now?.text === mark?.text) return before;
  const marks = new Map(before);
  if (mark === null) marks.delete(id);
  else marks.set(id, mark);
  return marks;
}

export function useDock(): Dock {
  const dock = useContext(DockContext);
  if (dock === null) throw new Error('useDock needs a DockProvider above it.');
  return dock;
}
