import { useMessages } from '../../../messages/language.ts';
import { Age } from '../../../ui/time.tsx';
import { Explained } from '../../explain/explained.tsx';
import type { ContainerStatus } from './container-states.ts';

type Terminated = NonNullable<NonNullable<ContainerStatus['state']>['terminated']>;

/** How a container ended the last time, and what its exit code means. */
export function LastEnd({ ended: { exitCode, reason, message, finishedAt } }: { ended: Terminated }) {
  const messages = useMessages().objectSummary;
  return (
    <>
      <p>
        {reason === undefined || reason === '' ? (
          messages.ended
        ) : (
          <Explained as="reason" what={reason} text={message}>
            {reason}
          </Explained>
        )}
        ,{' '}
        <Explained as="exitCode" what={String(exitCode)} text={message}>
          {messages.exitCode(exitCode)}
        </Explained>
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
