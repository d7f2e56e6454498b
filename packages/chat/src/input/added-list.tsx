import { useChat } from '../chat-context.tsx';
import { AttachmentChip } from './attachment-chip.tsx';
import type { WrittenQuestion } from './use-question.ts';

/** What is laid beside the question, each to be taken away, and why something is not among it. */
export function AddedList({ added: { attachments, problem, set } }: Pick<WrittenQuestion, 'added'>) {
  const { words } = useChat();
  return (
    <>
      {attachments.length > 0 && (
        <ul aria-label={words.attached} className="chat-attachments">
          {attachments.map((attachment, index) => (
            <AttachmentChip
              // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same name.
              key={index}
              attachment={attachment}
              onRemove={() => set(attachments.filter((each) => each !== attachment))}
            />
          ))}
        </ul>
      )}
      {problem !== null && (
        <p role="status" className="chat-warning">
          {problem}
        </p>
      )}
    </>
  );
}
