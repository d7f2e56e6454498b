import type { Attachment } from '@quarterdeck/contract';
import { type ClipboardEvent, type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { useChat } from '../chat-context.tsx';
import { AddedList } from './added-list.tsx';
import { BoxFoot } from './box-foot.tsx';
import { CompletionList } from './completion-list.tsx';
import { isLongPaste } from './read-attachment.ts';
import { useFileDrop } from './use-file-drop.ts';
import { useMention } from './use-mention.ts';
import { type InputWish, useQuestion, type WrittenQuestion } from './use-question.ts';

interface ChatInputProps {
  /** Whose draft it is; null for a conversation that has not begun. */
  conversation: string | null;
  wish?: InputWish | null;
  /** An answer is being written: the button stops it. */
  writing: boolean;
  sending: boolean;
  /** Stands above the box: what the question is about. */
  above?: ReactNode;
  /** Takes the focus when it appears. */
  focused?: boolean;
  onSend(question: string, attachments: readonly Attachment[]): Promise<boolean>;
  onStop(): void;
  /** Told what is in the box, by whoever wants to show what would be sent. */
  onChange?: (question: string, attachments: readonly Attachment[]) => void;
}

/** The box for questions. Enter sends, Shift and Enter begin a line; what is too long for it is laid beside. */
export function ChatInput({ conversation, wish = null, writing, sending, above, focused = false, onSend, onStop, onChange }: ChatInputProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const question = useQuestion({ conversation, wish, busy: sending || writing, onSend });
  const { text, added } = question;
  const { dropping, handlers } = useFileDrop((files) => void added.addFiles(files));
  useEffect(() => {
    if (focused || wish !== null) box.current?.focus({ preventScroll: true });
  }, [focused, wish]);
  useEffect(() => onChange?.(text, added.attachments), [onChange, text, added.attachments]);
  return (
    <div className="chat-input" data-dropping={dropping ? '' : undefined} {...handlers}>
      {above}
      <AddedList added={added} />
      <QuestionBox box={box} question={question} dropping={dropping}>
        <BoxFoot question={question} writing={writing} onStop={onStop} />
      </QuestionBox>
    </div>
  );
}

interface QuestionBoxProps {
  box: RefObject<HTMLTextAreaElement | null>;
  question: WrittenQuestion;
  dropping: boolean;
  children: ReactNode;
}

function QuestionBox({ box, question, dropping, children }: QuestionBoxProps) {
  const { words } = useChat();
  const list = useId();
  const mention = useMention(box, question);
  const { completions } = mention;
  const { text, setText, tooLong, send } = question;
  useGrowing(box, text);
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter ends a word that is being composed (Japanese, Chinese, Korean), and is no wish to send.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (mention.takesKey(event)) return event.preventDefault();
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void send();
  };
  return (
    <>
      {mention.open && <CompletionList id={list} {...completions} onTake={mention.take} />}
      <div className="chat-box">
        <textarea
          ref={box}
          rows={1}
          aria-label={words.input}
          aria-invalid={tooLong}
          aria-controls={mention.open ? list : undefined}
          aria-activedescendant={mention.open && completions.items.length > 0 ? `${list}-${completions.at}` : undefined}
          placeholder={dropping ? words.dropHere : words.placeholder}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            mention.read(target.value, target.selectionStart);
          }}
          onBlur={mention.leave}
          onKeyDown={onKeyDown}
          onPaste={(event) => takePaste(event, question)}
        />
        {children}
      </div>
    </>
  );
}

/** Files and long texts are laid beside the question; a short text goes into it. */
function takePaste(event: ClipboardEvent, { added }: WrittenQuestion): void {
  const pasted = event.clipboardData.getData('text/plain');
  const files = [...event.clipboardData.files];
  const isLong = isLongPaste(pasted);
  if (!isLong && (files.length === 0 || pasted !== '')) return;
  event.preventDefault();
  if (isLong) added.addText(pasted);
  else void added.addFiles(files);
}

/** As high as what is in it, up to what its style allows. */
function useGrowing(box: { current: HTMLTextAreaElement | null }, text: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height depends on the text.
  useLayoutEffect(() => {
    if (box.current === null) return;
    box.current.style.height = 'auto';
    box.current.style.height = `${box.current.scrollHeight}px`;
  }, [box, text]);
}
