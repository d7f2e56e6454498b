import type { AssistantLimits, AssistantMemory, AssistantPrivacy } from './assistant-settings.ts';
import type { ChatMessage, Conversation, ConversationPage, Rating } from './conversation.ts';
import type { ModelRun, RunFilter, RunPage, RunSummary } from './model-run.ts';
import type { TurnFrame } from './turn-event.ts';

/** Whose conversations they are. Nobody sees those of another, whoever they are. */
export interface Owner {
  user: string;
  organisation: string | null;
}

export interface ConversationQuery {
  /** Words that must all occur in the title or in one message, each as the beginning of a word. */
  search: string;
  /** Those that began about this cluster; left out: all. */
  cluster?: string | undefined;
  /** What somebody may see, as one text: then those that others of the organisation share with who sees the same. Left out: one's own. */
  sharedWith?: string | undefined;
  limit: number;
  /** From `next` of the page before. */
  before?: string | undefined;
}

export interface RunQuery {
  /** Null: of everybody in the organisation. */
  user: string | null;
  organisation: string | null;
  filter?: RunFilter | undefined;
  limit: number;
  before?: string | undefined;
}

/** Where conversations, what was sent to models, and what the assistant should remember are kept. Throws STORAGE_UNAVAILABLE. */
export interface AssistantStore {
  conversations(owner: Owner, query: ConversationQuery): Promise<ConversationPage>;
  /** Null where there is none, or it is another's. */
  conversation(owner: Owner, id: string): Promise<Conversation | null>;
  /** One that somebody else of the organisation shares with who sees the same; null where there is none. */
  sharedConversation(reader: Owner, id: string, sight: string): Promise<Conversation | null>;
  /** `sight`: what the owner may see, as one text; null ends the sharing. */
  shareConversation(owner: Owner, id: string, sight: string | null): Promise<void>;
  putConversation(owner: Owner, conversation: Conversation): Promise<void>;
  /** With its messages, frames and aliases; what was sent stays, without the way to it. */
  deleteConversation(owner: Owner, id: string): Promise<void>;
  /** The oldest first. */
  messages(conversation: string): Promise<ChatMessage[]>;
  message(owner: Owner, id: string): Promise<ChatMessage | null>;
  /** `writer`: who writes it and until when, as `takeWriting` renews it; left out for what is whole. Of a conversation that is gone nothing is kept. */
  putMessage(message: ChatMessage, writer?: string): Promise<void>;
  /** Answers that are being written, or were when their process ended; `writer` is empty where it is not known. */
  unfinishedMessages(): Promise<{ message: ChatMessage; writer: string }[]>;
  /** Changes the writer of an answer that is being written, if it still is the one that is thought; whether it did. */
  takeWriting(message: string, from: string, to: string): Promise<boolean>;
  /** What was told while an answer was written, kept until it is finished. */
  addFrames(message: string, frames: readonly TurnFrame[]): Promise<void>;
  frames(message: string): Promise<TurnFrame[]>;
  deleteFrames(message: string): Promise<void>;
  /** Plain data of whoever makes aliases. */
  aliases(conversation: string): Promise<unknown>;
  putAliases(conversation: string, aliases: unknown): Promise<void>;
  putRun(run: ModelRun): Promise<void>;
  run(id: string): Promise<ModelRun | null>;
  runs(query: RunQuery): Promise<RunPage>;
  /** All since a moment (ISO 8601), for totals. */
  runsSince(organisation: string | null, since: string): Promise<RunSummary[]>;
  rateMessage(owner: Owner, message: string, rating: Rating | null, comment: string): Promise<void>;
  memory(owner: Owner): Promise<AssistantMemory>;
  putMemory(owner: Owner, memory: AssistantMemory): Promise<void>;
  privacy(owner: Owner): Promise<AssistantPrivacy>;
  putPrivacy(owner: Owner, privacy: AssistantPrivacy): Promise<void>;
  limits(organisation: string | null): Promise<AssistantLimits>;
  putLimits(organisation: string | null, limits: AssistantLimits): Promise<void>;
}
