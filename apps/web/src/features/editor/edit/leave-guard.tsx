import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useBlocker } from '@tanstack/react-router';
import { useMessages } from '../../../messages/language.ts';
import { Button } from '../../../ui/button.tsx';
import { floating } from '../../../ui/floating.ts';

/** Asks before something is left that is kept nowhere: by a link, by Esc, with the tab. */
export function LeaveGuard({ active }: { active: boolean }) {
  const { editor, common } = useMessages();
  const blocker = useBlocker({ shouldBlockFn: () => active, enableBeforeUnload: () => active, withResolver: true });
  if (blocker.status !== 'blocked') return null;
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && blocker.reset()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={floating.backdrop} />
        <AlertDialog.Popup className={`${floating.popup} fixed top-[20vh] left-1/2 flex w-[min(28rem,94vw)] -translate-x-1/2 flex-col gap-3 p-4`}>
          <AlertDialog.Title className="font-medium text-md">{editor.leaveTitle}</AlertDialog.Title>
          <AlertDialog.Description className="text-soft">{editor.leaveNote}</AlertDialog.Description>
          <div className="flex flex-wrap gap-2">
            <Button look="primary" onClick={blocker.reset}>
              {common.cancel}
            </Button>
            <Button onClick={blocker.proceed}>{editor.leave}</Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
