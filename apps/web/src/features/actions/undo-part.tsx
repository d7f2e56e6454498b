import { type Action, canBeUndone } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Button, TextButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useMay } from '../session/session.tsx';
import { useUndo } from './use-actions.ts';

/** The way back of what was done: it is previewed and approved like everything. */
export function UndoPart({ action, onOther }: { action: Action; onOther(id: string): void }) {
  const undo = useUndo(({ id }) => onOther(id));
  const mayPropose = useMay('action.propose');
  const { actions } = useMessages();
  const { undoneBy } = action;
  if (undoneBy !== null) {
    return (
      <p>
        {actions.takenBack} <TextButton onClick={() => onOther(undoneBy)}>{actions.takenBackBy}</TextButton>
      </p>
    );
  }
  if (!canBeUndone(action)) return <NoWayBack action={action} />;
  if (!mayPropose) return null;
  return (
    <div className="flex flex-col items-start gap-2">
      {undo.error !== null && <ErrorNotice what={actions.notUndone} error={undo.error} />}
      <Button disabled={undo.isPending} onClick={() => undo.mutate(action.id)}>
        {undo.isPending ? actions.previewing : actions.previewUndo}
      </Button>
    </div>
  );
}

function NoWayBack({ action: { steps } }: { action: Action }) {
  const { actions } = useMessages();
  const reasons = new Set(steps.flatMap(({ run }) => (run.undo === null ? [] : [run.undo.note ?? actions.notKnown])));
  if (reasons.size === 0) return null;
  return (
    <div>
      <p className="text-soft">{actions.noWayBack}</p>
      <ul>
        {[...reasons].map((note) => (
          <li key={note} className="break-words">
            {note}
          </li>
        ))}
      </ul>
    </div>
  );
}
