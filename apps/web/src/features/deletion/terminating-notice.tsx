import type { KubeObject, ObjectRef } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age } from '../../ui/time.tsx';
import { noChangesIn } from '../actions/approval.ts';
import { useClusters } from '../clusters/clusters.tsx';
import { useObjectActions } from '../object-actions/use-object-actions.tsx';
import { whatOf } from '../object-actions/what-of.ts';
import { useMay } from '../session/session.tsx';
import { type Terminating, whatHolds } from './what-holds.ts';

/** Over an object that is being deleted: since when, and what it waits for. Nothing for any other. */
export function TerminatingNotice({ object, known }: { object: ObjectRef; known: KubeObject | null }) {
  const messages = useMessages().deletion;
  const terminating = known === null ? null : whatHolds(known);
  if (terminating === null) return null;
  return (
    <div role="status" className="flex shrink-0 flex-col gap-1 border-b bg-sunken px-4 py-2">
      <p>
        <StatusMark state="pending" text={messages.terminating} /> {messages.since} <Age at={terminating.since} />.
      </p>
      {terminating.said.map((text) => (
        <p key={text} className="break-words">
          {text}
        </p>
      ))}
      {terminating.finalizers.length === 0 && <p className="text-soft">{object.kind === 'Pod' ? messages.waitsForPods : messages.waitsForOwner}</p>}
      {terminating.finalizers.length > 0 && <Finalizers object={object} finalizers={terminating.finalizers} />}
    </div>
  );
}

function Finalizers({ object, finalizers }: { object: ObjectRef; finalizers: Terminating['finalizers'] }) {
  const messages = useMessages();
  const { heldBy, finalizerNote, release, releaseTitle } = messages.deletion;
  const { preview } = useObjectActions();
  const { selected } = useClusters();
  const mayChange = useMay('action.propose') && noChangesIn(selected) === null;
  // A namespace's own finalizer goes by another way than a patch, and its contents with it.
  const canRelease = mayChange && object.kind !== 'Namespace';
  const draft = {
    title: releaseTitle(whatOf([object], messages)),
    steps: [
      {
        change: { verb: 'patch' as const, target: object, patchType: 'merge' as const, patch: { metadata: { finalizers: null } } },
        until: [{ type: 'gone' as const, target: object }],
      },
    ],
  };
  return (
    <>
      <p>
        {heldBy} <span className="font-mono text-code">{finalizers.join(', ')}</span>
      </p>
      <p className="text-soft">{finalizerNote}</p>
      {canRelease && (
        <Button className="self-start" onClick={() => preview(draft)}>
          {release}
        </Button>
      )}
    </>
  );
}
