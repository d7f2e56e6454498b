import type { HelmRelease, HelmRevision } from '@quarterdeck/contract';
import { useMessages } from '../../messages/language.ts';
import { Button } from '../../ui/button.tsx';
import { useMay } from '../session/session.tsx';
import type { HelmTask } from './helm-dialog.tsx';
import { ProgramNotice } from './program-notice.tsx';
import { lastDeployed, wayOut } from './release-words.ts';
import { useHelmProgram } from './use-helm.ts';

interface ReleaseActionsProps {
  release: HelmRelease;
  history: readonly HelmRevision[];
  onTask(task: HelmTask): void;
}

/** What can be done with a release; each shows first what it would do. */
export function ReleaseActions({ release, history, onTask }: ReleaseActionsProps) {
  const messages = useMessages().helm;
  const program = useHelmProgram();
  if (!useMay('helm.write')) return null;
  // Where a release is stuck, the notice above offers the way back.
  const back = wayOut(release, history) === null ? lastDeployed(history, release.revision) : null;
  const disabled = program.data?.state !== 'found';
  const hasTests = release.hooks.some(({ events }) => events.some((event) => event.startsWith('test')));
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button disabled={disabled} onClick={() => onTask({ do: 'upgrade', release })}>
          {messages.upgrade}
        </Button>
        {back !== null && (
          <Button disabled={disabled} onClick={() => onTask({ do: 'rollback', release, revision: back })}>
            {messages.rollBackTo(back)}
          </Button>
        )}
        <Button disabled={disabled || !hasTests} title={hasTests ? undefined : messages.noTests} onClick={() => onTask({ do: 'test', release })}>
          {messages.test}
        </Button>
        <span className="grow" />
        <Button disabled={disabled} onClick={() => onTask({ do: 'uninstall', release })}>
          {messages.uninstall}
        </Button>
      </div>
      <ProgramNotice />
    </>
  );
}
