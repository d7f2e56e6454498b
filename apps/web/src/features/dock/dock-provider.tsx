import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useClusters } from '../clusters/clusters.tsx';
import { allDockTabs } from './all-dock-tabs.ts';
import { type DockState, restoreDock, withHeight, withoutTab, withSubject, withTab, withTabAt, withTabBeside } from './dock-state.ts';
import type { DockMark } from './dock-tab.ts';
import { type Dock, DockContext, type Marks } from './use-dock.tsx';

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
      openBeside: (id, subject) => setState((before) => withTabBeside(before, id, { id: crypto.randomUUID(), subject })),
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
