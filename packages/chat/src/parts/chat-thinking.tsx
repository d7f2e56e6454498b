import { useChat } from '../chat-context.tsx';
import { ChatMarkdown } from '../markdown/chat-markdown.tsx';

/** What a model thought before it answered: folded, because it is not the answer. */
export function ChatThinking({ text, writing }: { text: string; writing: boolean }) {
  const { words } = useChat();
  if (text === '') return null;
  return (
    <details className="chat-fold">
      <summary>{writing ? `${words.thinking}…` : words.thoughts}</summary>
      <div className="chat-soft">
        <ChatMarkdown text={text} writing={writing} />
      </div>
    </details>
  );
}
