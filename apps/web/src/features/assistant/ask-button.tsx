import { Sparkles } from 'lucide-react';
import type { Command } from '../../commands/command.ts';
import { isMac, useCommands } from '../../commands/command-center.tsx';
import { printKeys } from '../../commands/match-keys.ts';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { useMay } from '../session/session.tsx';
import { loadSidebar } from './assistant-sidebar-when-open.tsx';
import { openSidebar, useSidebar } from './use-ask.ts';

const keys = 'Mod+Shift+k';

/** Opens the assistant beside the page, and closes it again. */
export function AskButton() {
  const messages = useMessages().assistant;
  const mayAsk = useMay('ai:chat');
  const { open } = useSidebar();
  const toggle = () => openSidebar(!open);
  const label = open ? messages.close : messages.open;
  const command: Command = {
    id: 'toggle-assistant',
    label,
    group: 'here',
    keywords: ['ask', 'chat', 'assistant', 'question'],
    shortcuts: [keys],
    when: () => mayAsk,
    run: toggle,
  };
  useCommands([command]);
  if (!mayAsk) return null;
  return (
    <Button
      look="quiet"
      aria-expanded={open}
      title={`${label} (${printKeys(keys, isMac)})`}
      onPointerEnter={loadSidebar}
      onFocus={loadSidebar}
      onClick={toggle}
    >
      <Sparkles aria-hidden="true" />
      <span className="sr-only lg:not-sr-only">{messages.ask}</span>
    </Button>
  );
}
