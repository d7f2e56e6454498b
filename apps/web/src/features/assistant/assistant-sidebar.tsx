import { Link } from '@tanstack/react-router';
import { Maximize2, X } from 'lucide-react';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { SidebarResizer } from './sidebar-resizer.tsx';
import { useSidebarWidth } from './sidebar-width.ts';
import { openSidebar } from './use-ask.ts';

/** The assistant beside the page; all of the screen on a phone. */
export function AssistantSidebar() {
  const messages = useMessages();
  const [width, setWidth] = useSidebarWidth();
  const covers = useMedia(narrow);
  return (
    <aside
      aria-label={messages.assistant.label}
      className={covers ? 'fixed inset-0 z-40 flex flex-col bg-surface' : 'relative flex shrink-0 flex-col border-l bg-surface'}
      style={covers ? undefined : { width: `min(${width}px, 60vw)` }}
    >
      {!covers && <SidebarResizer width={width} onWidth={setWidth} />}
      <header className="flex h-10 shrink-0 items-center gap-1 border-b pr-2 pl-3">
        <h2 className="min-w-0 grow truncate font-semibold">{messages.assistant.label}</h2>
        <Link to="/ai" search={{}} aria-label={messages.assistant.wholePage} title={messages.assistant.wholePage} className={buttonStyles.icon}>
          <Maximize2 />
        </Link>
        <Button look="icon" aria-label={messages.assistant.close} title={messages.assistant.close} onClick={() => openSidebar(false)}>
          <X />
        </Button>
      </header>
    </aside>
  );
}
