import { Plus } from 'lucide-react';
import { always } from '../../commands/command.ts';
import { useCommands } from '../../commands/command-center.tsx';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { useMay } from '../session/session.tsx';
import { useOpenTerminal } from './use-open-terminal.ts';

/** In the dock's bar on every page: one more terminal. */
export function TerminalDockItem() {
  const messages = useMessages().terminal;
  const may = useMay('terminal.open');
  const { start } = useOpenTerminal();
  useCommands(
    may
      ? [
          {
            id: 'new-terminal',
            label: messages.newTerminal,
            group: 'here',
            keywords: ['shell', 'bash', 'zsh', 'console', 'command line'],
            shortcuts: ['Mod+~'],
            when: always,
            run: () => start(),
          },
        ]
      : [],
  );
  if (!may) return null;
  return (
    <Button look="icon" data-dock-item="" className="h-6 w-6" aria-label={messages.newTerminal} title={messages.newTerminal} onClick={() => start()}>
      <Plus />
    </Button>
  );
}
