import { type Action, toAppError } from '@quarterdeck/contract';
import { useRef, useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Field } from '../../ui/field.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Clock } from '../../ui/time.tsx';
import { useClusterMarks } from '../clusters/use-cluster-marks.ts';
import { doesOf } from '../object-actions/what-of.ts';
import { useSession } from '../session/session.tsx';
import { isForGood, missingToApprove, type noChangesIn, withoutWayBack } from './approval.ts';
import { type Approving, useStop } from './use-actions.ts';

interface ApprovalFormProps {
  action: Action;
  approve: Approving;
  /** Why nothing may be carried out in its cluster. */
  noChanges: ReturnType<typeof noChangesIn>;
}

/** What is approved is exactly what stands above: the requests, on the state that they were tried on. */
export function ApprovalForm({ action, approve, noChanges }: ApprovalFormProps) {
  const { permissions } = useSession();
  const { actions } = useMessages();
  const missing = missingToApprove(action, permissions);
  if (noChanges !== null) return <p>{actions[noChanges]}</p>;
  return (
    <div className="flex flex-col gap-3 rounded border bg-surface p-3">
      {action.obstacles.length > 0 && <Obstacles obstacles={action.obstacles} />}
      {action.obstacles.length === 0 && missing.length > 0 && <p>{actions.needsPermission(missing.join(', '))}</p>}
      {action.obstacles.length === 0 && missing.length === 0 ? (
        <Approve action={action} approve={approve} />
      ) : (
        permissions.includes('action.approve') && <PutAside action={action} />
      )}
    </div>
  );
}

function Obstacles({ obstacles }: { obstacles: readonly string[] }) {
  const { actions } = useMessages();
  return (
    <div>
      <p className="font-medium">
        <StatusMark state="high" text={actions.cantApprove} />
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
  const messages = useMessages();
  const { actions } = messages;
  const [note, setNote] = useState('');
  const [typed, setTyped] = useState('');
  // A second press before the page has drawn the first one.
  const pressed = useRef(false);
  const asksName = useClusterMarks().isProduction(action.cluster);
  const named = !asksName || typed.trim() === action.cluster;
  const changes = action.steps.map(({ change }) => change);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (pressed.current || !named) return;
        pressed.current = true;
        approve.mutate(note.trim(), {
          onSettled: () => {
            pressed.current = false;
          },
        });
      }}
    >
      <Exactly action={action} />
      <ForGood action={action} />
      {asksName && (
        <Field
          label={actions.production(action.cluster)}
          aria-label={actions.productionField}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="max-w-xl"
          autoComplete="off"
          spellCheck={false}
        />
      )}
      <Field
        label={actions.approveNote}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        className="max-w-xl"
        autoComplete="off"
      />
      <div className="flex flex-wrap items-start gap-2">
        <Button
          type="submit"
          look={action.steps.some(isForGood) ? 'danger' : 'primary'}
          disabled={approve.isPending || !named}
          className="max-w-full shrink whitespace-normal"
        >
          {approve.isPending ? actions.checking : doesOf(changes, messages)}
        </Button>
        <PutAside action={action} />
      </div>
    </form>
  );
}

function Exactly({ action }: { action: Action }) {
  const { actions } = useMessages();
  return (
    <p className="text-soft">
      {actions.youApprove(action.steps.length, action.cluster)} {actions.goodUntil} <Clock at={action.expiresAt} />; {actions.previewHash}{' '}
      <code className="font-mono text-code">{action.hash.replace(/^sha256:/, '').slice(0, 12)}</code>.
    </p>
  );
}

function ForGood({ action }: { action: Action }) {
  const { actions } = useMessages();
  const forGood = withoutWayBack(action);
  if (forGood === 0) return null;
  return (
    <p>
      <StatusMark state={action.steps.some(isForGood) ? 'high' : 'low'} text={actions.forGood(forGood, action.steps.length)} />.
    </p>
  );
}

function PutAside({ action }: { action: Action }) {
  const stop = useStop();
  const { actions } = useMessages();
  return (
    <>
      {stop.error !== null && <ErrorNotice what={actions.notPutAside} error={stop.error} />}
      <Button look="quiet" disabled={stop.isPending} onClick={() => stop.mutate(action)}>
        {actions.putAside}
      </Button>
    </>
  );
}

/** Why an approval was refused. Where something changed, the fresh preview is shown in its place. */
export function ApprovalRefused({ error }: { error: Error }) {
  const { actions } = useMessages();
  return <ErrorNotice what={actions.notApproved} error={toAppError(error)} />;
}
