import { actionsBarItem } from '../actions/actions-bar-item.tsx';
import { ForwardsCount } from '../forwards/forwards-count.tsx';
import { TerminalDockItem } from '../terminal/terminal-dock-item.tsx';
import type { DockBarItem } from './dock-bar-item.tsx';

/** In the order in which they stand in the bar. */
export const allDockBarItems: readonly DockBarItem[] = [{ id: 'terminal', Item: TerminalDockItem }, { id: 'forwards', Item: ForwardsCount }, actionsBarItem];
