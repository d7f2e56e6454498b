import { useMessages } from '../../../messages/language.ts';
import { Age } from '../../../ui/time.tsx';
import type { ContainerStatus } from './container-states.ts';

type Terminated = NonNullable<NonNullable<ContainerStatus['state']>['terminated']>;

/** How a container ended the last time, and what its exit code means. */
export function LastEnd({ ended: { exitCode, reason, message, finishedAt } }: { ended: Terminated }) {
  const messages = useMessages().objectSummary;
  return (
    <>
      <p>
        {reason === undefined || reason === '' ? messages.ended : reason}, {messages.exitCode(exitCode)}
        {finishedAt !== undefined && finishedAt !== null && (
          <span className="text-soft text-xs">
            {' · '}
            <Age at={finishedAt} />
          </span>
        )}
      </p>
      <p className="text-soft text-xs">{messages.exitMeaning(exitCode, reason ?? '')}</p>
      {message !== undefined && message !== '' && <p className="whitespace-pre-wrap break-words font-mono text-code">{message}</p>}
    </>
  );
}
