import type { ObjectRef, RolloutRevision } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age } from '../../ui/time.tsx';
import { noChangesIn } from '../actions/approval.ts';
import { useClusters } from '../clusters/clusters.tsx';
import { useObjectActions } from '../object-actions/use-object-actions.tsx';
import { useMay } from '../session/session.tsx';

interface RevisionLineProps {
  object: ObjectRef;
  revision: RolloutRevision;
  /** Null where there is no other one. */
  compareTo: number | null;
  onCompare(to: number): void;
}

/** One revision: what was said of it, what it ran, and the way back to it. */
export function RevisionLine({ object, revision, compareTo, onCompare }: RevisionLineProps) {
  const messages = useMessages().rollouts;
  const { current, changeCause, createdAt, images, name } = revision;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1.5 border-line border-b p-3 last:border-b-0">
      <div className="min-w-0 grow basis-72">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{messages.revision(revision.revision)}</span>
          {current && <StatusMark state="healthy" text={messages.current} />}
          {createdAt !== null && (
            <span className="text-soft">
              <Age at={createdAt} />
            </span>
          )}
        </p>
        {changeCause !== null && <p className="break-words">{changeCause}</p>}
        <ul className="mt-1 font-mono text-code">
          {images.map(({ container, image }) => (
            <li key={container} className="break-all">
              <span className="text-soft">{container}</span> {image}
            </li>
          ))}
        </ul>
        <p className="truncate font-mono text-code text-soft" title={name}>
          {name}
        </p>
      </div>
      <div className="flex shrink-0 gap-1.5">
        {compareTo !== null && (
          <Button look="quiet" title={messages.compareWith(compareTo)} onClick={() => onCompare(compareTo)}>
            {messages.compare}
          </Button>
        )}
        {!current && <GoBack target={object} toRevision={revision.revision} />}
      </div>
    </li>
  );
}

function GoBack({ target, toRevision }: { target: ObjectRef; toRevision: number }) {
  const { goBack, revision } = useMessages().rollouts;
  const { preview } = useObjectActions();
  const { selected } = useClusters();
  if (!useMay('action.propose') || noChangesIn(selected) !== null) return null;
  return (
    <Button aria-label={`${goBack}: ${revision(toRevision)}`} onClick={() => preview({ steps: [{ change: { verb: 'undo', target, toRevision } }] })}>
      {goBack}
    </Button>
  );
}
