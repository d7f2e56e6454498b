import type { Attachment, ProposedAction } from '@quarterdeck/contract';
import { type ComponentType, createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type ChatPeers, ChatStore } from './session/chat-store.ts';
import type { ChatTransport } from './session/transport.ts';
import { type ChatWords, englishWords } from './words.ts';

/** Something that can be laid beside a question, as the box offers it. */
export interface Completion {
  id: string;
  label: string;
  detail: string;
  attachment: Attachment;
}

export interface CodeProps {
  code: string;
  /** As the answer names it, in small letters; empty where it names none. */
  language: string;
}

/** What a host adds to the chat. All of it may be left out. */
export interface ChatParts {
  /** Shows code with its colours; without it code is plain. */
  Highlight?: ComponentType<CodeProps>;
  /** What can be done with a block of code besides copying it; not shown before the block is whole. */
  CodeActions?: ComponentType<CodeProps>;
  /** Code within a line: an object that is named, for one. */
  InlineCode?: ComponentType<{ text: string }>;
  /** Words of an answer, in which things may be named. */
  Words?: ComponentType<{ text: string }>;
  /** Opens what was proposed, to be looked at and approved. Without it a proposal is only told. */
  onProposal?: (action: ProposedAction) => void;
  /** What `@` finds. */
  complete?: (typed: string, signal: AbortSignal) => Promise<readonly Completion[]>;
  /** An attached object, in place of its name. */
  AttachedObject?: ComponentType<{ attachment: Extract<Attachment, { type: 'object' | 'issue' }> }>;
  /** Stands below an answer's foot: the way to what was sent, for one. */
  AnswerFoot?: ComponentType<{ run: string | null }>;
}

/** Where what was typed and not sent is kept, by conversation; `new` for one that has not begun. */
export interface DraftStore {
  get(conversation: string): string;
  set(conversation: string, text: string): void;
}

interface Chat {
  store: ChatStore;
  transport: ChatTransport;
  words: ChatWords;
  parts: ChatParts;
  drafts: DraftStore;
}

const ChatContext = createContext<Chat | null>(null);

export interface ChatProviderProps {
  /** `createTransport(…)`, or a client of the host's own. */
  transport: ChatTransport;
  /** Texts in another language; English without them. */
  words?: ChatWords;
  parts?: ChatParts;
  /** Kept in memory without it. */
  drafts?: DraftStore;
  /** How pages of one person hear of each other; a `BroadcastChannel` without it. */
  peers?: ChatPeers;
  /** The clock that pauses are taken from; the browser's without it. */
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  children: ReactNode;
}

const noParts: ChatParts = {};

/** Everything of the chat stands below it. Conversations that are open live here. */
export function ChatProvider({ transport, words = englishWords, parts = noParts, drafts, peers, wait = pause, children }: ChatProviderProps) {
  const [store] = useState(() => new ChatStore({ transport, peers: peers ?? channelPeers('quarterdeck-chat'), wait }));
  const [own] = useState(memoryDrafts);
  useEffect(() => store.listen(), [store]);
  const chat = useMemo(() => ({ store, transport, words, parts, drafts: drafts ?? own }), [store, transport, words, parts, drafts, own]);
  return <ChatContext value={chat}>{children}</ChatContext>;
}

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (chat === null) throw new Error('useChat needs a ChatProvider above it.');
  return chat;
}

function memoryDrafts(): DraftStore {
  const drafts = new Map<string, string>();
  return { get: (conversation) => drafts.get(conversation) ?? '', set: (conversation, text) => void drafts.set(conversation, text) };
}

/** Pages of one browser. Each listener has a channel of its own, and closes it. */
function channelPeers(name: string): ChatPeers {
  return {
    post(conversation) {
      const channel = new BroadcastChannel(name);
      channel.postMessage(conversation);
      channel.close();
    },
    listen(listener) {
      const channel = new BroadcastChannel(name);
      channel.addEventListener('message', ({ data }) => {
        if (typeof data === 'string') listener(data);
      });
      return () => channel.close();
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
  });
}
