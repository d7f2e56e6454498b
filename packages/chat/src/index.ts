export { type AnswerStep, type AnswerView, emptyAnswer, storedAnswer, withFrame, withFrames } from './answer/answer-view.ts';
export { type ChatParts, ChatProvider, type ChatProviderProps, type CodeProps, type Completion, type DraftStore, useChat } from './chat-context.tsx';
export { ChatDialog, type ChatDialogProps } from './chat-dialog.tsx';
export { ChatPanel, type ChatPanelProps, type ChatWish } from './chat-panel.tsx';
export { ChatInput } from './input/chat-input.tsx';
export { ChatMarkdown } from './markdown/chat-markdown.tsx';
export { ChatMessage, type MessageHandlers } from './parts/chat-message.tsx';
export { ChatProposal } from './parts/chat-proposal.tsx';
export { ChatSteps } from './parts/chat-steps.tsx';
export { ChatThinking } from './parts/chat-thinking.tsx';
export { type ChatPeers, type ChatQuestion, ChatStore } from './session/chat-store.ts';
export { type ChatTransport, createTransport } from './session/transport.ts';
export {
  type ChatSession,
  type Conversations,
  useChatSession,
  useConversation,
  useConversations,
  useSendMessage,
  useSuggestions,
} from './session/use-chat-session.ts';
export { type ChatWords, englishWords } from './words.ts';
