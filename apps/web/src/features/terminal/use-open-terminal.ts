import { useMemo } from 'react';
import { useDock } from '../dock/use-dock.tsx';
import { insertLater } from './active-terminals.ts';
import type { PaneStart } from './panes/pane-layout.ts';
import { newTerminal } from './terminal-subject.ts';
import { terminalTab } from './terminal-tab.ts';

export interface OpenTerminal {
  /** A new shell in the dock; `text` is put at its prompt. */
  start(start?: PaneStart, text?: string): void;
}

/** Opens terminals in the dock, where they stay whatever the page shows. */
export function useOpenTerminal(): OpenTerminal {
  const { open } = useDock();
  return useMemo(
    () => ({
      start(start, text) {
        const { pane, subject } = newTerminal(start);
        if (text !== undefined) insertLater(pane, text);
        open(terminalTab, subject);
      },
    }),
    [open],
  );
}
