import { useEffect, useRef } from 'react';
import { useChat } from './chat-context.tsx';
import { ChatPanel, type ChatPanelProps } from './chat-panel.tsx';
import { CloseIcon } from './parts/icons.tsx';

export interface ChatDialogProps extends ChatPanelProps {
  open: boolean;
  title: string;
  onClose(): void;
}

/** The conversation over the page, for hosts that have no place beside it. */
export function ChatDialog({ open, title, onClose, ...panel }: ChatDialogProps) {
  const { words } = useChat();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} aria-label={title} className="chat chat-dialog" onClose={onClose}>
      {open && (
        <>
          <header className="chat-dialog-head">
            <h2>{title}</h2>
            <button type="button" className="chat-button" data-look="icon" aria-label={words.close} onClick={onClose}>
              <CloseIcon />
            </button>
          </header>
          <ChatPanel focused {...panel} />
        </>
      )}
    </dialog>
  );
}
