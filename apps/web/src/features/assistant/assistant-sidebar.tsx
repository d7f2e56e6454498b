import { ChatPanel } from '@quarterdeck/chat';
import { Link } from '@tanstack/react-router';
import { Eye, Maximize2, Plus, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { narrow, useMedia } from '../../ui/use-media.ts';
import { useClusters } from '../clusters/clusters.tsx';
import { AssistantChatProvider } from './assistant-chat-provider.tsx';
import { ContextPanel } from './context-panel.tsx';
import { FocusChip } from './focus-chip.tsx';
import { NoModelNote } from './no-model-note.tsx';
import { SidebarResizer } from './sidebar-resizer.tsx';
import { useSidebarWidth } from './sidebar-width.ts';
import { openSidebar } from './use-ask.ts';
import { useAssistantFocus } from './use-assistant-focus.ts';
import { useContextDraft } from './use-context-draft.ts';
import { useWish } from './use-wish.ts';

const conversationKey = 'quarterdeck.assistant.conversation';

/** The assistant beside the page; all of the screen on a phone. */
export function AssistantSidebar() {
  const messages = useMessages().assistant;
  const [width, setWidth] = useSidebarWidth();
  const covers = useMedia(narrow);
  const [conversation, setConversation] = useConversation();
  return (
    <aside
      aria-label={messages.label}
      className={covers ? 'fixed inset-0 z-40 flex flex-col bg-surface' : 'relative flex shrink-0 flex-col border-l bg-surface'}
      style={covers ? undefined : { width: `min(${width}px, 60vw)` }}
      onKeyDown={(event) => {
        // Who has a word, a list or a menu open leaves that first.
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        openSidebar(false);
      }}
    >
      {!covers && <SidebarResizer width={width} onWidth={setWidth} />}
      <header className="flex h-10 shrink-0 items-center gap-0.5 border-b pr-2 pl-3">
        <h2 className="min-w-0 grow truncate font-semibold">{messages.label}</h2>
        <Button look="icon" aria-label={messages.newConversation} title={messages.newConversation} onClick={() => setConversation(null)}>
          <Plus />
        </Button>
        <Link
          to="/ai"
          search={conversation === null ? {} : { conversation }}
          aria-label={messages.wholePage}
          title={messages.wholePage}
          className={buttonStyles.icon}
        >
          <Maximize2 />
        </Link>
        <Button look="icon" aria-label={messages.close} title={messages.close} onClick={() => openSidebar(false)}>
          <X />
        </Button>
      </header>
      <div className="min-h-0 grow">
        <AssistantChatProvider>
          <SidebarChat conversation={conversation} onConversation={setConversation} />
        </AssistantChatProvider>
      </div>
    </aside>
  );
}

function SidebarChat({ conversation, onConversation }: { conversation: string | null; onConversation(id: string | null): void }) {
  const messages = useMessages().assistant;
  const wish = useWish();
  const { selected } = useClusters();
  const about = useAssistantFocus(wish?.focus);
  const { draft, without, onDraft, onWithout } = useContextDraft();
  const [shown, setShown] = useState(false);
  // What is asked from elsewhere begins anew: it is about something else.
  useEffect(() => {
    if (wish !== null) onConversation(null);
  }, [wish, onConversation]);
  return (
    <ChatPanel
      conversation={conversation}
      onConversation={onConversation}
      focus={about.focus}
      {...(selected === null ? {} : { cluster: selected.id })}
      without={[...without.keys()]}
      wish={wish}
      focused
      onDraft={onDraft}
      welcome={<NoModelNote />}
      above={
        <>
          {shown && (
            <section aria-label={messages.context} className="max-h-[45vh] overflow-y-auto rounded border border-line p-3">
              <ContextPanel draft={draft} focus={about.focus} conversation={conversation} without={without} onWithout={onWithout} />
            </section>
          )}
          <div className="flex min-h-6 items-center gap-1">
            <FocusChip focus={about} />
            <span className="grow" />
            <Button look="quiet" className="h-6! text-soft text-xs!" aria-expanded={shown} onClick={() => setShown(!shown)}>
              <Eye />
              {messages.context}
            </Button>
          </div>
        </>
      }
    />
  );
}

/** The conversation of this tab comes back with a reload. */
function useConversation(): [string | null, (id: string | null) => void] {
  const [conversation, setConversation] = useState(() => sessionStorage.getItem(conversationKey));
  const [keep] = useState(() => (id: string | null) => {
    if (id === null) sessionStorage.removeItem(conversationKey);
    else sessionStorage.setItem(conversationKey, id);
    setConversation(id);
  });
  return [conversation, keep];
}
