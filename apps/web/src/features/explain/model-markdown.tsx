import { ChatMarkdown } from '@quarterdeck/chat';
import { AssistantChatProvider } from '../assistant/assistant-chat-provider.tsx';

/** What a model wrote, as the assistant shows it. */
export default function ModelMarkdown({ text, writing }: { text: string; writing: boolean }) {
  return (
    <AssistantChatProvider>
      <ChatMarkdown text={text} writing={writing} />
    </AssistantChatProvider>
  );
}
