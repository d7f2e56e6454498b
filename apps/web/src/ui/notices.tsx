import { Toast } from '@base-ui/react/toast';
import type { HealthState } from '@quarterdeck/contract';
import { X } from 'lucide-react';
import { useEffect } from 'react';
import { useMessages } from '../messages/language.ts';
import { Button } from './button.tsx';
import { type Notice, onNotice, takeNotices } from './notify.ts';
import { StatusMark } from './status-mark.tsx';

interface Shown {
  state: HealthState | null;
  action: Notice['action'] | null;
}

/** Milliseconds. What can be acted on, and what went wrong, stays until one had the time to read it. */
const shortly = 4_000;
const longer = 15_000;

const manager = Toast.createToastManager<Shown>();

function show({ id, text, detail, state, action }: Notice): void {
  manager.add({
    ...(id === undefined ? {} : { id }),
    title: text,
    ...(detail === undefined ? {} : { description: detail }),
    timeout: action === undefined && state !== 'critical' ? shortly : longer,
    data: { state: state ?? null, action: action ?? null },
  });
}

/** Where notices stand; once on the page. F6 brings the focus there. */
export default function Notices() {
  useEffect(() => {
    const showAll = () => takeNotices().forEach(show);
    showAll();
    return onNotice(showAll);
  }, []);
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-3 bottom-10 z-60 flex w-88 max-w-[calc(100vw-1.5rem)] flex-col gap-2 outline-none">
          <NoticeList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

/** It says something and asks nothing: no dialog, which is what the library makes of it. */
const asGroup = { role: 'group', 'aria-modal': undefined } as const;

function NoticeList() {
  const { toasts } = Toast.useToastManager<Shown>();
  const { close: label } = useMessages().common;
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      {...asGroup}
      swipeDirection="right"
      className="floats rounded bg-raised text-ink shadow-float outline-none data-limited:hidden"
    >
      <Toast.Content className="flex items-start gap-2 py-2 pr-2 pl-3">
        <div className="min-w-0 grow py-1">
          <Toast.Title className="line-clamp-2 break-words font-medium" render={<p />}>
            {toast.data?.state != null && (
              <>
                <StatusMark state={toast.data.state} compact />{' '}
              </>
            )}
            {toast.title}
          </Toast.Title>
          {toast.description !== undefined && <Toast.Description className="line-clamp-3 break-words text-soft" />}
        </div>
        {toast.data?.action != null && <NoticeAction id={toast.id} action={toast.data.action} />}
        {/* The library's own button is hidden from who can't see it until the focus is there. */}
        <Button look="icon" aria-label={label} title={label} onClick={() => manager.close(toast.id)}>
          <X />
        </Button>
      </Toast.Content>
    </Toast.Root>
  ));
}

function NoticeAction({ id, action }: { id: string; action: NonNullable<Notice['action']> }) {
  const act = () => {
    manager.close(id);
    action.run();
  };
  return <Button onClick={act}>{action.label}</Button>;
}
