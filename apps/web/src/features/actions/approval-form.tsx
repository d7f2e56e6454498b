import { type Action, toAppError } from '@quarterdeck/contract';
import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { count } from '../../text/count.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Clock } from '../../ui/time.tsx';
import { useSession } from '../session/session.tsx';
import { approveLabel, freshPreview, missingToApprove, withoutWayBack } from './approval.ts';
import { useStop } from './use-actions.ts';

export type Approving = UseMutationResult<Action, Error, string>;

interface ApprovalFormProps {
  action: Action;
  approve: Approving;
  /** Why nothing may be carried out in its cluster. */
  noChanges: string | null;
}

/** What is approved is exactly what stands above: the requests, on the state that they were tried on. */
export function ApprovalForm({ action, approve, noChanges }: ApprovalFormProps) {
  const { permissions } = useSession();
  const missing = missingToApprove(action, permissions);
  if (noChanges !== null) return <p>{noChanges}</p>;
  return (
    <div className="flex flex-col gap-3 rounded border bg-surface p-3">
      {action.obstacles.length > 0 && <Obstacles obstacles={action.obstacles} />}
      {action.obstacles.length === 0 && missing.length > 0 && (
        <p>To approve it one needs {missing.join(', ')}, which you do not have. Somebody who has it finds it among the actions.</p>
      )}
      {action.obstacles.length === 0 && missing.length === 0 && <Approve action={action} approve={approve} />}
      {permissions.includes('action.approve') && <PutAside action={action} />}
    </div>
  );
}

function Obstacles({ obstacles }: { obstacles: readonly string[] }) {
  return (
    <div>
      <p className="font-medium">
        <StatusMark state="high" text="It can't be approved as it is" />
      </p>
      <ul className="mt-1 flex flex-col gap-1">
        {obstacles.map((obstacle) => (
          <li key={obstacle} className="break-words">
            {obstacle}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Approve({ action, approve }: { action: Action; approve: Approving }) {
  const [note, setNote] = useState('');
  const forGood = withoutWayBack(action);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        approve.mutate(note.trim());
      }}
    >
      <p>
        You approve exactly {action.steps.length === 1 ? 'this request' : `these ${action.steps.length} requests, in this order`}, on the state that they were
        previewed on; preview <code className="font-mono text-code">{action.hash.replace(/^sha256:/, '').slice(0, 12)}</code>, good until{' '}
        <Clock at={action.expiresAt} />.
      </p>
      {forGood > 0 && (
        <p>
          <StatusMark
            state="high"
            text={`Nothing takes back ${forGood === action.steps.length ? 'any of it' : count(forGood, 'of the steps', 'of the steps')}`}
          />
          .
        </p>
      )}
      <Field
        label="Note for the ledger (optional)"
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        className="max-w-xl"
        autoComplete="off"
      />
      <Button type="submit" look={forGood > 0 ? 'danger' : 'primary'} disabled={approve.isPending} className="self-start">
        {approve.isPending ? 'Checking that it is still so' : approveLabel(action)}
      </Button>
    </form>
  );
}

function PutAside({ action }: { action: Action }) {
  const stop = useStop();
  return (
    <>
      {stop.error !== null && <ErrorNotice what="It was not put aside" error={stop.error} />}
      <Button look="quiet" className="self-start" disabled={stop.isPending} onClick={() => stop.mutate(action)}>
        Put aside
      </Button>
    </>
  );
}

/** Why an approval was refused; where something changed, with the fresh preview. */
export function ApprovalRefused({ error, onOther }: { error: Error; onOther(id: string): void }) {
  const fresh = freshPreview(toAppError(error).details);
  return (
    <div className="flex flex-col items-start gap-2">
      <ErrorNotice what="It was not approved" error={error} />
      {fresh !== null && <Button onClick={() => onOther(fresh)}>Look at the fresh preview</Button>}
    </div>
  );
}
