import { Dialog } from '@base-ui/react/dialog';
import type { HelmRelease, HelmTarget } from '@quarterdeck/contract';
import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Messages } from '../../messages/language.ts';
import { useMessages } from '../../messages/language.ts';
import { buttonStyles } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { floating } from '../../ui/floating.ts';
import { ChartTask } from './chart-task.tsx';
import type { HelmOperation } from './helm-operation.ts';
import { OperationOutput } from './operation-output.tsx';
import { RollbackTask } from './rollback-task.tsx';
import { TestTask } from './test-task.tsx';
import { UninstallTask } from './uninstall-task.tsx';
import { useOperation } from './use-operation.ts';

/** What a person wants to do with Helm; the dialog finds out what it would do. */
export type HelmTask =
  | { do: 'install' }
  | { do: 'upgrade'; release: HelmRelease }
  | { do: 'rollback'; release: HelmRelease; revision: number }
  | { do: 'uninstall'; release: HelmRelease }
  | { do: 'test'; release: HelmRelease };

interface HelmDialogProps {
  task: HelmTask;
  onClose(): void;
  /** When it is closed after an uninstall. */
  onGone?(): void;
}

/** A task from its preview over its confirmation to its end. Closing it stops nothing that was confirmed. */
export function HelmDialog({ task, onClose, onGone }: HelmDialogProps) {
  const messages = useMessages();
  const { run, start } = useOperation();
  const [begun, setBegun] = useState<HelmTarget | null>(null);
  const content = useRef<HTMLDivElement>(null);
  const onConfirm = (operation: HelmOperation) => {
    setBegun({ namespace: operation.input.namespace, name: operation.input.name });
    void start(operation);
  };
  const close = () => {
    if (task.do === 'uninstall' && run.state === 'succeeded') onGone?.();
    onClose();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={floating.backdrop} />
        <Dialog.Popup
          initialFocus={content}
          className={`${floating.popup} fixed top-[6vh] left-1/2 flex max-h-[88vh] w-[min(56rem,96vw)] -translate-x-1/2 flex-col`}
        >
          <header className="flex items-center gap-2 border-b py-2 pr-2 pl-4">
            <Dialog.Title className="min-w-0 grow truncate font-medium text-md">{titleOf(task, messages.helm)}</Dialog.Title>
            <Dialog.Close aria-label={messages.common.close} title={messages.common.close} className={buttonStyles.icon}>
              <X />
            </Dialog.Close>
          </header>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable, so that the arrow keys scroll it. */}
          <div ref={content} tabIndex={0} className="min-h-0 grow overflow-y-auto p-4 outline-none focus-visible:-outline-offset-2">
            {run.state === 'idle' ? (
              <div className="flex flex-col gap-4">
                {run.error !== null && <ErrorNotice what={messages.helm.run.notStarted} error={run.error} />}
                <TaskContent task={task} onConfirm={onConfirm} />
              </div>
            ) : (
              <OperationOutput run={run} target={begun} removed={task.do === 'uninstall'} onClose={close} />
            )}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function TaskContent({ task, onConfirm }: { task: HelmTask; onConfirm(operation: HelmOperation): void }) {
  switch (task.do) {
    case 'install':
      return <ChartTask release={null} onConfirm={onConfirm} />;
    case 'upgrade':
      return <ChartTask release={task.release} onConfirm={onConfirm} />;
    case 'rollback':
      return <RollbackTask release={task.release} revision={task.revision} onConfirm={onConfirm} />;
    case 'uninstall':
      return <UninstallTask release={task.release} onConfirm={onConfirm} />;
    case 'test':
      return <TestTask release={task.release} onConfirm={onConfirm} />;
  }
}

function titleOf(task: HelmTask, { titles }: Messages['helm']): string {
  switch (task.do) {
    case 'install':
      return titles.install;
    case 'rollback':
      return titles.rollback(task.release.name, task.revision);
    default:
      return titles[task.do](task.release.name);
  }
}
