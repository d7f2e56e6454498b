import { actionsTab } from '../actions/actions-tab.ts';
import { drainTab } from '../drain/drain-tab.ts';
import { filesTab } from '../files/files-tab.ts';
import { forwardsTab } from '../forwards/forwards-tab.ts';
import { logsTab } from '../logs/logs-tab.ts';
import { shellTab } from '../shells/shell-tab.ts';
import { terminalTab } from '../terminal/terminal-tab.ts';
import type { DockTabKind } from './dock-tab.ts';

/** Every kind of tab that the dock can hold. */
export const allDockTabs: readonly DockTabKind[] = [actionsTab, drainTab, shellTab, filesTab, forwardsTab, logsTab, terminalTab];
