import type { HelmRelease, HelmRevision } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Choice } from '../../ui/field.tsx';
import { Part } from '../../ui/part.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Moment } from '../../ui/time.tsx';
import { useMay } from '../session/session.tsx';
import type { HelmTask } from './helm-dialog.tsx';
import { HelmDiffView } from './helm-diff-view.tsx';
import { ReleaseStatus } from './release-status.tsx';
import { useHelmProgram, type useHistory, useRevisionDiff } from './use-helm.ts';

interface ReleaseHistoryProps {
  release: HelmRelease;
  history: ReturnType<typeof useHistory>;
  onTask(task: HelmTask): void;
}

/** The revisions that Helm kept, and what changed between two of them. */
export function ReleaseHistory({ release, history, onTask }: ReleaseHistoryProps) {
  const messages = useMessages().helm;
  if (history.error !== null) return <ErrorNotice what={messages.historyNotRead} error={history.error} onRetry={() => history.refetch()} />;
  if (history.data === undefined) return <SkeletonLines widths={['70%', '66%', '72%']} />;
  return (
    <div className="flex flex-col gap-5">
      <ul className="flex flex-col">
        {history.data.map((revision) => (
          <Revision key={revision.revision} revision={revision} release={release} onTask={onTask} />
        ))}
      </ul>
      {history.data.length > 1 ? (
        <Comparison key={release.revision} release={release} revisions={history.data} />
      ) : (
        <p className="text-soft">{messages.pickTwo}</p>
      )}
    </div>
  );
}

function Revision({ revision, release, onTask }: { revision: HelmRevision; release: HelmRelease; onTask(task: HelmTask): void }) {
  const messages = useMessages().helm;
  const program = useHelmProgram();
  const mayWrite = useMay('helm.write');
  const { chart, description, updatedAt, problem } = revision;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-1.5 last:border-b-0">
      <span className="w-8 shrink-0 text-right font-medium">{revision.revision}</span>
      <span className="flex w-36 min-w-0">
        <ReleaseStatus status={revision.status} />
      </span>
      <span className="min-w-0 grow basis-52 break-words">
        {chart !== null && `${chart.name} ${chart.version}`} <span className="text-soft">{problem ?? description}</span>
      </span>
      {updatedAt !== null && (
        <span className="text-soft">
          <Moment at={updatedAt} />
        </span>
      )}
      {mayWrite && revision.revision !== release.revision && (
        <Button
          look="quiet"
          disabled={program.data?.state !== 'found'}
          onClick={() => onTask({ do: 'rollback', release, revision: revision.revision })}
          aria-label={messages.rollBackTo(revision.revision)}
        >
          {messages.rollBack}
        </Button>
      )}
    </li>
  );
}

function Comparison({ release, revisions }: { release: HelmRelease; revisions: readonly HelmRevision[] }) {
  const messages = useMessages().helm;
  const [from, setFrom] = useState(revisions[1]?.revision ?? release.revision);
  const [to, setTo] = useState(release.revision);
  const diff = useRevisionDiff({ namespace: release.namespace, name: release.name }, from, to);
  const options = revisions.map(({ revision }) => ({ value: String(revision), label: String(revision) }));
  return (
    <Part title={messages.compare}>
      <div className="mb-3 flex flex-wrap gap-3">
        <Choice
          className="w-36"
          label={messages.compareFrom}
          options={options}
          value={String(from)}
          onChange={(event) => setFrom(Number(event.target.value))}
        />
        <Choice className="w-36" label={messages.compareTo} options={options} value={String(to)} onChange={(event) => setTo(Number(event.target.value))} />
      </div>
      {diff.error !== null && <ErrorNotice what={messages.diffNotRead} error={diff.error} onRetry={() => diff.refetch()} />}
      {diff.isPending && <SkeletonLines widths={['50%', '64%', '58%']} />}
      {diff.data !== undefined && <HelmDiffView diff={diff.data} />}
    </Part>
  );
}
