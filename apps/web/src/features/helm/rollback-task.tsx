import { type HelmRelease, helmRollbackSchema } from '@quarterdeck/contract';
import { useState } from 'react';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { HelmDiffView } from './helm-diff-view.tsx';
import type { HelmOperation } from './helm-operation.ts';
import { noOptions, OperationOptions } from './operation-options.tsx';
import { useRevisionDiff } from './use-helm.ts';

interface RollbackTaskProps {
  release: HelmRelease;
  revision: number;
  onConfirm(operation: HelmOperation): void;
}

/** What a rollback changes is what differs between the two revisions. */
export function RollbackTask({ release, revision, onConfirm }: RollbackTaskProps) {
  const messages = useMessages().helm;
  const { namespace, name } = release;
  const diff = useRevisionDiff({ namespace, name }, release.revision, revision);
  const [options, setOptions] = useState(noOptions);
  return (
    <>
      <p>{messages.rollbackWill(revision, release.revision + 1)}</p>
      {diff.error !== null && <ErrorNotice what={messages.notPreviewed} error={diff.error} onRetry={() => diff.refetch()} />}
      {diff.isPending && <SkeletonLines widths={['50%', '64%', '58%', '40%']} />}
      {diff.data !== undefined && (
        <>
          <HelmDiffView diff={diff.data} />
          <OperationOptions options={options} offered={['wait', 'forceConflicts']} onChange={(next) => setOptions(next)} />
          <Button
            look="primary"
            className="self-start"
            onClick={() => onConfirm({ do: 'rollback', input: helmRollbackSchema.parse({ namespace, name, revision, ...options }) })}
          >
            {messages.confirm.rollback(name, revision)}
          </Button>
        </>
      )}
    </>
  );
}
