import { ChatPanel, useConversation } from '@quarterdeck/chat';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMessages } from '../../messages/language.ts';
import { compact, useMedia } from '../../ui/use-media.ts';
import { useClusters } from '../clusters/clusters.tsx';
import { AssistantChatProvider } from './assistant-chat-provider.tsx';
import { ContextPanel } from './context-panel.tsx';
import { ConversationList } from './conversation-list.tsx';
import { FocusChip } from './focus-chip.tsx';
import { NoModelNote } from './no-model-note.tsx';
import { useAssistantFocus } from './use-assistant-focus.ts';
import { useContextDraft } from './use-context-draft.ts';
import { useWish } from './use-wish.ts';

const route = getRouteApi('/ai/');

/** Conversations, the one that is open, and what of the cluster goes with it. */
export function ChatTab() {
  return (
    <AssistantChatProvider>
      <Chat />
    </AssistantChatProvider>
  );
}

function Chat() {
  const messages = useMessages().assistant;
  const { conversation = null } = route.useSearch();
  const navigate = route.useNavigate();
  const open = (id: string | null, replace: boolean) => void navigate({ search: id === null ? {} : { conversation: id }, replace });
  const wish = useWish();
  const { selected } = useClusters();
  const about = useAssistantFocus(wish?.focus);
  const { draft, without, onDraft, onWithout } = useContextDraft();
  const detail = useConversation(conversation);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked from elsewhere begins anew, once.
  useEffect(() => {
    if (wish !== null) open(null, false);
  }, [wish]);
  const context = <ContextPanel draft={draft} focus={about.focus} conversation={conversation} without={without} onWithout={onWithout} />;
  const list = <ConversationList conversation={conversation} onDeleted={(id) => id === conversation && open(null, true)} />;
  const isCompact = useMedia(compact);
  const readOnly = detail?.conversation.own === false;
  return (
    <div className="flex min-h-0 grow flex-col border-t lg:flex-row">
      {isCompact ? (
        <details className="shrink-0 border-b">
          <summary className="cursor-pointer px-3 py-2 text-soft">{messages.shown}</summary>
          <div className="flex max-h-[50vh] flex-col overflow-y-auto">
            {list}
            <section aria-label={messages.context} className="p-3">
              {context}
            </section>
          </div>
        </details>
      ) : (
        <div className="flex w-60 shrink-0 border-r bg-canvas">{list}</div>
      )}
      <div className="flex min-h-0 min-w-0 grow flex-col">
        {detail !== null && (
          <div className="flex min-h-9 shrink-0 items-center gap-2 border-b px-4">
            <h2 className="min-w-0 truncate font-semibold">{detail.conversation.title}</h2>
            {readOnly && <p className="truncate text-soft">{messages.sharedReadOnly}</p>}
          </div>
        )}
        <div className="min-h-0 grow">
          <ChatPanel
            conversation={conversation}
            onConversation={(id) => open(id, true)}
            focus={about.focus}
            {...(selected === null ? {} : { cluster: selected.id })}
            without={[...without.keys()]}
            wish={wish}
            focused
            onDraft={onDraft}
            welcome={<NoModelNote />}
            above={about.particular ? <FocusChip focus={about} /> : null}
          />
        </div>
      </div>
      {!isCompact && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it.
        <section aria-label={messages.context} tabIndex={0} className="w-80 shrink-0 overflow-y-auto border-l p-4">
          <h2 className="mb-3 font-semibold">{messages.context}</h2>
          {context}
        </section>
      )}
    </div>
  );
}
