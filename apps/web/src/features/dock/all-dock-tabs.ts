import type { DockTabKind } from './dock-tab.ts';

/** Every kind of tab that the dock can hold. */
export const allDockTabs: readonly DockTabKind[] = [];
