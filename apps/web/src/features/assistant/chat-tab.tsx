import { useMessages } from '../../messages/language.ts';

/** Conversations, the one that is open, and what of the cluster goes with it. */
export function ChatTab() {
  const messages = useMessages().assistant;
  return <section aria-label={messages.tabs.chat} className="min-h-0 grow" />;
}
