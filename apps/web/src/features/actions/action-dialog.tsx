import { Dialog } from '@base-ui/react/dialog';
import { type Action, type ActionDraft, finalActionStates } from '@quarterdeck/contract';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button, buttonStyles } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { floating } from '../../ui/floating.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { doesOf } from '../object-actions/what-of.ts';
import { ActionView } from './action-view.tsx';
import { actionTitle } from './action-words.ts';
import { draftParts, mostSteps } from './draft-parts.ts';
import { useAction, usePreview } from './use-actions.ts';

interface ActionDialogProps {
  /** What is to be done, which is previewed as soon as the dialog stands; or an action that is there already. */
  start: { draft: ActionDraft } | { id: string };
  /** Goes back to the form that the draft came from; null where there was none. */
  onOptions?: (() => void) | null;
  onClose(): void;
}

/** What a change would do, its approval, and how it goes; closing it stops nothing that was approved. */
export function ActionDialog({ start, onOptions = null, onClose }: ActionDialogProps) {
  const messages = useMessages();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={floating.backdrop} />
        <Dialog.Popup className={`${floating.popup} fixed top-[6vh] left-1/2 flex max-h-[88vh] w-[min(56rem,96vw)] -translate-x-1/2 flex-col`}>
          <header className="flex items-center gap-2 border-b py-2 pr-2 pl-4">
            <Dialog.Title className="min-w-0 grow break-words font-medium text-md">
              {'draft' in start ? draftTitle(start.draft, messages) : <TitleOf id={start.id} />}
            </Dialog.Title>
            {onOptions !== null && (
              <Button look="quiet" onClick={onOptions}>
                {messages.actions.options}
              </Button>
            )}
            <Dialog.Close aria-label={messages.common.close} title={messages.common.close} className={buttonStyles.icon}>
              <X />
            </Dialog.Close>
          </header>
          <div className="flex min-h-0 grow flex-col gap-4 overflow-y-auto p-4">
            {'draft' in start ? <Previewed draft={start.draft} /> : <Standing id={start.id} />}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function draftTitle({ title, steps }: ActionDraft, messages: ReturnType<typeof useMessages>): string {
  if (title !== undefined || steps === undefined) return title ?? messages.actions.preview;
  return doesOf(
    steps.map(({ change }) => change),
    messages,
  );
}

function TitleOf({ id }: { id: string }) {
  const { action } = useAction(id);
  const messages = useMessages();
  return action.data === undefined ? messages.actions.action : actionTitle(action.data, messages);
}

function Standing({ id }: { id: string }) {
  const [shown, setShown] = useState(id);
  return <ActionView key={shown} id={shown} onOther={setShown} />;
}

/** A draft in its parts, one after the other. */
function Previewed({ draft }: { draft: ActionDraft }) {
  const [part, setPart] = useState(0);
  const parts = draftParts(draft);
  const current = parts[part];
  if (current === undefined) return null;
  const { length: all = 0 } = draft.steps ?? [];
  return (
    <>
      {parts.length > 1 && <PartLine part={part} parts={parts.length} all={all} />}
      <PreviewedPart key={part} draft={current} onNext={part + 1 < parts.length ? () => setPart(part + 1) : null} />
    </>
  );
}

function PartLine({ part, parts, all }: { part: number; parts: number; all: number }) {
  const { actions } = useMessages();
  return <p className="text-soft">{actions.part(part + 1, parts, part * mostSteps + 1, Math.min(all, (part + 1) * mostSteps), all)}</p>;
}

function PreviewedPart({ draft, onNext }: { draft: ActionDraft; onNext: (() => void) | null }) {
  const [id, setId] = useState<string | null>(null);
  const { mutate, error } = usePreview((action: Action) => setId(action.id));
  const { actions } = useMessages();
  useEffect(() => mutate(draft), [mutate, draft]);
  if (id === null && error !== null) return <ErrorNotice what={actions.notPreviewed} error={error} onRetry={() => mutate(draft)} />;
  if (id === null) return <SkeletonLines widths={['40%', '70%', '62%', '80%']} />;
  return (
    <>
      <ActionView key={id} id={id} onOther={setId} onAgain={() => mutate(draft)} />
      {onNext !== null && <NextPart id={id} onNext={onNext} />}
    </>
  );
}

function NextPart({ id, onNext }: { id: string; onNext(): void }) {
  const { action } = useAction(id);
  const { actions } = useMessages();
  if (action.data === undefined || !finalActionStates.has(action.data.state)) return null;
  return (
    <Button className="self-start" onClick={onNext}>
      {actions.nextPart}
    </Button>
  );
}
