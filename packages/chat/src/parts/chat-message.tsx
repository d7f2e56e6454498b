import type { ChatMessage as Message, Rating } from '@quarterdeck/contract';
import { memo, useId, useState } from 'react';
import type { AnswerView } from '../answer/answer-view.ts';
import { type ChatParts, useChat } from '../chat-context.tsx';
import { AttachmentChip } from '../input/attachment-chip.tsx';
import { ChatMarkdown } from '../markdown/chat-markdown.tsx';
import type { BranchMessage } from '../session/message-tree.ts';
import { ChatProposal } from './chat-proposal.tsx';
import { ChatSteps } from './chat-steps.tsx';
import { ChatThinking } from './chat-thinking.tsx';
import { CopyText } from './copy-text.tsx';
import { AfterIcon, BeforeIcon, DownIcon, UpIcon } from './icons.tsx';

/** What can be done with a message; what is left out is not offered. */
export interface MessageHandlers {
  /** Asks another question in the place of this one. */
  onEdit?: (message: Message, question: string) => void;
  /** Has it answered again. */
  onRetry?: (message: Message) => void;
  /** Goes on with an answer that did not come to its end. */
  onContinue?: (message: Message) => void;
  onRate?: (message: Message, rating: Rating | null, comment: string) => void;
  /** Shows the branch through another message in the same place. */
  onChoose?: (message: string) => void;
}

interface ChatMessageProps extends MessageHandlers {
  item: BranchMessage;
  answer: AnswerView;
}

/** A question, or an answer with all that belongs to it. */
export const ChatMessage = memo(function ChatMessage({ item, answer, ...handlers }: ChatMessageProps) {
  return item.message.role === 'user' ? <QuestionView item={item} {...handlers} /> : <AnswerMessage item={item} answer={answer} {...handlers} />;
});

function QuestionView({ item, onEdit, onChoose }: { item: BranchMessage } & MessageHandlers) {
  const { words } = useChat();
  const { message, siblings } = item;
  const [editing, setEditing] = useState(false);
  return (
    <article aria-label={words.you} className="chat-question">
      {editing && onEdit !== undefined ? (
        <EditForm
          text={message.text}
          onCancel={() => setEditing(false)}
          onAsk={(text) => {
            setEditing(false);
            onEdit(message, text);
          }}
        />
      ) : (
        <div className="chat-bubble">
          {message.attachments.length > 0 && (
            <ul className="chat-attachments">
              {message.attachments.map((attachment, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: what was sent stays in its place.
                <AttachmentChip key={index} attachment={attachment} />
              ))}
            </ul>
          )}
          <p className="chat-question-text">{message.text}</p>
        </div>
      )}
      <footer className="chat-foot">
        <BranchSwitch id={message.id} siblings={siblings} onChoose={onChoose} />
        {onEdit !== undefined && !editing && (
          <button type="button" className="chat-button" data-look="small" onClick={() => setEditing(true)}>
            {words.edit}
          </button>
        )}
      </footer>
    </article>
  );
}

function EditForm({ text, onAsk, onCancel }: { text: string; onAsk(text: string): void; onCancel(): void }) {
  const { words } = useChat();
  const [typed, setTyped] = useState(text);
  const ask = () => typed.trim() !== '' && onAsk(typed);
  return (
    <div className="chat-edit">
      <textarea
        // biome-ignore lint/a11y/noAutofocus: whoever wants to edit wants to type.
        autoFocus
        aria-label={words.editQuestion}
        className="chat-field"
        rows={Math.min(12, typed.split('\n').length + 1)}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onCancel();
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          ask();
        }}
      />
      <div className="chat-foot">
        <button type="button" className="chat-button" data-look="primary" disabled={typed.trim() === ''} onClick={ask}>
          {words.askAgain}
        </button>
        <button type="button" className="chat-button" onClick={onCancel}>
          {words.cancel}
        </button>
      </div>
    </div>
  );
}

function BranchSwitch({ id, siblings, onChoose }: { id: string; siblings: readonly string[]; onChoose: MessageHandlers['onChoose'] }) {
  const { words } = useChat();
  const at = siblings.indexOf(id);
  if (siblings.length < 2 || onChoose === undefined) return null;
  const go = (by: number) => {
    const next = siblings[at + by];
    if (next !== undefined) onChoose(next);
  };
  return (
    <fieldset aria-label={words.versions} className="chat-versions">
      <button type="button" className="chat-button" data-look="icon" aria-label={words.earlierVersion} disabled={at <= 0} onClick={() => go(-1)}>
        <BeforeIcon />
      </button>
      <span title={words.version(at + 1, siblings.length)}>
        {at + 1}/{siblings.length}
      </span>
      <button type="button" className="chat-button" data-look="icon" aria-label={words.laterVersion} disabled={at >= siblings.length - 1} onClick={() => go(1)}>
        <AfterIcon />
      </button>
    </fieldset>
  );
}

