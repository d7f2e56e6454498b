import {
  type AppError,
  type Asked,
  assistantRoutes,
  type ChatMessage,
  type Conversation,
  type ConversationDetail,
  type Rating,
  type RouteCall,
  type TurnFrame,
  toAppError,
} from '@quarterdeck/contract';
import { type AnswerView, emptyAnswer, storedAnswer, withFrames } from '../answer/answer-view.ts';
import { newestBelow } from './message-tree.ts';
import type { ChatTransport } from './transport.ts';

export type ChatQuestion = RouteCall<typeof assistantRoutes.ask>;

/** Tells other pages of the same person that a conversation went on, and hears it from them. */
export interface ChatPeers {
  post(conversation: string): void;
  listen(listener: (conversation: string) => void): () => void;
}

export interface ChatStoreParts {
  transport: ChatTransport;
  peers: ChatPeers;
  /** Resolves after so many milliseconds, or when the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** One conversation as the page has it. */
export interface SessionState {
  /** Null while it is not there. */
  detail: ConversationDetail | null;
  /** Answers that are followed, by the id of their message. */
  answers: ReadonlyMap<string, AnswerView>;
  /** Why it could not be loaded. */
  error: AppError | null;
  /** Whether the stream of an answer is lost and looked for. */
  lost: boolean;
}

const nothing: SessionState = { detail: null, answers: new Map(), error: null, lost: false };

interface Session {
  state: SessionState;
  listeners: Set<() => void>;
  /** Ended when nobody looks any more. */
  looking: AbortController | null;
  followed: Set<string>;
}

/** So often what a stream brings is shown, and not with every word of it. Milliseconds. */
const showEvery = 50;
const longestPause = 8_000;

/** The conversations that are open on a page. Each is fetched and followed for as long as somebody looks at it. */
export class ChatStore {
  private readonly parts: ChatStoreParts;
  private readonly sessions = new Map<string, Session>();
  private readonly listListeners = new Set<() => void>();
  private listVersion = 0;

  constructor(parts: ChatStoreParts) {
    this.parts = parts;
  }

  /** Hears other pages until it is ended. */
  listen(): () => void {
    return this.parts.peers.listen((id) => {
      this.listChanged();
      const session = this.sessions.get(id);
      if (session !== undefined && session.looking !== null) void this.load(id, session);
    });
  }

  read(id: string): SessionState {
    return this.sessions.get(id)?.state ?? nothing;
  }

  subscribe(id: string, listener: () => void): () => void {
    const session = this.session(id);
    session.listeners.add(listener);
    if (session.looking === null) {
      session.looking = new AbortController();
      void this.load(id, session);
    }
    return () => {
      session.listeners.delete(listener);
      if (session.listeners.size > 0) return;
      session.looking?.abort();
      session.looking = null;
      session.followed.clear();
    };
  }

  reload(id: string): Promise<void> {
    return this.load(id, this.session(id));
  }

  readonly onList = (listener: () => void): (() => void) => {
    this.listListeners.add(listener);
    return () => this.listListeners.delete(listener);
  };

  /** Grows whenever the list of conversations may be another. */
  readonly readListVersion = (): number => this.listVersion;

  /** Sends a question; what becomes of it is in the state of its conversation. Rejects with an AppError. */
  async ask(question: ChatQuestion): Promise<Asked> {
    const asked = await this.parts.transport.call(assistantRoutes.ask, question);
    const session = this.session(asked.conversation.id);
    const messages = [...(session.state.detail?.messages ?? []), asked.question, asked.answer];
    // A conversation that went on elsewhere meanwhile is read whole by whoever looks.
    if (session.state.detail !== null || question.conversation === undefined)
      this.set(session, { detail: { conversation: asked.conversation, messages }, error: null });
    this.followWriting(session);
    this.told(asked.conversation.id);
    return asked;
  }

  async stop(message: string): Promise<void> {
    await this.parts.transport.call(assistantRoutes.stopAnswer, { id: message });
  }

  async rate({ conversation, id }: ChatMessage, rating: Rating | null, comment: string): Promise<void> {
    await this.parts.transport.call(assistantRoutes.rateAnswer, { id, rating, comment });
    const session = this.session(conversation);
    const { detail } = session.state;
    if (detail !== null) this.set(session, { detail: { ...detail, messages: detail.messages.map((each) => (each.id === id ? { ...each, rating } : each)) } });
  }

  /** Shows the newest branch through a message. */
  async choose(conversation: string, message: string): Promise<void> {
    const { detail } = this.read(conversation);
    if (detail === null) return;
    await this.change(conversation, { head: newestBelow(detail.messages, message) });
  }

