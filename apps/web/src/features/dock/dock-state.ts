import * as z from 'zod';
import type { DockTabKind } from './dock-tab.ts';

const dockTabSchema = z.object({ id: z.string(), type: z.string(), cluster: z.string(), subject: z.unknown() });
export type DockTab = z.infer<typeof dockTabSchema>;

/** Of the page's height, in percent. */
export const leastHeight = 15;
export const mostHeight = 90;

const dockStateSchema = z.object({
  tabs: z.array(dockTabSchema),
  /** The tab in front; null while there is none. */
  active: z.string().nullable(),
  open: z.boolean(),
  height: z.number().min(leastHeight).max(mostHeight),
  /** Whether it covers the page; the height is kept for later. */
  full: z.boolean(),
});
export type DockState = z.infer<typeof dockStateSchema>;

export const emptyDock: DockState = { tabs: [], active: null, open: false, height: 36, full: false };

/** A tab of the same subject is brought to the front instead of a second one. */
export function withTab(state: DockState, tab: DockTab): DockState {
  const same = state.tabs.find((other) => sameTab(other, tab));
  if (same !== undefined) return { ...state, active: same.id, open: true };
  return { ...state, tabs: [...state.tabs, tab], active: tab.id, open: true };
}

/** One more of the kind and in the cluster of a tab that is there. */
export function withTabBeside(state: DockState, id: string, { id: added, subject }: Pick<DockTab, 'id' | 'subject'>): DockState {
  const beside = state.tabs.find((tab) => tab.id === id);
  return beside === undefined ? state : withTab(state, { ...beside, id: added, subject });
}

function sameTab(a: DockTab, b: DockTab): boolean {
  return a.type === b.type && a.cluster === b.cluster && JSON.stringify(a.subject) === JSON.stringify(b.subject);
}

/** The neighbour comes to the front; without tabs the dock closes. */
export function withoutTab(state: DockState, id: string): DockState {
  const index = state.tabs.findIndex((tab) => tab.id === id);
  if (index < 0) return state;
  const tabs = state.tabs.toSpliced(index, 1);
  const active = state.active === id ? (tabs[Math.min(index, tabs.length - 1)]?.id ?? null) : state.active;
  return { ...state, tabs, active, open: state.open && tabs.length > 0 };
}

/** The tab in the place of another one, which gives way to the side that the tab came from. */
export function withTabAt(state: DockState, id: string, index: number): DockState {
  const from = state.tabs.findIndex((tab) => tab.id === id);
  const moved = state.tabs[from];
  const to = Math.max(0, Math.min(state.tabs.length - 1, index));
  if (moved === undefined || from === to) return state;
  return { ...state, tabs: state.tabs.toSpliced(from, 1).toSpliced(to, 0, moved) };
}

export function withSubject(state: DockState, id: string, subject: unknown): DockState {
  return { ...state, tabs: state.tabs.map((tab) => (tab.id === id ? { ...tab, subject } : tab)) };
}

export function withHeight(state: DockState, height: number): DockState {
  return { ...state, height: Math.min(mostHeight, Math.max(leastHeight, height)) };
}

/** What was kept before a reload, without what no kind of tab accepts any more. */
export function restoreDock(text: string | null, kinds: readonly DockTabKind[]): DockState {
  const state = parse(text);
  const tabs = state.tabs.filter((tab) => kinds.some((kind) => kind.type === tab.type && kind.accepts(tab.subject)));
  const active = tabs.some((tab) => tab.id === state.active) ? state.active : (tabs.at(0)?.id ?? null);
  return { ...state, tabs, active, open: state.open && tabs.length > 0 };
}

function parse(text: string | null): DockState {
  if (text === null) return emptyDock;
  try {
    return dockStateSchema.parse(JSON.parse(text));
  } catch {
    // Written by another version of the page: an empty dock is a better start than none.
    return emptyDock;
  }
}
