import type { Attachment } from '@quarterdeck/contract';
import { useChat } from '../chat-context.tsx';
import { CloseIcon } from '../parts/icons.tsx';

/** What is laid beside a question, as one line. `onRemove` takes it away while it is not sent. */
export function AttachmentChip({ attachment, onRemove }: { attachment: Attachment; onRemove?: () => void }) {
  const { words } = useChat();
  return (
    <li className="chat-chip">
      <AttachmentName attachment={attachment} />
      {onRemove !== undefined && (
        <button type="button" className="chat-button" data-look="icon" aria-label={words.remove(nameOf(attachment))} onClick={onRemove}>
          <CloseIcon />
        </button>
      )}
    </li>
  );
}

function AttachmentName({ attachment }: { attachment: Attachment }) {
  const { words, parts } = useChat();
  const { AttachedObject } = parts;
  if (attachment.type === 'text') {
    return (
      <span className="chat-chip-name" title={attachment.name}>
        {attachment.name} <span className="chat-soft">{words.lines(attachment.text.split('\n').length)}</span>
      </span>
    );
  }
  if (AttachedObject !== undefined) return <AttachedObject attachment={attachment} />;
  return <span className="chat-chip-name">{nameOf(attachment)}</span>;
}

export function nameOf(attachment: Attachment): string {
  if (attachment.type === 'text') return attachment.name;
  if (attachment.type === 'issue') return attachment.title;
  const { kind, namespace, name } = attachment;
  return `${kind} ${namespace === null ? '' : `${namespace}/`}${name}`;
}
