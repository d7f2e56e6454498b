import { lazy, Suspense, useState } from 'react';
import { useMessages } from '../../messages/language.ts';

const SentDialog = lazy(async () => ({ default: (await import('./sent-dialog.tsx')).SentDialog }));

/** The way to what was sent for an answer; nothing where no model was asked. */
export function AnswerFoot({ run }: { run: string | null }) {
  const messages = useMessages().assistant;
  const [open, setOpen] = useState(false);
  if (run === null) return null;
  return (
    <>
      <button type="button" className="chat-button" data-look="small" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {messages.sent}
      </button>
      {open && (
        <Suspense>
          <SentDialog run={run} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
