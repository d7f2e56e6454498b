import { allDockTabs } from './all-dock-tabs.ts';
import type { DockTab } from './dock-state.ts';
import type { DockTabKind } from './dock-tab.ts';

/** Of a tab that `restoreDock` has let in, or that somebody has opened: there is one. */
export function kindOf(tab: DockTab): DockTabKind {
  const kind = allDockTabs.find(({ type }) => type === tab.type);
  if (kind === undefined) throw new Error(`No kind of dock tab is called ${tab.type}.`);
  return kind;
}
