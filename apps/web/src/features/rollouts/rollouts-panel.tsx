import type { ObjectRef, RolloutRevision } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import type { ObjectSectionProps } from '../object-detail/object-section.ts';
import { RevisionComparison } from './revision-comparison.tsx';
import { RevisionLine } from './revision-line.tsx';
import { RolloutStanding } from './rollout-standing.tsx';
import { useRollout } from './use-rollout.ts';

/** How far the rollout is, and the revisions, the newest first. */
export default function RolloutsPanel({ object, open }: ObjectSectionProps) {
  const { rollout, status } = useRollout(object, open.known);
  const messages = useMessages().rollouts;
  if (rollout.data === undefined) {
    if (rollout.error !== null) return <ErrorNotice what={messages.notRead} error={rollout.error} onRetry={() => rollout.refetch()} />;
    return <SkeletonLines widths={['45%', '70%', '62%', '66%']} />;
  }
  return (
    <div className="flex flex-col gap-4">
      {status !== null && <RolloutStanding object={object} status={status} />}
      <Revisions object={object} revisions={rollout.data.revisions.toReversed()} />
    </div>
  );
}

function Revisions({ object, revisions }: { object: ObjectRef; revisions: readonly RolloutRevision[] }) {
  const messages = useMessages().rollouts;
  const [pair, setPair] = useState<{ from: number; to: number } | null>(null);
  const current = revisions.find((revision) => revision.current);
  if (revisions.length === 0) return <Empty title={messages.none} />;
  return (
    <>
      <ol aria-label={messages.section} className="rounded border border-line">
        {revisions.map((revision) => (
          <RevisionLine
            key={revision.revision}
            object={object}
            revision={revision}
            compareTo={otherThan(revision, current, revisions)}
            onCompare={(to) => setPair({ from: Math.min(to, revision.revision), to: Math.max(to, revision.revision) })}
          />
        ))}
      </ol>
      {pair !== null && <RevisionComparison object={object} revisions={revisions} pair={pair} onPair={setPair} />}
    </>
  );
}

/** What a revision is compared with first: the current one; the current one itself with the one before it. */
function otherThan(revision: RolloutRevision, current: RolloutRevision | undefined, newestFirst: readonly RolloutRevision[]): number | null {
  if (current !== undefined && current.revision !== revision.revision) return current.revision;
  return newestFirst.find((other) => other.revision < revision.revision)?.revision ?? null;
}
