import type { HealthState, ObjectRef, RolloutStatus } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { noChangesIn } from '../actions/approval.ts';
import { useClusters } from '../clusters/clusters.tsx';
import { useObjectActions } from '../object-actions/use-object-actions.tsx';
import { useMay } from '../session/session.tsx';

const shapes: Readonly<Record<RolloutStatus['state'], HealthState>> = { progressing: 'pending', done: 'healthy', failed: 'critical', paused: 'paused' };

/** How far a rollout is, as it goes; and what can be done about it now. */
export function RolloutStanding({ object, status }: { object: ObjectRef; status: RolloutStatus }) {
  const messages = useMessages().rollouts;
  const { state, message, reason, desired, updated, ready } = status;
  return (
    <section aria-label={messages.progress} className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 grow basis-72">
        <p role="status">
          <span className="font-medium">
            <StatusMark state={shapes[state]} text={messages.states[state]} />
          </span>
          , {messages.counts(updated, ready, desired)}
        </p>
        {state !== 'done' && <p className="mt-0.5 break-words text-soft">{reason ?? message}</p>}
        {state === 'progressing' && desired > 0 && (
          <progress aria-label={messages.progress} className="mt-1.5 h-1.5 w-full max-w-md accent-pending" max={desired} value={Math.min(updated, ready)} />
        )}
      </div>
      <RolloutButtons object={object} paused={state === 'paused'} />
    </section>
  );
}

function RolloutButtons({ object: target, paused }: { object: ObjectRef; paused: boolean }) {
  const messages = useMessages().rollouts;
  const { preview } = useObjectActions();
  const { selected } = useClusters();
  if (!useMay('action.propose') || noChangesIn(selected) !== null) return null;
  return (
    <div className="flex shrink-0 gap-1.5">
      {target.kind === 'Deployment' && !paused && <Button onClick={() => preview({ steps: [{ change: { verb: 'pause', target } }] })}>{messages.pause}</Button>}
      {target.kind === 'Deployment' && paused && (
        <Button onClick={() => preview({ steps: [{ change: { verb: 'resume', target } }] })}>{messages.resume}</Button>
      )}
      {!paused && (
        <Button onClick={() => preview({ steps: [{ change: { verb: 'restart', target, at: new Date().toISOString() } }] })}>{messages.restart}</Button>
      )}
    </div>
  );
}
