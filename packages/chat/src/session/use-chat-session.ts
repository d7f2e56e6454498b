import {
  type AppError,
  type AskedFocus,
  assistantRoutes,
  type ChatMessage,
  type ConversationDetail,
  type ConversationPage,
  toAppError,
} from '@quarterdeck/contract';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { AnswerView } from '../answer/answer-view.ts';
import { useChat } from '../chat-context.tsx';
import { answerOf, type ChatQuestion } from './chat-store.ts';
import { type BranchMessage, branchOf } from './message-tree.ts';

export interface ChatSession {
  /** Null while it is fetched, and for one that has not begun. */
  detail: ConversationDetail | null;
  /** The branch that is shown. */
  branch: readonly BranchMessage[];
  answer(message: ChatMessage): AnswerView;
  /** The answer that is being written, on the branch that is shown. */
  writing: ChatMessage | null;
  loading: boolean;
  error: AppError | null;
  /** Whether the connection is lost while an answer is written. */
  lost: boolean;
  reload(): void;
}

/** What is known of a conversation as a whole. It is another one when messages come or go, and not with every word of an answer. */
export function useConversation(conversation: string | null): ConversationDetail | null {
  const { store } = useChat();
  const subscribe = useSubscribe(conversation);
  return useSyncExternalStore(subscribe, () => store.read(conversation ?? '').detail);
}

function useSubscribe(conversation: string | null): (listener: () => void) => () => void {
  const { store } = useChat();
  return useCallback((listener) => (conversation === null ? () => undefined : store.subscribe(conversation, listener)), [store, conversation]);
}

/** A conversation, live. `conversation` is null for one that has not begun. */
export function useChatSession(conversation: string | null): ChatSession {
  const { store } = useChat();
  const subscribe = useSubscribe(conversation);
  const state = useSyncExternalStore(subscribe, () => store.read(conversation ?? ''));
  const { detail, error, lost } = state;
  const branch = useMemo(() => (detail === null ? [] : branchOf(detail.messages, detail.conversation.head)), [detail]);
  const last = branch.at(-1)?.message;
  return {
    ...{ detail, branch, error, lost },
    answer: (message) => answerOf(state, message),
    writing: last?.state === 'writing' ? last : null,
    loading: conversation !== null && detail === null && error === null,
    reload: () => void store.reload(conversation ?? ''),
  };
}

export interface SendMessage {
  /** Resolves to the id of the conversation; null where it was not sent, and `error` says why. */
  send(question: ChatQuestion): Promise<string | null>;
  sending: boolean;
  error: AppError | null;
}

/** Asks a question, in a conversation or a new one. */
export function useSendMessage(): SendMessage {
  const { store } = useChat();
  const [state, setState] = useState<{ sending: boolean; error: AppError | null }>({ sending: false, error: null });
  const send = useCallback(
    async (question: ChatQuestion) => {
      setState({ sending: true, error: null });
      try {
        const { conversation } = await store.ask(question);
        setState({ sending: false, error: null });
        return conversation.id;
      } catch (thrown) {
        setState({ sending: false, error: toAppError(thrown) });
        return null;
      }
    },
    [store],
  );
  return { send, ...state };
}

export interface Conversations {
  /** Null while they are fetched for the first time. */
  items: ConversationPage['conversations'] | null;
  error: AppError | null;
  hasMore: boolean;
  more(): void;
  reload(): void;
}

interface Listed {
  items: ConversationPage['conversations'];
  next: string | null;
}

const pageSize = 40;

/** One's conversations, the latest first, or those that others share; kept up to date with what is asked on any page. */
export function useConversations({ search = '', shared = false }: { search?: string; shared?: boolean } = {}): Conversations {
  const { store, transport } = useChat();
  const version = useSyncExternalStore(store.onList, store.readListVersion);
  const [again, setAgain] = useState(0);
  const [listed, setListed] = useState<Listed | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [wanted, setWanted] = useState(pageSize);
  const key = `${shared} ${search}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list that may be another is asked for anew.
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    const query = { search, shared: shared ? 'true' : 'false', limit: Math.min(wanted, 200) } as const;
    transport
      .call(assistantRoutes.listConversations, query, { signal })
      .then(({ conversations, next }) => {
        setListed({ items: conversations, next });
        setError(null);
      })
      .catch((thrown: unknown) => {
        if (!signal.aborted) setError(toAppError(thrown));
      });
    return () => ending.abort();
  }, [transport, search, shared, wanted, version, again]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search begins with its first page.
  useEffect(() => setWanted(pageSize), [key]);
  const more = useCallback(async () => {
    if (listed === null || listed.next === null) return;
    if (listed.items.length < 200) return setWanted((before) => before + pageSize);
    try {
      const page = await transport.call(assistantRoutes.listConversations, { search, shared: shared ? 'true' : 'false', limit: pageSize, before: listed.next });
      setListed({ ...listed, items: [...listed.items, ...page.conversations], next: page.next });
    } catch (thrown) {
      setError(toAppError(thrown));
    }
  }, [listed, transport, search, shared]);
  return {
    items: listed?.items ?? null,
    error,
    hasMore: listed?.next != null,
    more: () => void more(),
    reload: () => setAgain((count) => count + 1),
  };
}

/** Questions worth asking about what is looked at; none while they are not known. */
export function useSuggestions(focus: AskedFocus, cluster: string | undefined): readonly string[] {
  const { transport } = useChat();
  const [prompts, setPrompts] = useState<readonly string[]>([]);
  const about = JSON.stringify([focus, cluster]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a focus that says the same is the same.
  useEffect(() => {
    const ending = new AbortController();
    transport
      .call(assistantRoutes.suggestPrompts, { focus, ...(cluster === undefined ? {} : { cluster }) }, { signal: ending.signal })
      .then((found) => setPrompts([...new Set(found.prompts)]))
      .catch((thrown: unknown) => {
        // Nobody asked for them: without them the box is there all the same.
        if (!ending.signal.aborted) console.warn('No questions could be suggested.', thrown);
      });
    return () => ending.abort();
  }, [transport, about]);
  return prompts;
}
