import { Dialog } from '@base-ui/react/dialog';
import type { Action, ActionDraft } from '@quarterdeck/contract';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { floating } from '../../ui/floating.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ActionView } from './action-view.tsx';
import { usePreview } from './use-actions.ts';

interface ActionDialogProps {
  /** What is to be done. It is previewed as soon as the dialog stands. */
  draft: ActionDraft;
  onClose(): void;
}

/** What a change would do, its approval, and how it goes; closing it stops nothing that was approved. */
export function ActionDialog({ draft, onClose }: ActionDialogProps) {
  const [id, setId] = useState<string | null>(null);
  const { mutate, error } = usePreview((action: Action) => setId(action.id));
  const messages = useMessages();
  useEffect(() => mutate(draft), [mutate, draft]);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={floating.backdrop} />
        <Dialog.Popup className={`${floating.popup} fixed top-[6vh] left-1/2 flex max-h-[88vh] w-[min(56rem,96vw)] -translate-x-1/2 flex-col`}>
          <header className="flex items-center gap-2 border-b py-2 pr-2 pl-4">
            <Dialog.Title className="min-w-0 grow truncate font-medium text-md">{draft.title ?? messages.actions.preview}</Dialog.Title>
            <Dialog.Close aria-label={messages.common.close} title={messages.common.close} className={buttonStyles.icon}>
              <X />
            </Dialog.Close>
          </header>
          <div className="min-h-0 grow overflow-y-auto p-4">
            {id !== null && <ActionView id={id} onOther={setId} onAgain={() => mutate(draft)} />}
            {id === null && error !== null && <ErrorNotice what={messages.actions.notPreviewed} error={error} onRetry={() => mutate(draft)} />}
            {id === null && error === null && <SkeletonLines widths={['40%', '70%', '62%', '80%']} />}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
