import type { ObjectRef, RolloutRevision } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Choice } from '../../ui/field.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { DiffView } from '../actions/diff-view.tsx';
import { useRevisionDiff } from './use-rollout.ts';

interface RevisionComparisonProps {
  object: ObjectRef;
  revisions: readonly RolloutRevision[];
  pair: { from: number; to: number };
  onPair(pair: { from: number; to: number }): void;
}

/** What differs between the pod templates of any two revisions. */
export function RevisionComparison({ object, revisions, pair, onPair }: RevisionComparisonProps) {
  const messages = useMessages().rollouts;
  const diff = useRevisionDiff(object, pair.from, pair.to);
  const options = revisions.map(({ revision }) => ({ value: String(revision), label: messages.revision(revision) }));
  return (
    <section aria-label={messages.compare} className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-3">
        <Choice
          className="w-40"
          label={messages.from}
          options={options}
          value={pair.from}
          onChange={({ target }) => onPair({ ...pair, from: Number(target.value) })}
        />
        <Choice
          className="w-40"
          label={messages.to}
          options={options}
          value={pair.to}
          onChange={({ target }) => onPair({ ...pair, to: Number(target.value) })}
        />
      </div>
      {diff.error !== null && <ErrorNotice what={messages.notCompared} error={diff.error} onRetry={() => diff.refetch()} />}
      {diff.isPending && <SkeletonLines widths={['60%', '40%', '52%']} />}
      {diff.data !== undefined &&
        (diff.data.diff.text === '' ? <p className="text-soft">{messages.same}</p> : <DiffView diff={diff.data.diff.text} label={messages.copyDiff} />)}
    </section>
  );
}
