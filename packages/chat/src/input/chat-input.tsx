import { type Attachment, mostAttachments } from '@quarterdeck/contract';
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { type Completion, useChat } from '../chat-context.tsx';
import { AttachIcon, SendIcon, StopIcon } from '../parts/icons.tsx';
import { AttachmentChip } from './attachment-chip.tsx';
import { type Mention, mentionAt, withMention } from './mention.ts';
import { bytesOf, fileAttachment, isLongPaste, mostBytes, textAttachment } from './read-attachment.ts';
import { useCompletions } from './use-completions.ts';

/** Characters of a question. */
const longestQuestion = 20_000;
/** Of English, roughly; the account of what is sent counts them. */
const charactersPerToken = 4;

/** What somebody elsewhere on the page puts into the box. Another object is another wish. */
export interface InputWish {
  question?: string;
  attachments?: readonly Attachment[];
}

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
  /** Told what is in the box, after a pause, by whoever wants to show what would be sent. */
  onChange?: (question: string, attachments: readonly Attachment[]) => void;
}

/** The box for questions. Enter sends, Shift and Enter begin a line; what is too long for it is laid beside. */
export function ChatInput({ conversation, wish = null, writing, sending, above, focused = false, onSend, onStop, onChange }: ChatInputProps) {
  const { words } = useChat();
  const box = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const list = useId();
  const [text, setText] = useDraft(conversation);
  const added = useAttachments();
  const [mention, setMention] = useState<Mention | null>(null);
  const completions = useCompletions(mention);
  const [dropping, setDropping] = useState(false);
  useGrowing(box, text);
  useWish(wish, setText, added.set);
  useEffect(() => {
    if (focused || wish !== null) box.current?.focus({ preventScroll: true });
  }, [focused, wish]);
  useEffect(() => onChange?.(text, added.attachments), [onChange, text, added.attachments]);

  const tooLong = text.length > longestQuestion;
  const ready = text.trim() !== '' && !tooLong && !sending && !writing;
  const send = async () => {
    if (!ready) return;
    const sent = { text, attachments: added.attachments };
    setText('');
    added.set([]);
    if (await onSend(sent.text, sent.attachments)) return;
    setText(sent.text);
    added.set(sent.attachments);
  };
  const take = ({ attachment, label }: Completion) => {
    if (mention === null) return;
    const next = withMention(text, mention, label);
    setText(next.text);
    setMention(null);
    added.add([attachment]);
    requestAnimationFrame(() => box.current?.setSelectionRange(next.cursor, next.cursor));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter ends a word that is being composed (Japanese, Chinese, Korean), and is no wish to send.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (mention !== null && completionKey(event.key, completions, take, () => setMention(null))) return event.preventDefault();
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void send();
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text/plain');
    const names = [...event.clipboardData.files];
    if (names.length > 0 && pasted === '') {
      event.preventDefault();
      void added.addFiles(names);
    } else if (isLongPaste(pasted)) {
      event.preventDefault();
      added.addText(pasted);
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    void added.addFiles([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped here; the button beside the box does the same.
    <div
      className="chat-input"
      data-dropping={dropping ? '' : undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
    >
      {above}
      {added.attachments.length > 0 && (
        <ul aria-label={words.attached} className="chat-attachments">
          {added.attachments.map((attachment, index) => (
            <AttachmentChip
              // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same name.
              key={index}
              attachment={attachment}
              onRemove={() => added.set(added.attachments.filter((each) => each !== attachment))}
            />
          ))}
        </ul>
      )}
      {added.problem !== null && (
        <p role="status" className="chat-warning">
          {added.problem}
        </p>
      )}
      {mention !== null && mention.typed !== '' && (
        <CompletionList id={list} items={completions.items} at={completions.at} searching={completions.searching} onTake={take} />
      )}
      <div className="chat-box">
        <textarea
          ref={box}
          rows={1}
          aria-label={words.input}
          aria-invalid={tooLong}
          aria-controls={mention === null ? undefined : list}
          aria-activedescendant={mention !== null && completions.items.length > 0 ? `${list}-${completions.at}` : undefined}
          placeholder={dropping ? words.dropHere : words.placeholder}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setMention(mentionAt(event.target.value, event.target.selectionStart));
          }}
          onBlur={() => setMention(null)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <div className="chat-box-foot">
          <button type="button" className="chat-button" data-look="icon" aria-label={words.attach} title={words.attach} onClick={() => files.current?.click()}>
            <AttachIcon />
          </button>
          <input
            ref={files}
            type="file"
            multiple
            hidden
            aria-label={words.attach}
            onChange={(event) => {
              void added.addFiles([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
          <span className={tooLong ? 'chat-count chat-warning' : 'chat-count'}>
            {tooLong ? words.tooLong(longestQuestion) : text === '' ? '' : words.counted(text.length, Math.ceil(text.length / charactersPerToken))}
          </span>
          {writing ? (
            <button type="button" className="chat-button" data-look="primary" aria-label={words.stop} title={words.stop} onClick={onStop}>
              <StopIcon />
            </button>
          ) : (
            <button
              type="button"
              className="chat-button"
              data-look="primary"
              aria-label={words.send}
              title={words.send}
              disabled={!ready}
              onClick={() => void send()}
            >
              <SendIcon />
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

/** Whether the key was for the list. */
function completionKey(key: string, { items, at, move }: ReturnType<typeof useCompletions>, take: (item: Completion) => void, leave: () => void): boolean {
  const item = items[at];
  if (key === 'Escape') leave();
  else if (item === undefined) return false;
  else if (key === 'ArrowDown') move(1);
  else if (key === 'ArrowUp') move(-1);
  else if (key === 'Enter' || key === 'Tab') take(item);
  else return false;
  return true;
}

interface CompletionListProps {
  id: string;
  items: readonly Completion[];
  at: number;
  searching: boolean;
  onTake(item: Completion): void;
}

function CompletionList({ id, items, at, searching, onTake }: CompletionListProps) {
  const { words } = useChat();
  return (
    <div id={id} role="listbox" aria-label={words.objects} className="chat-completions">
      {items.length === 0 && <p className="chat-soft">{searching ? words.searching : words.noObjects}</p>}
      {items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the keys, as in every combobox.
        <div
          key={item.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className="chat-completion"
          // The box keeps the focus, else the list would be gone before the click.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(item)}
        >
          <span className="chat-chip-name">{item.label}</span> <span className="chat-soft">{item.detail}</span>
        </div>
      ))}
    </div>
  );
}

/** What was typed and not sent, of each conversation. */
function useDraft(conversation: string | null): [string, (text: string) => void] {
  const { drafts } = useChat();
  const key = conversation ?? 'new';
  const [draft, setDraft] = useState({ key, text: drafts.get(key) });
  const text = draft.key === key ? draft.text : drafts.get(key);
  return [
    text,
    (next) => {
      drafts.set(key, next);
      setDraft({ key, text: next });
    },
  ];
}

function useWish(wish: InputWish | null, setText: (text: string) => void, attach: (attachments: readonly Attachment[]) => void): void {
  const taken = useRef<InputWish | null>(null);
  useEffect(() => {
    if (wish === null || wish === taken.current) return;
    taken.current = wish;
    if (wish.question !== undefined) setText(wish.question);
    if (wish.attachments !== undefined) attach(wish.attachments);
  });
}

function useAttachments() {
  const { words } = useChat();
  const [attachments, set] = useState<readonly Attachment[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const add = (more: readonly Attachment[], note: string | null = null) => {
    const next = [...attachments, ...more.filter((each) => !attachments.some((known) => JSON.stringify(known) === JSON.stringify(each)))];
    const fits = next.length <= mostAttachments && bytesOf(next) <= mostBytes;
    if (fits) set(next);
    setProblem(fits ? note : words.tooMany);
  };
  const addText = (text: string) => {
    const { attachment, cut } = textAttachment(words.pastedText, text);
    const named = attachment.form === 'log' ? { ...attachment, name: words.pastedLog } : attachment;
    add([named], cut ? words.cutToEnd(named.name) : null);
  };
  const addFiles = async (files: readonly File[]) => {
    const read = await Promise.all(files.map(async (file) => ({ name: file.name, found: await fileAttachment(file) })));
    const notes = read.flatMap(({ name, found }) => (found === null ? [words.notText(name)] : found.cut ? [words.cutToEnd(name)] : []));
    add(
      read.flatMap(({ found }) => (found === null ? [] : [found.attachment])),
      notes.length === 0 ? null : notes.join(' '),
    );
  };
  return { attachments, problem, set, add, addText, addFiles };
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
