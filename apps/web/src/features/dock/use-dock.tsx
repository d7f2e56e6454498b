import { createContext, useContext } from 'react';
import type { DockState } from './dock-state.ts';
import type { DockMark, DockTabKind } from './dock-tab.ts';

export type Marks = ReadonlyMap<string, DockMark>;

/** Shells, logs, forwards and actions under way: what a person leaves running while they look at something else. */
export interface Dock {
  state: DockState;
  /** By the id of the tab. */
  marks: Marks;
  /** Whether the tab came back with a reload. */
  restored(id: string): boolean;
  /** In the cluster that is shown unless another one is named; empty for what belongs to none. */
  open<Subject>(kind: DockTabKind<Subject>, subject: Subject, cluster?: string): void;
  /** Another tab of the same kind, in the same cluster. */
  openBeside(id: string, subject: unknown): void;
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

export const DockContext = createContext<Dock | null>(null);

export function useDock(): Dock {
  const dock = useContext(DockContext);
  if (dock === null) throw new Error('useDock needs a DockProvider above it.');
  return dock;
}
