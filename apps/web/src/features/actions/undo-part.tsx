import type { Action } from '@quarterdeck/contract';
import { Button, TextButton } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useMay } from '../session/session.tsx';
import { canBeUndone } from './approval.ts';
import { useUndo } from './use-actions.ts';

/** The way back of what was done: it is previewed and approved like everything. */
export function UndoPart({ action, onOther }: { action: Action; onOther(id: string): void }) {
  const undo = useUndo(({ id }) => onOther(id));
  const mayPropose = useMay('action.propose');
  const { undoneBy } = action;
  if (undoneBy !== null) {
    return (
      <p>
        It was taken back. <TextButton onClick={() => onOther(undoneBy)}>See by which action</TextButton>
      </p>
    );
  }
  if (!canBeUndone(action)) return <NoWayBack action={action} />;
  if (!mayPropose) return null;
  return (
    <div className="flex flex-col items-start gap-2">
      {undo.error !== null && <ErrorNotice what="The way back could not be previewed" error={undo.error} />}
      <Button disabled={undo.isPending} onClick={() => undo.mutate(action.id)}>
        {undo.isPending ? 'Previewing' : 'Preview the undo'}
      </Button>
    </div>
  );
}

function NoWayBack({ action: { steps } }: { action: Action }) {
  const reasons = steps.flatMap(({ stepId, run }) => (run.undo === null ? [] : [{ stepId, note: run.undo.note ?? 'How it is taken back is not known.' }]));
  if (reasons.length === 0) return null;
  return (
    <div>
      <p className="text-soft">Nothing of it can be taken back.</p>
      <ul>
        {reasons.map(({ stepId, note }) => (
          <li key={stepId} className="break-words">
            {note}
          </li>
        ))}
      </ul>
    </div>
  );
}
