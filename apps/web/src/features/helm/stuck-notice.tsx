import type { HelmRelease, HelmRevision } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { TextButton } from '../../ui/button.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Age } from '../../ui/time.tsx';
import { useMay } from '../session/session.tsx';
import type { HelmTask } from './helm-dialog.tsx';
import { releaseState, wayOut } from './release-words.ts';

interface StuckNoticeProps {
  release: HelmRelease;
  history: readonly HelmRevision[];
  onTask(task: HelmTask): void;
}

/** A release that is pending or failed: what that means, and the way out. */
export function StuckNotice({ release, history, onTask }: StuckNoticeProps) {
  const messages = useMessages().helm;
  const mayWrite = useMay('helm.write');
  const out = wayOut(release, history);
  if (out === null) return null;
  const { stuck } = messages;
  const { revision } = out;
  return (
    <div role="status" className="rounded border border-line-strong bg-sunken p-3">
      <p className="flex flex-wrap gap-x-2 font-medium">
        <StatusMark state={releaseState(release.status)} text={out.kind === 'failed' ? stuck.failed : stuck.title(release.status)} />
        {release.updatedAt !== null && (
          <span className="font-normal text-soft">
            <Age at={release.updatedAt} />
          </span>
        )}
      </p>
      <p className="mt-1">
        {out.kind === 'uninstalling' && stuck.uninstalling}
        {out.kind === 'pending' && `${stuck.pending} ${revision === null ? stuck.away : stuck.back(revision)}`}
        {out.kind === 'failed' && revision !== null && stuck.failedBack(revision)}
      </p>
      {mayWrite && (
        <p className="mt-2">
          {revision === null ? (
            <TextButton onClick={() => onTask({ do: 'uninstall', release })}>{messages.uninstall}</TextButton>
          ) : (
            <TextButton onClick={() => onTask({ do: 'rollback', release, revision })}>{messages.rollBackTo(revision)}</TextButton>
          )}
        </p>
      )}
    </div>
  );
}
