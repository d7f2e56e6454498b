import { Dialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { floating } from '../../ui/floating.ts';

interface FormDialogProps {
  title: string;
  children: ReactNode;
  /** Whether there is something to preview. */
  ready: boolean;
  onSubmit(): void;
  onCancel(): void;
  /** The word on the button; "Preview" where it is left out. */
  submit?: string;
  /** Whether the button does what nothing takes back. */
  forGood?: boolean;
}

/** What a change needs before it can be previewed, or before what has a preview of its own begins. */
export function FormDialog({ title, children, ready, onSubmit, onCancel, submit, forGood = false }: FormDialogProps) {
  const messages = useMessages();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onCancel()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={floating.backdrop} />
        <Dialog.Popup className={`${floating.popup} fixed top-[10vh] left-1/2 flex max-h-[80vh] w-[min(34rem,96vw)] -translate-x-1/2 flex-col`}>
          <header className="flex items-center gap-2 border-b py-2 pr-2 pl-4">
            <Dialog.Title className="min-w-0 grow break-words font-medium text-md">{title}</Dialog.Title>
            <Dialog.Close aria-label={messages.common.close} title={messages.common.close} className={buttonStyles.icon}>
              <X />
            </Dialog.Close>
          </header>
          <form
            className="flex min-h-0 grow flex-col"
            onSubmit={(event) => {
              event.preventDefault();
              if (ready) onSubmit();
            }}
          >
            <div className="flex min-h-0 grow flex-col gap-3 overflow-y-auto p-4">{children}</div>
            <footer className="flex justify-end gap-2 border-t px-4 py-2">
              <Button onClick={onCancel}>{messages.common.cancel}</Button>
              <Button type="submit" look={forGood ? 'danger' : 'primary'} disabled={!ready}>
                {submit ?? messages.objectActions.preview}
              </Button>
            </footer>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
