import { useRef } from 'react';
import { useChat } from '../chat-context.tsx';
import { AttachIcon, SendIcon, StopIcon } from '../parts/icons.tsx';
import { longestQuestion, type WrittenQuestion } from './use-question.ts';

/** Of English, roughly; the account of what is sent counts them. */
const charactersPerToken = 4;

interface BoxFootProps {
  question: WrittenQuestion;
  /** An answer is being written: the button stops it. */
  writing: boolean;
  onStop(): void;
}

/** Below what is typed: files, how long it is, and the button that sends or stops. */
export function BoxFoot({ question, writing, onStop }: BoxFootProps) {
  const { words } = useChat();
  const { text, tooLong, ready, send, added } = question;
  const counted = text === '' ? '' : words.counted(text.length, Math.ceil(text.length / charactersPerToken));
  const label = writing ? words.stop : words.send;
  return (
    <div className="chat-box-foot">
      <FileButton onFiles={(files) => void added.addFiles(files)} />
      <span className={tooLong ? 'chat-count chat-warning' : 'chat-count'}>{tooLong ? words.tooLong(longestQuestion) : counted}</span>
      <button
        type="button"
        className="chat-button"
        data-look="primary"
        aria-label={label}
        title={label}
        disabled={!writing && !ready}
        onClick={() => (writing ? onStop() : void send())}
      >
        {writing ? <StopIcon /> : <SendIcon />}
      </button>
    </div>
  );
}

function FileButton({ onFiles }: { onFiles(files: readonly File[]): void }) {
  const { words } = useChat();
  const files = useRef<HTMLInputElement>(null);
  return (
    <>
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
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}
