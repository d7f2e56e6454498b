import { useMemo } from 'react';
import { useMay } from '../session/session.tsx';
import { insertIntoLast } from './active-terminals.ts';
import { useOpenTerminal } from './use-open-terminal.ts';

export interface TerminalInsert {
  /** Whether this person may have terminals here. */
  available: boolean;
  /** Puts a command at the prompt of the terminal that was used last, or of a new one; nothing is run. */
  insert(text: string): void;
}

export function useTerminalInsert(): TerminalInsert {
  const available = useMay('terminal.open');
  const { start } = useOpenTerminal();
  return useMemo(
    () => ({
      available,
      insert(text) {
        const command = text.trimEnd();
        if (!insertIntoLast(command)) start({}, command);
      },
    }),
    [available, start],
  );
}