function AnswerMessage({ item, answer, ...handlers }: ChatMessageProps) {
  const { words, parts } = useChat();
  const { message } = item;
  const { quick, text, reasoning, steps, proposals, notes, by, waiting, understood } = answer;
  const writing = message.state === 'writing' && answer.end === null;
  const nothingYet = writing && quick === '' && text === '';
  return (
    <article aria-label={words.assistant} aria-busy={writing} className="chat-answer">
      {understood !== '' && <p className="chat-soft">{understood}</p>}
      <ChatSteps steps={steps} />
      {quick !== '' && (
        <section aria-label={words.engine} className="chat-quick">
          {(text !== '' || by !== null) && <p className="chat-label">{words.engine}</p>}
          <ChatMarkdown text={quick} writing={writing && text === ''} />
        </section>
      )}
      <ChatThinking text={reasoning} writing={writing && text === ''} />
      {by !== null && <AnsweredBy by={by} />}
      {text !== '' && <ChatMarkdown text={text} writing={writing} />}
      {proposals.map(({ id, proposal }) => (
        <ChatProposal key={id} proposal={proposal} />
      ))}
      {notes.map((note) => (
        <p key={note.text} className="chat-note" data-level={note.level}>
          {note.text}
        </p>
      ))}
      {waiting !== null && <p className="chat-soft">{words.waiting(`${waiting.provider}/${waiting.model}`, waiting.reason)}</p>}
      {writing && (nothingYet || waiting === null) && (
        <p className="chat-working">
          <span className="chat-pulse" aria-hidden="true" />
          {nothingYet ? words.working : ''}
        </p>
      )}
      {!writing && <AnswerEnd message={message} answer={answer} foot={parts.AnswerFoot} {...handlers} />}
    </article>
  );
}

function AnsweredBy({ by: { provider, model, local, fallback } }: { by: NonNullable<AnswerView['by']> }) {
  const { words } = useChat();
  const about = [local ? words.local : '', fallback ? words.fallback : ''].filter((part) => part !== '').join(', ');
  return (
    <p className="chat-label">
      {words.answeredBy(`${provider}/${model}`)}
      {about !== '' && ` (${about})`}
    </p>
  );
}

type AnswerEndProps = { message: Message; answer: AnswerView; foot: ChatParts['AnswerFoot'] } & MessageHandlers;

/** How it ended, what it cost, and what can be done with it. */
function AnswerEnd({ message, answer, foot: Foot, onRetry, onContinue, onRate }: AnswerEndProps) {
  const { words } = useChat();
  const { end, quick, text } = answer;
  const state = message.state === 'writing' ? end?.state : message.state;
  const canGoOn = state === 'limited' || state === 'stopped' || state === 'cut';
  return (
    <>
      {state !== undefined && state !== 'complete' && (
        <p role={state === 'failed' ? 'alert' : undefined} className="chat-note" data-level="warning">
          {words.states[state]}
          {end?.error != null && ` ${end.error.message} ${end.error.hint ?? ''}`}
        </p>
      )}
      <footer className="chat-foot">
        <CopyText text={[quick, text].filter((part) => part !== '').join('\n\n')} label={words.copyAnswer} />
        {onRetry !== undefined && (
          <button type="button" className="chat-button" data-look="small" onClick={() => onRetry(message)}>
            {words.retry}
          </button>
        )}
        {canGoOn && onContinue !== undefined && (
          <button type="button" className="chat-button" data-look="small" onClick={() => onContinue(message)}>
            {words.goOn}
          </button>
        )}
        {onRate !== undefined && <RateAnswer message={message} onRate={onRate} />}
        {Foot !== undefined && <Foot run={message.run} />}
        {end !== null && <EndFigures end={end} />}
      </footer>
    </>
  );
}

function EndFigures({ end: { cost, tookMs, usage, cached } }: { end: NonNullable<AnswerView['end']> }) {
  const { words } = useChat();
  const tokens = usage === null ? 0 : usage.input + usage.output;
  const figures = [
    cached ? words.cached : '',
    tokens === 0 ? '' : words.tokens(tokens < 1_000 ? String(tokens) : `${(tokens / 1_000).toFixed(1)}k`),
    cost === null || cost === 0 ? '' : words.dollars(cost < 0.01 ? cost.toFixed(4) : cost.toFixed(2)),
    tookMs === 0 ? '' : words.took((tookMs / 1000).toFixed(1)),
  ];
  return <span className="chat-figures">{figures.filter((figure) => figure !== '').join(' · ')}</span>;
}

function RateAnswer({ message, onRate }: { message: Message; onRate: NonNullable<MessageHandlers['onRate']> }) {
  const { words } = useChat();
  const [asking, setAsking] = useState(false);
  const [comment, setComment] = useState('');
  const field = useId();
  const rate = (rating: Rating) => {
    const next = message.rating === rating ? null : rating;
    onRate(message, next, '');
    setAsking(next === 'down');
  };
  return (
    <>
      <button
        type="button"
        className="chat-button"
        data-look="icon"
        aria-label={words.good}
        title={words.good}
        aria-pressed={message.rating === 'up'}
        onClick={() => rate('up')}
      >
        <UpIcon />
      </button>
      <button
        type="button"
        className="chat-button"
        data-look="icon"
        aria-label={words.bad}
        title={words.bad}
        aria-pressed={message.rating === 'down'}
        onClick={() => rate('down')}
      >
        <DownIcon />
      </button>
      {asking && (
        <form
          className="chat-comment"
          onSubmit={(event) => {
            event.preventDefault();
            onRate(message, 'down', comment);
            setAsking(false);
          }}
        >
          <label htmlFor={field} className="chat-soft">
            {words.comment}
          </label>
          <input id={field} className="chat-field" maxLength={2_000} value={comment} onChange={(event) => setComment(event.target.value)} />
          <button type="submit" className="chat-button">
            {words.rate}
          </button>
        </form>
      )}
    </>
  );
}
