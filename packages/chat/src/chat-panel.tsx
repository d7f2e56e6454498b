import { type AppError, type AskedFocus, type Attachment, type ChatMessage as Message, type Rating, toAppError } from '@quarterdeck/contract';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useChat } from './chat-context.tsx';
import { ChatInput } from './input/chat-input.tsx';
import type { InputWish } from './input/use-question.ts';
import { ChatLog, Nearby } from './parts/chat-log.tsx';
import { ChatMessage, type MessageHandlers } from './parts/chat-message.tsx';
import { ChatProblem } from './parts/chat-problem.tsx';
import type { ChatQuestion } from './session/chat-store.ts';
import { type ChatSession, useChatSession, useSendMessage, useSuggestions } from './session/use-chat-session.ts';

/** What somebody elsewhere wants asked. Another object is another wish. */
export interface ChatWish extends InputWish {
  /** Sends it at once. */
  send?: boolean;
}

export interface ChatPanelProps {
  /** Null for one that has not begun. */
  conversation: string | null;
  /** The conversation that a first question began. */
  onConversation(id: string): void;
  /** What a question is about. */
  focus: AskedFocus;
  /** Which cluster, where there are several. */
  cluster?: string;
  /** Ids of what is known that is not to be sent. */
  without?: readonly string[];
  wish?: ChatWish | null;
  /** Stands above the box: what the question is about, what is sent. */
  above?: ReactNode;
  /** Stands where nothing was asked yet. */
  welcome?: ReactNode;
  /** Takes the focus when it appears. */
  focused?: boolean;
  onDraft?: (question: string, attachments: readonly Attachment[]) => void;
}

const noFocus: AskedFocus = { page: null, namespace: null, object: null, issueId: null };
/** The last ones are always drawn: they change, and they are what one sees first. */
const alwaysDrawn = 4;

/** A conversation with its box; fits a dialog, a sidebar or a page. */
export function ChatPanel({
  conversation,
  onConversation,
  focus = noFocus,
  cluster,
  without = [],
  wish = null,
  above,
  welcome,
  focused = false,
  onDraft,
}: ChatPanelProps) {
  const { words, store } = useChat();
  const session = useChatSession(conversation);
  const { send, sending, error: notSent } = useSendMessage();
  const [notDone, setNotDone] = useState<AppError | null>(null);
  const about = { focus, without: [...without], ...(cluster === undefined ? {} : { cluster }) };
  const ask = async (question: ChatQuestion): Promise<boolean> => {
    setNotDone(null);
    const id = await send(question);
    if (id !== null && id !== conversation) onConversation(id);
    return id !== null;
  };
  const askHere = (question: string, attachments: readonly Attachment[]) =>
    ask({ question, attachments: [...attachments], ...about, ...(conversation === null ? {} : { conversation }) });
  useSentWish(wish, askHere);
  const tried = (doing: Promise<unknown>) => void doing.then(() => setNotDone(null)).catch((thrown: unknown) => setNotDone(toAppError(thrown)));
  const readOnly = session.detail?.conversation.own === false;
  const handlers = useHandlers(session, { ask, tried, about, readOnly });
  const { branch, writing } = session;
  return (
    <section aria-label={words.conversation} className="chat chat-panel">
      <ChatLog key={conversation ?? 'new'} label={words.conversation}>
        {session.loading && <p className="chat-soft chat-late">{words.loading}</p>}
        {session.error !== null && <ChatProblem what={words.notLoaded} error={session.error} onRetry={session.reload} />}
        {conversation === null && (
          <Welcome focus={focus} cluster={cluster} onAsk={(question) => void askHere(question, [])}>
            {welcome}
          </Welcome>
        )}
        {branch.map((item, index) => (
          <Nearby key={item.message.id} always={index >= branch.length - alwaysDrawn}>
            <ChatMessage item={item} answer={session.answer(item.message)} {...handlers} />
          </Nearby>
        ))}
        {session.lost && (
          <p role="status" className="chat-note" data-level="warning">
            {words.lost}
          </p>
        )}
        {notSent !== null && <ChatProblem what={words.notSent} error={notSent} />}
        {notDone !== null && <ChatProblem what={words.notDone} error={notDone} />}
      </ChatLog>
      <Announced session={session} />
      {!readOnly && (
        <ChatInput
          conversation={conversation}
          wish={wish?.send === true ? null : wish}
          writing={writing !== null}
          sending={sending}
          above={above}
          focused={focused}
          onSend={askHere}
          onStop={() => writing !== null && tried(store.stop(writing.id))}
          {...(onDraft === undefined ? {} : { onChange: onDraft })}
        />
      )}
    </section>
  );
}