  async change(id: string, change: { title?: string; head?: string; shared?: boolean }): Promise<Conversation> {
    const conversation = await this.parts.transport.call(assistantRoutes.changeConversation, { id, ...change });
    const session = this.session(id);
    if (session.state.detail !== null) this.set(session, { detail: { ...session.state.detail, conversation } });
    this.told(id);
    return conversation;
  }

  async remove(id: string): Promise<void> {
    await this.parts.transport.call(assistantRoutes.deleteConversation, { id });
    this.told(id);
  }

  private told(id: string): void {
    this.parts.peers.post(id);
    this.listChanged();
  }

  private listChanged(): void {
    this.listVersion += 1;
    for (const listener of this.listListeners) listener();
  }

  private session(id: string): Session {
    const known = this.sessions.get(id) ?? { state: nothing, listeners: new Set(), looking: null, followed: new Set() };
    this.sessions.set(id, known);
    return known;
  }

  private set(session: Session, change: Partial<SessionState>): void {
    session.state = { ...session.state, ...change };
    for (const listener of session.listeners) listener();
  }

  private async load(id: string, session: Session): Promise<void> {
    const signal = session.looking?.signal;
    if (signal === undefined) return;
    try {
      const detail = await this.parts.transport.call(assistantRoutes.getConversation, { id }, { signal });
      if (signal.aborted) return;
      const writing = new Set(detail.messages.flatMap((message) => (message.state === 'writing' ? [message.id] : [])));
      const answers = new Map([...session.state.answers].filter(([message]) => writing.has(message)));
      this.set(session, { detail, answers, error: null });
      this.followWriting(session);
    } catch (thrown) {
      if (!signal.aborted) this.set(session, { error: toAppError(thrown) });
    }
  }

  private followWriting(session: Session): void {
    const { detail } = session.state;
    const signal = session.looking?.signal;
    if (detail === null || signal === undefined || !detail.conversation.own) return;
    for (const { id, state } of detail.messages) {
      if (state !== 'writing' || session.followed.has(id)) continue;
      session.followed.add(id);
      void this.follow(session, { conversation: detail.conversation.id, message: id }, signal);
    }
  }

  /** Follows an answer to its end, over every loss of the connection, and then reads what is stored of it. */
  private async follow(session: Session, { conversation, message }: { conversation: string; message: string }, signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      const before = this.answer(session, message).next;
      const gone = await this.followOnce(session, message, signal);
      if (signal.aborted) return;
      if (gone || this.answer(session, message).end !== null) break;
      if (this.answer(session, message).next > before) failures = 0;
      this.set(session, { lost: true });
      await this.parts.wait(Math.min(longestPause, 400 * 2 ** failures), signal);
    }
    if (signal.aborted) return;
    session.followed.delete(message);
    this.set(session, { lost: false });
    await this.load(conversation, session);
    this.listChanged();
  }

  /** Whether there is nothing to follow any more. */
  private async followOnce(session: Session, message: string, signal: AbortSignal): Promise<boolean> {
    const frames: TurnFrame[] = [];
    let waits = false;
    const show = () => {
      waits = false;
      if (!signal.aborted) this.take(session, message, frames.splice(0));
    };
    try {
      for await (const frame of this.parts.transport.follow(assistantRoutes.followAnswer, { id: message, from: this.answer(session, message).next }, signal)) {
        frames.push(frame);
        if (waits) continue;
        waits = true;
        void this.parts.wait(showEvery, signal).then(show);
      }
      return false;
    } catch (thrown) {
      return toAppError(thrown).code === 'NOT_FOUND';
    } finally {
      show();
    }
  }

  private answer(session: Session, message: string): AnswerView {
    return session.state.answers.get(message) ?? emptyAnswer;
  }

  private take(session: Session, message: string, frames: readonly TurnFrame[]): void {
    if (frames.length === 0) return;
    const answers = new Map(session.state.answers).set(message, withFrames(this.answer(session, message), frames));
    this.set(session, { answers, lost: false });
  }
}

const stored = new WeakMap<ChatMessage, AnswerView>();

/** An answer as it is followed, or as it is stored. The same one for the same message. */
export function answerOf({ answers }: SessionState, message: ChatMessage): AnswerView {
  const followed = answers.get(message.id);
  if (followed !== undefined) return followed;
  const known = stored.get(message) ?? storedAnswer(message);
  stored.set(message, known);
  return known;
}