function Welcome({ focus, cluster, onAsk, children }: { focus: AskedFocus; cluster: string | undefined; onAsk(question: string): void; children: ReactNode }) {
  const { words } = useChat();
  const prompts = useSuggestions(focus, cluster);
  return (
    <div className="chat-welcome">
      <p className="chat-title">{words.emptyTitle}</p>
      {children}
      {prompts.length > 0 && (
        <ul aria-label={words.suggestions} className="chat-suggestions">
          {prompts.map((prompt) => (
            <li key={prompt}>
              <button type="button" className="chat-button chat-suggestion" onClick={() => onAsk(prompt)}>
                {prompt}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface Doing {
  ask(question: ChatQuestion): Promise<boolean>;
  tried(doing: Promise<unknown>): void;
  about: Pick<ChatQuestion, 'focus' | 'without' | 'cluster'>;
  /** One that somebody else shares. */
  readOnly: boolean;
}

/** What can be done with messages. They stay the same, so that messages that did not change are not drawn anew. */
function useHandlers(session: ChatSession, doing: Doing): MessageHandlers {
  const { words, store } = useChat();
  const latest = useRef({ session, doing });
  latest.current = { session, doing };
  const questionOf = useCallback((answer: Message) => latest.current.session.branch.find(({ message }) => message.id === answer.parent)?.message, []);
  return useMemo<MessageHandlers>(() => {
    if (doing.readOnly) return {};
    const instead = ({ conversation, parent, focus, attachments }: Message, question: string) => {
      const { ask, about } = latest.current.doing;
      void ask({ ...about, focus, attachments, conversation, parent, question });
    };
    return {
      onEdit: instead,
      onRetry: (answer) => {
        const question = questionOf(answer);
        if (question !== undefined) instead(question, question.text);
      },
      onContinue: ({ id, conversation }) =>
        void latest.current.doing.ask({ ...latest.current.doing.about, conversation, parent: id, question: words.goOnQuestion }),
      onRate: (message: Message, rating: Rating | null, comment: string) => latest.current.doing.tried(store.rate(message, rating, comment)),
      onChoose: (id) => {
        const shown = latest.current.session.detail?.conversation.id;
        if (shown !== undefined) latest.current.doing.tried(store.choose(shown, id));
      },
    };
  }, [store, words, questionOf, doing.readOnly]);
}

/** Sends what is wished to be sent at once, one time. */
function useSentWish(wish: ChatWish | null, ask: (question: string, attachments: readonly Attachment[]) => Promise<boolean>): void {
  const taken = useRef<ChatWish | null>(null);
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    if (wish === null || wish === taken.current || wish.send !== true || wish.question === undefined) return;
    taken.current = wish;
    void latest.current(wish.question, wish.attachments ?? []);
  }, [wish]);
}

/** Tells who can't see it that an answer is there; every word of it as it comes would be too much. */
function Announced({ session: { branch, writing } }: { session: ChatSession }) {
  const { words } = useChat();
  const wasWriting = useRef(false);
  const [told, setTold] = useState('');
  useEffect(() => {
    if (writing !== null) setTold(words.working);
    else if (wasWriting.current) setTold(branch.at(-1)?.message.text.slice(0, 400) ?? '');
    wasWriting.current = writing !== null;
  }, [writing, branch, words]);
  return (
    <p role="status" className="chat-unseen">
      {told}
    </p>
  );
}
